/// `docs/data-dictionary.md`, made from the schema model.
public enum DataDictionary {
    /// The whole document.
    public static func markdown() -> String {
        var lines = [
            "# Data dictionary", "",
            "Every table of the warehouse, made from the schema model in `Sources/Warehouse/Schema` "
                + "(schema version \(Migrations.currentVersion)); a test compares this file with it. "
                + "`UPDATE_GOLDEN=1 swift test --filter DataDictionaryTests` writes it anew.", "",
            "Times are UTC. `*_id` is a durable key, `*_sk` the key of one version (SCD2), both 64-bit hashes. "
                + "Keys are checked by the load: DuckDB gets no key constraints.", "",
        ]
        lines += ["```mermaid", EntityPicture.mermaid(), "```", ""]
        for table in Schema.tables { lines += section(of: table) }
        lines += ["# Views", "", "`\(Schema.views.map(\.name).joined(separator: "`, `"))`", ""]
        for view in Schema.views { lines += section(of: view) }
        lines += [
            "# Mart", "",
            "Views for analysts, version \(Mart.version), in the schema `mart` "
                + "([guide](guide/business-intelligence.md)): `\(Mart.views.map(\.name).joined(separator: "`, `"))`",
            "",
        ]
        for view in Mart.views { lines += section(of: view) }
        return lines.joined(separator: "\n")
    }

    private static func section(of table: TableDefinition) -> [String] {
        var facts: [String] = []
        if !table.primaryKey.isEmpty { facts.append("key " + list(table.primaryKey)) }
        facts += table.uniqueKeys.map { "unique " + list($0) }
        if !table.sortKey.isEmpty { facts.append("sorted by " + list(table.sortKey)) }
        facts.append("distribution on Redshift: " + text(of: table.distribution))
        let rows = table.columns.map { column in
            let cells = [
                "`\(column.name)`", text(of: column.type), unit(of: column), column.nullMeaning ?? "never",
                column.meaning, ColumnOrigin.text(of: column, in: table),
            ]
            return "| " + cells.joined(separator: " | ") + " |"
        }
        return [
            "## \(table.name)", "", "\(table.grain)", "", facts.joined(separator: "; ") + ".", "",
            "| column | type | unit | NULL means | meaning | from |", "| --- | --- | --- | --- | --- | --- |",
        ] + rows + [""]
    }

    private static func section(of view: MartView) -> [String] {
        let rows = view.columns.map { column in
            let cells = [
                "`\(column.name)`", text(of: column.type), unit(of: column), column.nullMeaning ?? "never",
                column.meaning,
            ]
            return "| " + cells.joined(separator: " | ") + " |"
        }
        return [
            "## mart.\(view.name)", "", view.grain, "", "key \(list(view.key)).", "",
            "| column | type | unit | NULL means | meaning |", "| --- | --- | --- | --- | --- |",
        ] + rows + [""]
    }

    private static func section(of view: ViewDefinition) -> [String] {
        ["## \(view.name)", "", view.grain, "", "| column | meaning |", "| --- | --- |"]
            + view.columns.map { "| `\($0.name)` | \($0.meaning) |" } + [""]
    }

    private static func list(_ columns: [String]) -> String {
        "(" + columns.map { "`\($0)`" }.joined(separator: ", ") + ")"
    }

    private static func text(of distribution: TableDefinition.Distribution) -> String {
        switch distribution {
        case .all: "all"
        case .even: "even"
        case .key(let column): "by `\(column)`"
        }
    }

    private static func text(of type: ColumnType) -> String {
        switch type {
        case .bigint: "bigint"
        case .integer: "integer"
        case .smallint: "smallint"
        case .double: "double"
        case .boolean: "boolean"
        case .date: "date"
        case .timestamp: "timestamp"
        case .json: "JSON"
        case .text(let width): "text, \(width) characters"
        case .coordinate: "decimal(9,6)"
        }
    }

    /// The unit, which stands in the name; empty where a column has none.
    private static func unit(of column: ColumnDefinition) -> String {
        if column.type == .timestamp { return column.name == "local_ts" ? "local time" : "UTC" }
        if column.type == .coordinate { return "°" }
        if column.name == "bytes" { return "B" }
        switch column.name.split(separator: "_").last {
        case "s": return "s"
        case "kw": return "kW"
        case "v": return "V"
        case "a": return "A"
        case "m": return "m"
        default: return ""
        }
    }
}
