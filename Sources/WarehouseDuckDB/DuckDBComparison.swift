import Foundation
public import Warehouse

/// Compares two DuckDB files.
public enum DuckDBComparison {
    /// Compares all tables of the schema, or one; reads both files and writes neither.
    ///
    /// - Parameters:
    ///   - left: path of the first file.
    ///   - right: path of the second file.
    ///   - library: DuckDB's client library.
    ///   - table: the only table to compare; `nil` for all.
    ///   - examples: rows that are shown of each table that differs.
    /// - Returns: The difference.
    /// - Throws: ``WarehouseError`` with `locked` where another process writes one of the files, `openFailed` where
    ///   there is no such file.
    public static func run(
        _ left: String,
        _ right: String,
        library: DuckDBLibrary,
        table: String? = nil,
        examples: Int = 5
    ) async throws -> WarehouseDifference {
        for path in [left, right] { try await check(path, library) }
        let folder = FileManager.default.temporaryDirectory.path
        let engine = try await DuckDBEngine.open(path: ":memory:", library: library)
        do {
            // Sorting spills to disk: memory stays bounded whatever the size of the tables.
            let spill = "\(folder)/chargehouse-diff-\(ProcessInfo.processInfo.processIdentifier)"
            try await engine.execute("SET temp_directory = \(engine.dialect.literal(spill))")
            for (path, name) in [(left, WarehouseComparison.names.left), (right, WarehouseComparison.names.right)] {
                try await engine.execute("ATTACH \(engine.dialect.literal(path)) AS \(name) (READ_ONLY)")
            }
            let difference = try await WarehouseComparison.run(on: engine, table: table, examples: examples)
            try await engine.close()
            return difference
        } catch {
            try await engine.close()
            throw error
        }
    }

    /// Opens a file by itself first: its errors then name the file and the process that holds it.
    private static func check(_ path: String, _ library: DuckDBLibrary) async throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw WarehouseError(
                .openFailed,
                subject: path,
                detail: "there is no such file (expected a DuckDB file)",
                remedy: "chargehouse run"
            )
        }
        try await DuckDBEngine.open(path: path, library: library, options: DuckDBOptions(isReadOnly: true)).close()
    }
}

extension DuckDBEngine {
    fileprivate func execute(_ sql: String) async throws {
        _ = try await query(sql, [])
    }
}
