import Cleaning
import Foundation
import Warehouse
import WarehouseDuckDB

/// The first load of a long history into a server.
extension Pipeline {
    /// So many slices are about a month of 38 feeds: from there on copying a finished warehouse is the faster way.
    static let backfillSlices = 1_000

    /// Whether a load is better derived beside the server: much of it, and nothing there that it must fit.
    func isBackfill(_ manifests: [SliceManifest], of engine: any WarehouseEngine) async throws -> Bool {
        guard engine.dialect == .postgreSQL, manifests.count >= Self.backfillSlices,
            try await WarehouseTransfer.isEmpty(engine)
        else { return false }
        do {
            _ = try DuckDBLibrary.locate(environment: ProcessInfo.processInfo.environment)
            return true
        } catch  where error.kind == .libraryMissing {
            Console.note("load: there is no DuckDB library; the server derives the history itself, which takes longer")
            return false
        }
    }

    /// Derives the warehouse in a DuckDB file of its own, and copies it into the server's tables in one transaction.
    ///
    /// What is derived lies in a folder below the data, and is removed whatever happens; one that a killed load left is
    /// removed by the next.
    func backfill(
        _ manifests: [SliceManifest],
        from store: SliceStore,
        into server: any WarehouseEngine,
        runID: String?
    ) async throws -> SliceLoader.Summary {
        let folder = settings.dataFolder + "/backfill"
        let files = FileManager.default
        if files.fileExists(atPath: folder) { try files.removeItem(atPath: folder) }
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let summary: SliceLoader.Summary
        do {
            summary = try await derive(manifests, from: store, in: folder, runID: runID, thenInto: server)
        } catch {
            try files.removeItem(atPath: folder)
            throw error
        }
        try files.removeItem(atPath: folder)
        return summary
    }

    private func derive(
        _ manifests: [SliceManifest],
        from store: SliceStore,
        in folder: String,
        runID: String?,
        thenInto server: any WarehouseEngine
    ) async throws -> SliceLoader.Summary {
        var local = settings
        local.warehouse = folder + "/warehouse.duckdb"
        let pipeline = Pipeline(settings: local, catalog: catalog, isQuiet: isQuiet)
        let progress = ProgressLine("copy", isQuiet: isQuiet)
        return try await pipeline.withWarehouse { engine in
            try await WarehouseMigrator.migrate(engine, now: systemTime(), codeVersion: Version.text)
            let summary = try await pipeline.load(manifests, from: store, into: engine, runID: runID)
            try await WarehouseTransfer(folder: folder).run(from: engine, into: server) { done, all in
                progress.update(done, of: all, "\(done) of \(all) tables derived")
            }
            return summary
        }
    }
}
