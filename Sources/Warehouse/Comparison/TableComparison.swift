import ChargingModel

/// Compares one table of two databases that one engine has attached.
struct TableComparison {
    let table: TableDefinition
    /// The table's name in each database; `nil` where it has none.
    let left: String?
    let right: String?
    /// Columns that both have, without those of wall time.
    let columns: [String]

    private var list: String { columns.joined(separator: ", ") }

    /// How often each side's rows are missing on the other.
    private func surplus(_ one: String, over other: String) -> String {
        "SELECT \(list) FROM \(one) EXCEPT ALL SELECT \(list) FROM \(other)"
    }

    func difference(on engine: some WarehouseEngine, examples limit: Int) async throws -> TableDifference {
        var difference = TableDifference(
            table: table.name,
            leftRows: try await rows(of: left, engine),
            rightRows: try await rows(of: right, engine),
            leftFingerprint: try await fingerprint(of: left, engine),
            rightFingerprint: try await fingerprint(of: right, engine),
            onlyLeft: 0,
            onlyRight: 0,
            added: 0,
            removed: 0,
            changed: 0,
            reloaded: 0,
            examples: []
        )
        guard let left, let right else {
            difference.onlyLeft = difference.leftRows ?? 0
            difference.onlyRight = difference.rightRows ?? 0
            (difference.removed, difference.added) = (difference.onlyLeft, difference.onlyRight)
            return difference
        }
        difference.onlyLeft = try await count("(\(surplus(left, over: right))) x", engine)
        difference.onlyRight = try await count("(\(surplus(right, over: left))) x", engine)
        if hasVersions { difference.closed = 0 }
        guard !difference.isEqual else { return difference }
        try await compareKeys(&difference, left, right, engine)
        difference.examples = try await examples(left, right, limit, engine)
        return difference
    }

    /// Columns that name the load that wrote a row, not what the row says.
    private static let loadColumns: Set = ["load_id", "first_load_id"]

    private var hasVersions: Bool { columns.contains("is_current") }

    private var hasKey: Bool { !table.primaryKey.isEmpty && Set(table.primaryKey).isSubset(of: columns) }

    private func compareKeys(
        _ difference: inout TableDifference,
        _ left: String,
        _ right: String,
        _ engine: some WarehouseEngine
    ) async throws {
        guard hasKey else {
            (difference.removed, difference.added) = (difference.onlyLeft, difference.onlyRight)
            return
        }
        let first = table.primaryKey[0]
        let keys = table.primaryKey.map { "l.\($0) = r.\($0)" }.joined(separator: " AND ")
        let both = "l.\(first) IS NOT NULL AND r.\(first) IS NOT NULL"
        let values = columns.filter { !Self.loadColumns.contains($0) && !table.primaryKey.contains($0) }
        let same = (["TRUE"] + values.map { "l.\($0) IS NOT DISTINCT FROM r.\($0)" }).joined(separator: " AND ")
        let closed = hasVersions ? "l.is_current AND NOT r.is_current" : "FALSE"
        let sql = """
            SELECT COALESCE(SUM(CASE WHEN l.\(first) IS NULL THEN 1 ELSE 0 END), 0),
                COALESCE(SUM(CASE WHEN r.\(first) IS NULL THEN 1 ELSE 0 END), 0),
                COALESCE(SUM(CASE WHEN \(both) AND NOT (\(same)) THEN 1 ELSE 0 END), 0),
                COALESCE(SUM(CASE WHEN \(both) AND \(same) THEN 1 ELSE 0 END), 0),
                COALESCE(SUM(CASE WHEN \(closed) THEN 1 ELSE 0 END), 0)
            FROM (\(surplus(left, over: right))) l FULL JOIN (\(surplus(right, over: left))) r ON \(keys)
            """
        let counts = try await engine.query(sql, []).rows.first?.map(\.wholeNumber) ?? []
        guard counts.count == 5 else { return }
        (difference.added, difference.removed) = (counts[0], counts[1])
        (difference.changed, difference.reloaded) = (counts[2], counts[3])
        if hasVersions { difference.closed = counts[4] }
    }

    private func examples(
        _ left: String,
        _ right: String,
        _ limit: Int,
        _ engine: some WarehouseEngine
    ) async throws -> [TableDifference.Example] {
        guard limit > 0 else { return [] }
        let order = (hasKey ? table.primaryKey : columns) + ["side"]
        let sql = """
            SELECT * FROM (SELECT 'left' AS side, x.* FROM (\(surplus(left, over: right))) x
                UNION ALL SELECT 'right' AS side, y.* FROM (\(surplus(right, over: left))) y) z
            ORDER BY \(order.joined(separator: ", ")) LIMIT \(limit)
            """
        let found = try await engine.query(sql, [])
        return found.rows.map { row in
            let values = zip(found.columns, row).dropFirst().compactMap { column, value in
                value.plainText.map { TableDifference.Value(column: column, text: $0) }
            }
            return TableDifference.Example(side: row[0].plainText ?? "", values: values)
        }
    }

    private func rows(of table: String?, _ engine: some WarehouseEngine) async throws -> Int? {
        guard let table else { return nil }
        return try await count(table, engine)
    }

    private func count(_ source: String, _ engine: some WarehouseEngine) async throws -> Int {
        try await engine.query("SELECT COUNT(*) FROM \(source)", []).rows.first?.first?.wholeNumber ?? 0
    }

    /// A sum of hashes: the order of rows does not matter, equal rows count each, memory does not grow.
    private func fingerprint(of table: String?, _ engine: some WarehouseEngine) async throws -> String {
        guard let table else { return "" }
        let sql = "SELECT COUNT(*), CAST(SUM(CAST(HASH(\(list)) AS HUGEINT)) AS VARCHAR) FROM \(table)"
        let row = try await engine.query(sql, []).rows.first ?? []
        let text = row.map { $0.plainText ?? "-" }.joined(separator: " ")
        return String(ContentDigest(of: Array(text.utf8)).description.prefix(12))
    }
}

/// Compares two databases that one engine has attached under two names.
///
/// Nothing is read into this process but counts and examples. Needs an engine with `EXCEPT ALL`, `IS DISTINCT FROM` and
/// `HASH`.
package struct WarehouseComparison {
    /// The names under which the databases are attached.
    package static let names = (left: "left_side", right: "right_side")

    /// Compares all tables that loading writes, or one.
    package static func run(
        on engine: some WarehouseEngine,
        table only: String? = nil,
        examples: Int
    ) async throws -> WarehouseDifference {
        let columns = try await presentColumns(engine)
        var tables: [TableDifference] = []
        for table in TableFingerprint.comparedTables where only.map({ $0 == table.name }) ?? true {
            let present = [names.left, names.right].map { columns[$0]?[table.name] }
            let shared = TableFingerprint.comparedColumns(of: table).filter { name in
                present.allSatisfy { $0?.contains(name) ?? true }
            }
            guard present.contains(where: { $0 != nil }) else { continue }
            let comparison = TableComparison(
                table: table,
                left: present[0].map { _ in "\(names.left).main.\(table.name)" },
                right: present[1].map { _ in "\(names.right).main.\(table.name)" },
                columns: shared
            )
            tables.append(try await comparison.difference(on: engine, examples: examples))
        }
        return WarehouseDifference(tables: tables)
    }

    private static func presentColumns(_ engine: some WarehouseEngine) async throws -> [String: [String: Set<String>]] {
        let sql = """
            SELECT table_catalog, table_name, column_name FROM information_schema.columns
            WHERE table_catalog IN ('\(names.left)', '\(names.right)')
            """
        var columns: [String: [String: Set<String>]] = [:]
        for row in try await engine.query(sql, []).rows {
            guard case .text(let catalog) = row[0], case .text(let table) = row[1], case .text(let name) = row[2] else {
                continue
            }
            columns[catalog, default: [:]][table, default: []].insert(name)
        }
        return columns
    }
}

extension SQLValue {
    /// The whole number; 0 for anything else.
    fileprivate var wholeNumber: Int {
        switch self {
        case .integer(let number): Int(number)
        case .double(let number): Int(exactly: number) ?? 0
        case .null, .boolean, .text, .timestamp, .date: 0
        }
    }

    /// The value as people read it; `nil` for NULL.
    package var plainText: String? {
        switch self {
        case .null: nil
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .double(let number): String(number)
        case .text(let text): text
        case .timestamp(let time): time.description
        case .date(let day): day.description
        }
    }
}
