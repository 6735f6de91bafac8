/// DDL, made from the model.
extension TableDefinition {
    /// The statement that creates the table.
    ///
    /// - Throws: ``WarehouseError`` with `unsupported` for PostgreSQL and Redshift, whose DDL does not exist yet.
    public func createStatement(in dialect: SQLDialect) throws(WarehouseError) -> String {
        switch dialect {
        case .duckDB:
            // No keys: see `duplicateChecks(where:)`.
            let lines = columns.map { "    \($0.name) \(dialect.typeName($0.type))\($0.isRequired ? " NOT NULL" : "")" }
            return "CREATE TABLE \(name) (\n\(lines.joined(separator: ",\n"))\n)"
        case .postgreSQL, .redshift:
            throw WarehouseError(
                .unsupported,
                subject: "table \(name)",
                detail: "no DDL for \(dialect.rawValue) (expected duckdb)"
            )
        }
    }
}

extension Schema {
    /// The statements that create all tables, in order.
    ///
    /// - Throws: ``WarehouseError`` with `unsupported` for a dialect without DDL.
    public static func createStatements(in dialect: SQLDialect) throws(WarehouseError) -> [String] {
        var statements: [String] = []
        for table in tables { statements.append(try table.createStatement(in: dialect)) }
        return statements
    }
}
