/// Creates the tables of the first schema and writes the statuses.
///
/// Frozen: the statements stand in `m0001_duckdb.sql`, independent of the model. Other engines came later.
let m0001CreateSchema = Migration(1, "create schema", dialects: [.duckDB]) { dialect throws(WarehouseError) in
    guard dialect == .duckDB else {
        throw WarehouseError(
            .unsupported,
            subject: "schema",
            detail: "no DDL for \(dialect.rawValue) (expected duckdb)"
        )
    }
    return FrozenSchema.first.statements
}

/// The statements of a schema as they were when its migration was frozen.
struct FrozenSchema: Sendable {
    /// In the order in which they ran.
    let statements: [String]

    /// The schema of migration 1.
    static let first = FrozenSchema(PackageResources.m0001_duckdb_sql)

    init(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        statements = text.split(separator: ";\n\n").map { $0.last == "\n" ? String($0.dropLast()) : String($0) }
    }

    /// The columns of a table as its DDL wrote them, `feed_key BIGINT NOT NULL`; `nil` where there was no such table.
    func columns(of table: String) -> [String]? {
        let head = "CREATE TABLE \(table) (\n    "
        guard let statement = statements.first(where: { $0.hasPrefix(head) }) else { return nil }
        return statement.dropFirst(head.count).dropLast("\n)".count).split(separator: ",\n    ").map(String.init)
    }
}
