/// DDL, made from the model.
extension TableDefinition {
    /// The statement that creates the table.
    ///
    /// - Throws: ``WarehouseError`` with `unsupported` for a dialect without DDL; today all have it.
    public func createStatement(in dialect: SQLDialect) throws(WarehouseError) -> String {
        try createStatement(named: name, in: dialect)
    }

    /// All statements that make the table: on PostgreSQL also those of its constraints, indexes and comments.
    ///
    /// - Throws: as ``createStatement(in:)``.
    public func createStatements(in dialect: SQLDialect) throws(WarehouseError) -> [String] {
        [try createStatement(in: dialect)] + (dialect == .postgreSQL ? postgresAdditions : [])
    }

    /// The statement that creates a table of this shape under another name.
    func createStatement(named name: String, in dialect: SQLDialect) throws(WarehouseError) -> String {
        switch dialect {
        case .duckDB:
            // No keys: see `duplicateChecks(where:)`.
            return "CREATE TABLE \(name) (\n    \(columnLines(in: dialect).joined(separator: ",\n    "))\n)"
        case .postgreSQL:
            return postgresTable(named: name)
        case .redshift:
            return redshiftTable(named: name)
        }
    }

    /// The columns as DDL writes them: `feed_key BIGINT NOT NULL`.
    func columnLines(in dialect: SQLDialect) -> [String] {
        columns.map { "\($0.name) \(dialect.typeName(of: $0))\($0.isRequired ? " NOT NULL" : "")" }
    }
}

extension Schema {
    /// The statements that create all tables, in order.
    ///
    /// - Throws: ``WarehouseError`` with `unsupported` for a dialect without DDL.
    public static func createStatements(in dialect: SQLDialect) throws(WarehouseError) -> [String] {
        var statements: [String] = []
        for table in tables { statements += try table.createStatements(in: dialect) }
        return statements
    }
}
