import ChargingModel
import Foundation
import Warehouse
import WarehouseDuckDB

/// DuckDB files that stand for the warehouse of a server.
extension Pipeline {
    /// Copies the warehouse of a server into DuckDB files; empty ones where it has none.
    func copyServer(to paths: [String]) async throws {
        guard let first = paths.first else { return }
        let folder = URL(fileURLWithPath: first).deletingLastPathComponent().path
        try await withNewFile(first) { target in
            do {
                try await withWarehouse(readOnly: true) { source in
                    try await WarehouseCopy.run(from: source, to: target, in: folder)
                }
            } catch let error as ConfigurationError where error.isOfMissingWarehouse {
                // An empty one is what a run would start with.
            }
        }
        for path in paths.dropFirst() { try FileManager.default.copyItem(atPath: first, toPath: path) }
    }

    /// Runs a body with a new DuckDB file whose tables are made, and closes it whatever happens.
    func withNewFile(_ path: String, _ body: (DuckDBEngine) async throws -> Void) async throws {
        let library = try DuckDBLibrary.locate(environment: ProcessInfo.processInfo.environment)
        let engine = try await DuckDBEngine.open(path: path, library: library)
        do {
            try await WarehouseMigrator.migrate(engine, now: systemTime(), codeVersion: Version.text)
            try await body(engine)
        } catch {
            try await engine.close()
            throw error
        }
        try await engine.close()
    }
}
