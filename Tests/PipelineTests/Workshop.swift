import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Sources
import TestSupport
import Warehouse
import WarehouseDuckDB

/// An archive, its flat files and a warehouse in one folder: the pipeline of a test.
struct Workshop {
    let folder: String
    let archive: RawArchive
    let store: SliceStore
    let rules = CleaningRules()
    let places: PlaceCatalog

    init(_ folder: String, flatFiles: String = "flat", places: PlaceCatalog = PlaceCatalog()) {
        self.folder = folder
        self.places = places
        archive = RawArchive(root: folder + "/raw")
        store = SliceStore(root: folder + "/" + flatFiles)
    }

    init(_ folder: String, archive: RawArchive, store: SliceStore) {
        self.folder = folder
        self.archive = archive
        self.store = store
        places = PlaceCatalog()
    }

    /// Cleans all days of feeds, or some of them.
    @discardableResult
    func clean(_ feeds: [FeedDescriptor], days: [UTCDay]? = nil) async throws -> [Cleaner.Result] {
        let cleaner = Cleaner(archive: archive, store: store, rules: rules, places: places)
        var results: [Cleaner.Result] = []
        for feed in feeds {
            let adapter = try AdapterRegistry.builtIn.adapter(for: feed)
            try await cleaner.clean(feed, adapter: adapter, days: days ?? cleaner.days(of: feed.id)) {
                results.append($0)
            }
        }
        return results
    }

    /// Loads slices into the warehouse file.
    @discardableResult
    func load(_ manifests: [SliceManifest], into name: String = "warehouse.duckdb") async throws -> Int {
        try await withWarehouse(name) { engine in
            let run = SliceLoader.Run(
                id: "test",
                codeVersion: "test",
                host: "test",
                now: { UTCTime(seconds: 1_800_000_000) }
            )
            let loader = SliceLoader(engine: engine, store: store, run: run, places: places)
            return try await loader.load(manifests).loaded.count
        }
    }

    func withWarehouse<Value>(
        _ name: String = "warehouse.duckdb",
        _ body: (DuckDBEngine) async throws -> Value
    ) async throws -> Value {
        let library = try DuckDBLibrary.locate(
            environment: ProcessInfo.processInfo.environment,
            workingDirectory: PackageRoot.path
        )
        let engine = try await DuckDBEngine.open(path: "\(folder)/\(name)", library: library)
        try await WarehouseMigrator.migrate(engine, now: UTCTime(seconds: 1_800_000_000))
        let value: Value
        do {
            value = try await body(engine)
        } catch {
            try await engine.close()
            throw error
        }
        try await engine.close()
        return value
    }

    func fingerprints(_ name: String = "warehouse.duckdb") async throws -> [TableFingerprint] {
        try await withWarehouse(name) { try await TableFingerprint.all(of: $0) }
    }

    /// One number.
    func count(_ sql: String, in name: String = "warehouse.duckdb") async throws -> Int64 {
        try await withWarehouse(name) { engine in
            guard case .integer(let value)? = try await engine.query(sql, []).rows.first?.first else { return -1 }
            return value
        }
    }

    static func feed(
        _ id: String,
        adapter: String = "chargecloud-poi",
        interval: Int = 600
    ) throws -> FeedDescriptor {
        FeedDescriptor(
            id: try FeedID(id).orThrow("feed id"),
            name: "Testheim",
            adapter: adapter,
            url: "http://127.0.0.1/test",
            intervalSeconds: interval,
            timeZone: "Europe/Berlin"
        )
    }
}

extension Capture {
    /// An answer of one page at a slot.
    init(of body: [UInt8], from feed: FeedDescriptor, at slot: UTCTime, httpStatus: Int = 200) {
        self.init(
            poll: PollRecord(
                feed: feed.id,
                slot: slot,
                requestedAt: slot,
                finishedAt: slot,
                outcome: httpStatus == 200 ? .ok : .httpError,
                httpStatus: httpStatus,
                attempts: 1,
                collector: "test"
            ),
            pages: [
                CapturedPage(
                    url: feed.url,
                    requestedAt: slot,
                    receivedAt: slot,
                    httpStatus: httpStatus,
                    headers: [],
                    body: body
                )
            ]
        )
    }
}

/// A value that a test relies on is not there.
struct MissingValue: Error {
    let name: String
}

extension Optional {
    func orThrow(_ name: String) throws -> Wrapped {
        guard let self else { throw MissingValue(name: name) }
        return self
    }
}
