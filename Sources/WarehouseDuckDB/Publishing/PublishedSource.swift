import Foundation
import Warehouse

/// A warehouse file that is read to be published, attached to an engine of its own.
///
/// Writers of the file wait meanwhile, so that all that is read belongs together.
enum PublishedSource {
    /// The name under which the warehouse is attached.
    static let name = "source"

    /// Runs a body with an engine in memory to which a warehouse is attached, read-only; sorting may write into `folder`.
    static func with<Value>(
        _ path: String,
        library: DuckDBLibrary,
        spillingInto folder: String,
        _ body: (DuckDBEngine) async throws -> Value
    ) async throws -> Value {
        try await check(path, library)
        let engine = try await DuckDBEngine.open(path: ":memory:", library: library)
        do {
            try await engine.run("SET temp_directory = \(engine.dialect.literal(folder))")
            try await engine.run("ATTACH \(engine.dialect.literal(path)) AS \(name) (READ_ONLY)")
            let value = try await body(engine)
            try await engine.close()
            return value
        } catch {
            try await engine.close()
            throw error
        }
    }

    /// Opens the file by itself first: errors then name the file, and the process that holds it.
    private static func check(_ path: String, _ library: DuckDBLibrary) async throws {
        let options = DuckDBOptions(isReadOnly: true)
        let engine = try await DuckDBEngine.open(path: path, library: library, options: options)
        do {
            let version = try await WarehouseMigrator.version(of: engine)
            guard version == Migrations.currentVersion else {
                throw WarehouseError(
                    .schemaMismatch,
                    subject: path,
                    detail: "schema version \(version) (expected \(Migrations.currentVersion))",
                    kept: "what was published before",
                    remedy: "chargehouse migrate"
                )
            }
            try await engine.close()
        } catch {
            try await engine.close()
            throw error
        }
    }
}

extension DuckDBEngine {
    func run(_ sql: String) async throws {
        _ = try await query(sql)
    }

    /// How many rows a query has, and a digest of them that does not depend on their order.
    func digest(of columns: [String], from source: String) async throws -> (rows: Int, digest: String) {
        let list = columns.joined(separator: ", ")
        let sql = "SELECT COUNT(*), CAST(SUM(CAST(HASH(\(list)) AS HUGEINT)) AS VARCHAR) FROM \(source)"
        let row = try await query(sql).rows.first ?? []
        guard case .integer(let rows)? = row.first else { return (0, "") }
        if case .text(let sum)? = row.last { return (Int(rows), sum) }
        return (Int(rows), "0")
    }
}
