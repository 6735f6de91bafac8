import Analytics
import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Sources
import Warehouse

/// Wires the stages after acquisition for one configuration.
struct Pipeline: Sendable {
    let settings: Settings
    let catalog: FeedCatalog
    let isQuiet: Bool

    /// Cleans the selected slices, feeds in parallel on the cores.
    ///
    /// Changed slices are written to `output` where it is given.
    func clean(_ selection: SliceSelection, output: SliceStore? = nil) async throws -> [Cleaner.Result] {
        try await settings.withSlices { store in
            try await settings.withArchive { archive in
                let cleaner = Cleaner(
                    archive: archive,
                    store: store,
                    rules: settings.rules,
                    places: try settings.places(),
                    output: output
                )
                return try await clean(selection, of: archive, with: cleaner)
            }
        }
    }

    private func clean(
        _ selection: SliceSelection,
        of archive: RawArchive,
        with cleaner: Cleaner
    ) async throws -> [Cleaner.Result] {
        let adapters = try settings.adapters()
        let archived = try archive.feeds()
        let wanted = try selection.feed.isEmpty ? archived : selection.feed.map { try catalog.feed($0).id }
        var jobs: [(feed: FeedDescriptor, days: [UTCDay])] = []
        for id in wanted {
            guard let feed = catalog[id] else { throw CleaningError.unknownFeed(id) }
            let days = try cleaner.days(of: id).filter(selection.contains)
            if !days.isEmpty { jobs.append((feed, days)) }
        }
        let all = jobs.reduce(0) { $0 + $1.days.count }
        let progress = ProgressLine("clean", isQuiet: isQuiet)
        return try await withThrowingTaskGroup(of: [Cleaner.Result].self) { group in
            var waiting = jobs.makeIterator()
            var results: [Cleaner.Result] = []
            for _ in 0..<max(1, ProcessInfo.processInfo.activeProcessorCount) {
                if let job = waiting.next() {
                    group.addTask { try await Self.clean(job.feed, job.days, adapters, with: cleaner) }
                }
            }
            while let finished = try await group.next() {
                results += finished
                progress.update(results.count, of: all, "\(results.count) of \(all) slices")
                if let job = waiting.next() {
                    group.addTask { try await Self.clean(job.feed, job.days, adapters, with: cleaner) }
                }
            }
            return results.sorted { ($0.manifest.day, $0.manifest.feed.id) < ($1.manifest.day, $1.manifest.feed.id) }
        }
    }

    private static func clean(
        _ feed: FeedDescriptor,
        _ days: [UTCDay],
        _ adapters: AdapterRegistry,
        with cleaner: Cleaner
    ) async throws -> [Cleaner.Result] {
        var results: [Cleaner.Result] = []
        let adapter = try adapters.adapter(for: feed)
        try await cleaner.clean(feed, adapter: adapter, days: days) { results.append($0) }
        return results
    }

    /// Loads the selected slices that have flat files.
    func load(_ selection: SliceSelection, runID: String?) async throws -> SliceLoader.Summary {
        try await settings.withSlices { store in
            try await load(manifests(selection, of: store), from: store, runID: runID)
        }
    }

    /// The selected slices that have flat files.
    func manifests(_ selection: SliceSelection, of store: SliceStore) throws -> [SliceManifest] {
        let feeds = try selection.feed.isEmpty ? store.feeds() : selection.feed.map { try catalog.feed($0).id }
        return try feeds.flatMap { try store.manifests(of: $0) }.filter { selection.contains($0.day) }
    }

    /// Loads slices of a store.
    func load(
        _ manifests: [SliceManifest],
        from store: SliceStore,
        runID: String?
    ) async throws -> SliceLoader.Summary {
        try await withWarehouse { engine in
            try await WarehouseMigrator.migrate(engine, now: systemTime(), codeVersion: Version.text)
            if try await isBackfill(manifests, of: engine) {
                return try await backfill(manifests, from: store, into: engine, runID: runID)
            }
            return try await load(manifests, from: store, into: engine, runID: runID)
        }
    }

    /// Loads slices of a store through an engine whose schema is up to date.
    func load(
        _ manifests: [SliceManifest],
        from store: SliceStore,
        into engine: any WarehouseEngine,
        runID: String?
    ) async throws -> SliceLoader.Summary {
        let run = SliceLoader.Run(
            id: runID,
            codeVersion: Version.text,
            host: ProcessInfo.processInfo.hostName,
            now: systemTime
        )
        let loader = SliceLoader(engine: engine, store: store, run: run, places: try settings.places())
        let progress = ProgressLine("load", isQuiet: isQuiet)
        return try await loader.load(manifests) { done, all in
            progress.update(done, of: all, "\(done) of \(all) slices")
        }
    }

    /// Opens the warehouse, and closes it whatever happens.
    func withWarehouse<Value>(
        readOnly: Bool = false,
        _ body: (any WarehouseEngine) async throws -> Value
    ) async throws -> Value {
        let engine = try await settings.warehouseTarget().open(readOnly: readOnly, settings: settings)
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
}

/// The present, by the system's clock.
let systemTime: @Sendable () -> UTCTime = {
    UTCTime(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
}
