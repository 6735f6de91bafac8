/// DDL for Redshift: where rows lie, in which order and how packed; keys as promises to the planner.
///
/// Redshift enforces no key and trusts all of them, so a load checks each key that stands here in its own transaction.
///
/// - SeeAlso: Amazon Redshift Database Developer Guide, "CREATE TABLE", "Compression encodings".
extension TableDefinition {
    func redshiftTable(named name: String) -> String {
        var lines = columns.map { column in
            let type = SQLDialect.redshift.typeName(column.type)
            let encoding = encoding(of: column).map { " ENCODE \($0)" } ?? ""
            return "\(column.name) \(type)\(column.isRequired ? " NOT NULL" : "")\(encoding)"
        }
        if !primaryKey.isEmpty { lines.append("PRIMARY KEY (\(primaryKey.joined(separator: ", ")))") }
        lines += uniqueKeys.map { "UNIQUE (\($0.joined(separator: ", ")))" }
        return "CREATE TABLE \(name) (\n    \(lines.joined(separator: ",\n    "))\n)\(redshiftPlace)"
    }

    private var redshiftPlace: String {
        let place =
            switch distribution {
            case .all: " DISTSTYLE ALL"
            case .even: " DISTSTYLE EVEN"
            case .key(let column): " DISTSTYLE KEY DISTKEY (\(column))"
            }
        return sortKey.isEmpty ? place : place + " COMPOUND SORTKEY (\(sortKey.joined(separator: ", ")))"
    }

    /// One named encoding turns Redshift's own choice off for the whole table, so a table names all of them or none.
    ///
    /// Small tables, which lie on every node, leave the choice to Redshift.
    private func encoding(of column: ColumnDefinition) -> String? {
        guard distribution != .all else { return nil }
        // Blocks are skipped by the first column of the sort key; packed, it would decode more rows than it skips.
        if column.name == sortKey.first { return "raw" }
        return switch column.type {
        case .bigint, .integer, .smallint, .date, .timestamp, .coordinate: "az64"
        case .double, .boolean, .json, .text: "zstd"
        }
    }
}
