import ChargingModel

/// A whole warehouse out of a DuckDB file into the empty tables of a PostgreSQL server.
///
/// A backfill is derived in the embedded engine, which is several times as fast, and its result copied: tables without
/// keys fill at several times the rate of those with keys, and a key over rows that are there is a sort.
/// See `docs/decisions/0013-backfills-are-derived-beside-the-server.md`.
package struct WarehouseTransfer: Sendable {
    /// Rows of one table in one file.
    struct Part: Sendable {
        let table: TableDefinition
        /// The month of a partitioned table.
        let month: Month?
        let path: String
    }

    /// The folder of the files; it exists, and whoever made it removes it.
    let folder: String

    /// Names the folder.
    package init(folder: String) {
        self.folder = folder
    }

    /// Whether nothing was ever loaded into a warehouse.
    package static func isEmpty(_ engine: any WarehouseEngine) async throws -> Bool {
        try await engine.query("SELECT load_id FROM etl_load LIMIT 1", []).rows.isEmpty
    }

    /// Copies all tables, in one transaction of the server.
    ///
    /// - Throws: ``WarehouseError``; the server's tables are as they were then.
    package func run(
        from source: any WarehouseEngine,
        into server: any WarehouseEngine,
        progress: @Sendable (Int, Int) -> Void
    ) async throws {
        var steps: [TransactionStep] = []
        let tables = Schema.tables.filter { $0.name != "etl_schema_version" }
        for (number, table) in tables.enumerated() {
            let parts = try await export(table, from: source, for: server.dialect)
            let rows = try await count(table, in: source)
            steps += try await fill(table, with: parts, on: server)
            steps.append(
                .check(
                    name: "\(table.name): as many rows as were derived",
                    sql: "SELECT x.found FROM (SELECT COUNT(*) AS found FROM \(table.name)) x WHERE x.found <> \(rows)"
                )
            )
            progress(number + 1, tables.count)
        }
        try await server.transact(steps)
    }

    private func count(_ table: TableDefinition, in engine: any WarehouseEngine) async throws -> Int64 {
        let rows = try await engine.query("SELECT COUNT(*) FROM \(table.name)", []).rows
        guard case .integer(let count)? = rows.first?.first else { return 0 }
        return count
    }

    private func export(
        _ table: TableDefinition,
        from engine: any WarehouseEngine,
        for target: SQLDialect
    ) async throws -> [Part] {
        let months = try await months(of: table, in: engine)
        let parts = months.map { month in
            Part(table: table, month: month, path: "\(folder)/\(table.name)\(month.map { "_\($0.suffix)" } ?? "").csv")
        }
        try await engine.transact(parts.map { .statement(Self.export($0, for: target)) })
        return parts
    }

    /// The months of a partitioned table; `nil` alone of a table in one piece.
    private func months(of table: TableDefinition, in engine: any WarehouseEngine) async throws -> [Month?] {
        guard let column = table.partitionColumn else { return [nil] }
        let sql = "SELECT CAST(MIN(\(column)) AS DATE), CAST(MAX(\(column)) AS DATE) FROM \(table.name)"
        let row = try await engine.query(sql, []).rows.first ?? []
        guard row.count == 2, case .date(let first) = row[0], case .date(let last) = row[1] else { return [] }
        return Array(Month.all(from: first, to: last))
    }

    private static func export(_ part: Part, for target: SQLDialect) -> String {
        let columns = part.table.columnNames.map { column in
            // The load log names the engine that holds it.
            part.table.name == "etl_load" && column == "target" ? "'\(target.rawValue)' AS target" : column
        }
        var query = "SELECT \(columns.joined(separator: ", ")) FROM \(part.table.name)"
        if let month = part.month, let column = part.table.partitionColumn {
            query += " WHERE \(column) >= DATE '\(month.start)' AND \(column) < DATE '\(month.next.start)'"
        }
        return "COPY (\(query)) TO \(SQLDialect.duckDB.literal(part.path)) (FORMAT csv, HEADER true, NULLSTR '\\N')"
    }

    private func fill(
        _ table: TableDefinition,
        with parts: [Part],
        on server: any WarehouseEngine
    ) async throws -> [TransactionStep] {
        if table.partitionColumn != nil { return parts.flatMap(Self.fillMonth) }
        // The rows that a migration puts into an empty warehouse are among those that come.
        var steps: [TransactionStep] = [.statement("DELETE FROM \(table.name)")]
        let load = parts.map {
            TransactionStep.bulkLoad(BulkLoad(table: table.name, columns: table.columns, files: [$0.path]))
        }
        guard table.isLog else { return steps + load }
        let keys = try await server.query(Self.keyNames, [.text(table.name)]).rows
        for case .text(let key)? in keys.map(\.first) {
            steps.append(.statement("ALTER TABLE \(table.name) DROP CONSTRAINT \(key)"))
        }
        return steps + load + [
            .statement("ALTER TABLE \(table.name) ADD PRIMARY KEY (\(table.primaryKey.joined(separator: ", ")))")
        ]
    }

    private static let keyNames = """
        SELECT CAST(c.conname AS TEXT) FROM pg_constraint c
        WHERE c.contype = 'p' AND c.conrelid = CAST(? AS regclass)
        """

    /// A month is filled on its own, and gets its keys when it becomes a part of the table.
    private static func fillMonth(_ part: Part) -> [TransactionStep] {
        guard let month = part.month else { return [] }
        let name = "\(part.table.name)_\(month.suffix)"
        return [
            .statement("DROP TABLE IF EXISTS \(name)"),
            .statement("CREATE TABLE \(name) (LIKE \(part.table.name) INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"),
            .bulkLoad(BulkLoad(table: name, columns: part.table.columns, files: [part.path])),
            .statement("ALTER TABLE \(part.table.name) ATTACH PARTITION \(name) \(month.bounds)"),
        ]
    }
}
