import ChargingModel
import Cleaning
import Foundation
import Warehouse
import WarehouseDuckDB

/// What a run would do.
struct Plan: Encodable {
    /// One slice.
    struct SliceLine: Encodable {
        let feed: FeedID
        let day: UTCDay
        /// `new`, `changed` or `unchanged`.
        let state: String
        /// Why a changed slice is loaded again.
        let reason: String?
        /// Whether cleaning would write its flat files.
        let isCleaned: Bool

        enum CodingKeys: String, CodingKey {
            case feed, day, state, reason
            case isCleaned = "cleaned"
        }
    }

    let schema = "chargehouse.plan/1"
    let slices: [SliceLine]
    let tables: [TableDifference]

    /// Whether a run would change the flat files or the warehouse.
    var hasChanges: Bool { slices.contains { $0.state != "unchanged" } || tables.contains { !$0.isEqual } }

    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

extension Pipeline {
    /// Makes a trial run: cleans into a folder of its own and loads into a copy of the warehouse.
    ///
    /// The warehouse is read only while it is copied; nothing of it and of the flat files changes.
    func plan(_ selection: SliceSelection, examples: Int) async throws -> Plan {
        let folder =
            FileManager.default.temporaryDirectory.path
            + "/chargehouse-plan-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        do {
            let plan = try await plan(selection, in: folder, examples: examples)
            try FileManager.default.removeItem(atPath: folder)
            return plan
        } catch {
            try FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    private func plan(_ selection: SliceSelection, in folder: String, examples: Int) async throws -> Plan {
        let library = try DuckDBLibrary.locate(environment: ProcessInfo.processInfo.environment)
        let trial = SliceStore(root: folder + "/flat", recordedRoot: settings.flatName)
        let results = try await clean(selection, output: trial)
        let cleaned = Set(results.filter { $0.outcome == .cleaned }.map { SliceName($0.manifest) })
        let former = try await settings.withSlices { store in
            try manifests(selection, of: store).filter { !cleaned.contains(SliceName($0)) }
        }
        let (copy, base) = (folder + "/after.duckdb", folder + "/before.duckdb")
        try await copyWarehouse(to: [copy, base], library)
        var copied = settings
        copied.warehouse = copy
        let pipeline = Pipeline(settings: copied, catalog: catalog, isQuiet: isQuiet)
        let all = former + results.filter { $0.outcome == .cleaned }.map(\.manifest)
        let due = try await pipeline.due(all, from: trial)
        _ = try await settings.withSlices { try await pipeline.load(former, from: $0, runID: nil) }
        _ = try await pipeline.load(all.filter { cleaned.contains(SliceName($0)) }, from: trial, runID: nil)
        let difference = try await DuckDBComparison.run(base, copy, library: library, examples: examples)
        return Plan(slices: lines(all, due: due, cleaned), tables: difference.tables)
    }

    private func lines(
        _ manifests: [SliceManifest],
        due: [(manifest: SliceManifest, reason: String?)],
        _ cleaned: Set<SliceName>
    ) -> [Plan.SliceLine] {
        let reasons = Dictionary(due.map { (SliceName($0.manifest), $0.reason) }) { first, _ in first }
        return manifests.sorted { ($0.day, $0.feed.id) < ($1.day, $1.feed.id) }.map { manifest in
            let name = SliceName(manifest)
            let reason = reasons[name]
            return Plan.SliceLine(
                feed: manifest.feed.id,
                day: manifest.day,
                state: reason.map { $0 == nil ? "new" : "changed" } ?? "unchanged",
                reason: reason ?? nil,
                isCleaned: cleaned.contains(name)
            )
        }
    }

    private func due(
        _ manifests: [SliceManifest],
        from store: SliceStore
    ) async throws -> [(manifest: SliceManifest, reason: String?)] {
        try await withWarehouse { engine in
            try await WarehouseMigrator.migrate(engine, now: systemTime(), codeVersion: Version.text)
            let run = SliceLoader.Run(id: nil, codeVersion: Version.text, host: "", now: systemTime)
            return try await SliceLoader(engine: engine, store: store, run: run).due(manifests)
        }
    }

    /// Copies the warehouse into DuckDB files; empty ones where there is none.
    ///
    /// Of a file and its log, while no process writes it.
    private func copyWarehouse(to paths: [String], _ library: DuckDBLibrary) async throws {
        guard case .duckDB(let path) = try settings.warehouseTarget() else {
            return try await copyServer(to: paths)
        }
        guard FileManager.default.fileExists(atPath: path) else {
            for copy in paths { try await withNewFile(copy) { _ in } }
            return
        }
        try await withWarehouse(readOnly: true) { _ in
            for copy in paths {
                for companion in ["", ".wal"] where FileManager.default.fileExists(atPath: path + companion) {
                    try FileManager.default.copyItem(atPath: path + companion, toPath: copy + companion)
                }
            }
        }
    }
}

/// Which slice.
private struct SliceName: Hashable {
    let feed: FeedID
    let day: UTCDay

    init(_ manifest: SliceManifest) {
        feed = manifest.feed.id
        day = manifest.day
    }
}
