public import Warehouse

/// The mart as tables in a schema of a PostgreSQL database, for tools that cannot open a file.
///
/// One transaction deletes and copies: readers see the former rows until it ends, and views, rights and comments that
/// others made on the tables stay.
public enum PublishedSchema {
    /// The schema of the tables.
    public static let name = "chargehouse_mart"
    /// The comment by which a schema is known as ours.
    private static let mark = "Mart of a charging warehouse, published by chargehouse"

    /// A view and the flat file that holds its rows.
    public struct Table: Sendable {
        let view: MartView
        let file: String
        let rows: Int

        /// Describes a table.
        public init(view: MartView, file: String, rows: Int) {
            self.view = view
            self.file = file
            self.rows = rows
        }
    }

    /// Replaces the rows of tables, all or nothing.
    ///
    /// A table whose columns changed is made anew; that fails where a view of someone else leans on it.
    ///
    /// - Parameters:
    ///   - tables: what is written; other tables of the schema stay.
    ///   - engine: a writer on the database.
    ///   - replacing: whether a schema that no publication made may be dropped with all that is in it.
    /// - Throws: ``Warehouse/PublishError`` `CHG121` where the schema is someone else's, ``Warehouse/WarehouseError``.
    public static func write(_ tables: [Table], to engine: PostgresEngine, replacing: Bool = false) async throws {
        let rows = try await engine.query(
            """
            SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = '\(name)'
            """
        ).rows
        let isOurs = rows.first?.first == .text(mark)
        guard rows.isEmpty || isOurs || replacing else {
            throw PublishError.foreign(
                "\(engine.address), schema \(name)",
                "it holds something else (expected nothing, or a publication)"
            )
        }
        var steps: [TransactionStep] = []
        if !isOurs {
            if !rows.isEmpty { steps.append(.statement("DROP SCHEMA \(name) CASCADE")) }
            steps.append(.statement("CREATE SCHEMA \(name)"))
            steps.append(.statement("COMMENT ON SCHEMA \(name) IS '\(mark)'"))
        }
        steps.append(.statement("SET LOCAL search_path TO \(name)"))
        let present = isOurs ? try await columns(on: engine) : [:]
        for table in tables { steps += self.steps(for: table, present: present[table.view.name]) }
        try await engine.transact(steps)
    }

    /// The columns of the tables that are there, as `name type`.
    private static func columns(on engine: PostgresEngine) async throws -> [String: [String]] {
        let sql = """
            SELECT table_name, column_name || ' ' || data_type FROM information_schema.columns
            WHERE table_schema = '\(name)' ORDER BY table_name, ordinal_position
            """
        return try await engine.query(sql).rows.reduce(into: [:]) { columns, row in
            guard case .text(let table)? = row.first, case .text(let column)? = row.last else { return }
            columns[table, default: []].append(column)
        }
    }

    private static func steps(for table: Table, present: [String]?) -> [TransactionStep] {
        let view = table.view
        var steps: [TransactionStep] = []
        if present != view.columns.map(\.shape) {
            if present != nil { steps.append(.statement("DROP TABLE \(view.name)")) }
            steps += view.tableStatements(in: .postgreSQL).map(TransactionStep.statement)
        } else {
            steps.append(.statement("DELETE FROM \(view.name)"))
        }
        return steps + [
            .bulkLoad(BulkLoad(table: view.name, columns: view.columns, files: [table.file])),
            .check(
                name: "\(view.name) has \(table.rows) rows",
                sql: "SELECT COUNT(*) AS row_count FROM \(view.name) HAVING COUNT(*) <> \(table.rows)"
            ), .statement("ANALYZE \(view.name)"),
        ]
    }
}

extension ColumnDefinition {
    /// As `information_schema` tells of it.
    fileprivate var shape: String {
        let type =
            switch type {
            case .bigint: "bigint"
            case .integer: "integer"
            case .smallint: "smallint"
            case .double: "double precision"
            case .boolean: "boolean"
            case .date: "date"
            case .timestamp: "timestamp with time zone"
            case .json: "jsonb"
            case .text: "text"
            case .coordinate: "numeric"
            }
        return "\(name) \(type)"
    }
}
