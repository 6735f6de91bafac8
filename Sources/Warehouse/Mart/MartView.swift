/// A view for analysts: stable names, integer keys, additive seconds.
///
/// Its columns are described by the same ``ColumnDefinition`` as those of tables; most take theirs from a table.
public struct MartView: Sendable {
    /// Lower case, without the schema.
    public let name: String
    /// The grain: "One row per …".
    public let grain: String
    /// In order.
    public let columns: [ColumnDefinition]
    /// Columns that together are unique.
    public let key: [String]
    /// The day by which large views are cut into months; `nil` for a small one.
    public let day: String?
    private let expressions: [String]
    private let source: String

    /// Describes a view; `source` is its portable SQL from `FROM` on, each table behind a `FROM` or a `JOIN`.
    init(
        _ name: String,
        _ grain: String,
        key: [String],
        day: String? = nil,
        columns: [MartColumn],
        from source: String
    ) {
        self.name = name
        self.grain = grain
        self.key = key
        self.day = day
        self.columns = columns.map(\.definition)
        expressions = columns.map(\.expression)
        self.source = source
    }

    /// The statements that make the view and its comments, with ``Mart/Place``'s marks.
    ///
    /// On Redshift the view is bound late, so that its tables can be replaced; such a view has no columns that a comment
    /// could be about (``Mart/dictionary`` has their meaning).
    func createStatements(in dialect: SQLDialect) -> [String] {
        let ending = dialect == .redshift ? " WITH NO SCHEMA BINDING" : ""
        let described = dialect == .redshift ? [] : columns.map { ($0.name, $0.comment) }
        return ["CREATE VIEW \(place) AS\n\(query(in: dialect))\(ending)"]
            + dialect.comments(on: "VIEW", place, grain, described)
    }

    /// The statements that make a table of the view's shape, with its key and comments.
    package func tableStatements(in dialect: SQLDialect) -> [String] {
        let lines = columns.map { "\($0.name) \(dialect.typeName(of: $0))\($0.isRequired ? " NOT NULL" : "")" }
        let primaryKey = "PRIMARY KEY (\(key.joined(separator: ", ")))"
        return ["CREATE TABLE \(name) (\n    \((lines + [primaryKey]).joined(separator: ",\n    "))\n)"]
            + dialect.comments(on: "TABLE", name, grain, columns.map { ($0.name, $0.comment) })
    }

    private var place: String { "\(Mart.Place.martMark).\(name)" }

    /// Every table is named with its schema: a view of a DuckDB file then works under each name of the file.
    private func query(in dialect: SQLDialect) -> String {
        let values = zip(expressions, columns).map { expression, column in
            let value = expression.replacing(/\{([a-z_.]+) to ([a-z_.]+)\}/) { match in
                dialect.secondsBetween(String(match.output.1), String(match.output.2))
            }
            return "\(value) AS \(column.name)"
        }
        let tables = Set(Schema.tables.map(\.name))
        let placed = source.replacing(/\b(FROM|JOIN) (\w+)/) { match in
            let name = String(match.output.2)
            return tables.contains(name) ? "\(match.output.1) \(Mart.Place.schemaMark).\(name)" : String(match.output.0)
        }
        return "SELECT \(values.joined(separator: ",\n    "))\n\(placed)"
    }
}

/// A column of a view and the expression that makes it; `{a to b}` stands for whole seconds between two times.
package struct MartColumn: Sendable {
    let expression: String
    let definition: ColumnDefinition

    init(_ expression: String, _ definition: ColumnDefinition) {
        self.expression = expression
        self.definition = definition
    }

    /// Columns of a table, as they are there; a dimension has the name of its view.
    static func taken(_ names: String..., from table: String, as alias: String) -> [MartColumn] {
        let columns = Schema.table(table)?.columns ?? []
        return names.map { name in
            var definition = columns.first { $0.name == name } ?? ColumnDefinition(name, .bigint)
            definition.meaning = definition.meaning.replacing("(dim_", with: "(")
            return MartColumn("\(alias).\(name)", definition)
        }
    }

    /// The same values under a name with a prefix.
    func renamed(_ name: String, _ meaning: String? = nil) -> MartColumn {
        var definition = definition
        definition.name = name
        definition.meaning = meaning ?? definition.meaning
        return MartColumn(expression, definition)
    }
}

extension ColumnDefinition {
    /// What a database shows of the column: its meaning, and what NULL means.
    public var comment: String { meaning + (nullMeaning.map { "; NULL: \($0)" } ?? "") }
}
