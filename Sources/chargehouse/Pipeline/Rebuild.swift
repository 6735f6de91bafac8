import ArgumentParser
import ChargingModel
import Cleaning
import Foundation
import Lineage
import Warehouse
import WarehouseDuckDB

/// Where a rebuild starts.
enum RebuildOrigin: String, CaseIterable {
    /// The raw packs.
    case raw
    /// The flat files.
    case flat
}

extension Pipeline {
    /// What a rebuild wrote.
    struct Rebuilt {
        var slices: Int
        /// Where the new warehouse differs from the former one; `nil` where there was none, or nothing was compared.
        var difference: WarehouseDifference?
    }

    /// Builds the warehouse anew beside the old one, and exchanges them.
    ///
    /// Killed at any moment it leaves the old warehouse in its place: the next rebuild clears what was left.
    func rebuild(from origin: RebuildOrigin) async throws -> Rebuilt {
        let (warehouse, flat) = replacements(of: try settings.duckDBPath(for: "rebuild"))
        let slices = try await build(from: origin, warehouse, flat)
        try await settleOldWarehouse()
        try warehouse.exchangeFile()
        if origin == .raw { try await exchange(flat) }
        try warehouse.finish()
        return Rebuilt(slices: slices)
    }

    /// Builds the warehouse anew beside the old one, compares both, and removes the new one.
    ///
    /// That of a server is copied into a file first, below the folder for temporary files, and the new one is made there.
    func verify(from origin: RebuildOrigin, examples: Int) async throws -> Rebuilt {
        if case .duckDB(let path) = try settings.warehouseTarget() {
            return try await verify(path, from: origin, examples: examples)
        }
        let folder =
            FileManager.default.temporaryDirectory.path
            + "/chargehouse-verify-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let rebuilt: Rebuilt
        do {
            let path = folder + "/warehouse.duckdb"
            try await copyServer(to: [path])
            rebuilt = try await verify(path, from: origin, examples: examples)
        } catch {
            try FileManager.default.removeItem(atPath: folder)
            throw error
        }
        try FileManager.default.removeItem(atPath: folder)
        return rebuilt
    }

    private func verify(_ path: String, from origin: RebuildOrigin, examples: Int) async throws -> Rebuilt {
        let (warehouse, flat) = replacements(of: path)
        let slices = try await build(from: origin, warehouse, flat)
        let difference: WarehouseDifference
        do {
            difference = try await DuckDBComparison.run(
                path,
                warehouse.newPath,
                library: DuckDBLibrary.locate(environment: ProcessInfo.processInfo.environment),
                examples: examples
            )
        } catch {
            try warehouse.abandon()
            try flat.abandon()
            throw error
        }
        try warehouse.abandon()
        try flat.abandon()
        return Rebuilt(slices: slices, difference: difference)
    }

    /// Puts the new flat files where the old ones are.
    private func exchange(_ flat: FileReplacement) async throws {
        guard settings.stores.slices != nil else {
            try flat.exchangeFolder()
            return try flat.finish()
        }
        try await settings.withSlices { try await $0.replaceSlices(with: SliceStore(root: flat.newPath)) }
        try flat.abandon()
    }

    private func replacements(of warehouse: String) -> (warehouse: FileReplacement, flat: FileReplacement) {
        (FileReplacement(path: warehouse), FileReplacement(path: settings.flatPath))
    }

    private func build(
        from origin: RebuildOrigin,
        _ warehouse: FileReplacement,
        _ flat: FileReplacement
    ) async throws -> Int {
        try warehouse.begin()
        try flat.begin()
        var fresh = settings
        fresh.warehouse = warehouse.newPath
        if origin == .raw { fresh.flatFolder = (flat.newPath, settings.flatName) }
        let pipeline = Pipeline(settings: fresh, catalog: catalog, isQuiet: isQuiet)
        let everything = try SliceSelection.parse([])
        do {
            if origin == .raw {
                try FileManager.default.createDirectory(atPath: flat.newPath, withIntermediateDirectories: true)
                _ = try await pipeline.clean(everything)
            }
            return try await pipeline.load(everything, runID: "rebuild").loaded.count
        } catch {
            try warehouse.abandon()
            try flat.abandon()
            throw error
        }
    }

    /// Brings the old warehouse's log into its file, and makes sure that no process uses it.
    ///
    /// One that cannot be opened at all is what a rebuild is for.
    private func settleOldWarehouse() async throws {
        guard FileManager.default.fileExists(atPath: try settings.duckDBPath(for: "rebuild")) else { return }
        do {
            try await withWarehouse { _ in }
        } catch let error as WarehouseError where error.kind == .locked {
            throw error
        } catch let error as WarehouseError {
            Console.note("rebuild: the former warehouse cannot be opened (\(error.detail)); it is replaced")
        }
    }
}
