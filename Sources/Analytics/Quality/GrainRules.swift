import Warehouse

/// Unique keys and required columns, from the schema model: a new table has its rules at once.
enum GrainRules {
    /// One rule a key of a table.
    static let keys = Schema.tables.flatMap { table in
        let unique = table.uniqueKeys.map { (prefix: "CHECK_UNIQUE", columns: $0) }
        let all = (table.primaryKey.isEmpty ? [] : [(prefix: "CHECK_GRAIN", columns: table.primaryKey)]) + unique
        return all.map { key in
            let suffix = key.prefix == "CHECK_UNIQUE" ? "_BY_" + key.columns.joined(separator: "_").uppercased() : ""
            return QualityRule(
                "\(key.prefix)_\(table.name.uppercased())\(suffix)",
                "\(table.name) has one row per \(key.columns.joined(separator: ", "))",
                meaning:
                    "Rows are counted twice. Engines do not enforce keys here: loading checks them, and this does.",
                scope: .warehouse,
                method: .offences { _ in duplicates(in: table, key.columns) }
            )
        }
    }

    private static func duplicates(in table: TableDefinition, _ key: [String]) -> String {
        let columns = key.map { "x.\($0)" }.joined(separator: ", ")
        let subject = key.map { text("x.\($0)") }.joined(separator: " || ', ' || ")
        return "SELECT \(subject) AS subject FROM \(table.name) x GROUP BY \(columns) HAVING COUNT(*) > 1"
    }

    /// One rule a table.
    ///
    /// The DDL refuses NULL already; the rule is for engines and files where a table was made by other hands.
    static let required = Schema.tables.map { table in
        QualityRule(
            "CHECK_NOT_NULL_\(table.name.uppercased())",
            "\(table.name) has a value in every required column",
            meaning: "Something else than a load wrote the row.",
            scope: .warehouse,
            method: .offences { _ in nulls(in: table) }
        )
    }

    private static func nulls(in table: TableDefinition) -> String {
        let required = table.columns.filter(\.isRequired).map(\.name)
        let first = required.map { "WHEN x.\($0) IS NULL THEN '\($0)'" }.joined(separator: " ")
        let condition = required.map { "x.\($0) IS NULL" }.joined(separator: " OR ")
        return "SELECT CASE \(first) END AS subject FROM \(table.name) x WHERE \(condition)"
    }
}
