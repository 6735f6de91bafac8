/// A view: a question that is asked so often that it has a name.
public struct ViewDefinition: Sendable {
    /// Lower case.
    public let name: String
    /// The grain: "One row per …".
    public let grain: String
    /// The columns in order, with what they mean.
    public let columns: [(name: String, meaning: String)]
    /// The portable query, its columns in the order of ``columns``.
    ///
    /// `{p.slot_utc}` is a time that becomes text: in UTC, whatever the reader's session says.
    public let query: String

    /// Stands for the schema of the warehouse in the statements that create views; a migration puts it in its place.
    public static let schemaMark = "{schema}"

    init(_ name: String, _ grain: String, _ columns: KeyValuePairs<String, String>, _ query: String) {
        self.name = name
        self.grain = grain
        self.columns = columns.map { (name: $0.key, meaning: $0.value) }
        self.query = query
    }

    /// The `CREATE VIEW` of a dialect: on Redshift bound late, so that its tables can be replaced.
    public func createStatement(in dialect: SQLDialect) -> String {
        let list = columns.map(\.name).joined(separator: ", ")
        guard dialect == .redshift else { return "CREATE VIEW \(name) (\(list)) AS\n\(text(in: dialect))" }
        return "CREATE VIEW \(name) (\(list)) AS\n\(namingSchema(text(in: dialect))) WITH NO SCHEMA BINDING"
    }

    /// All statements that make the view: on PostgreSQL also its comments.
    func createStatements(in dialect: SQLDialect) -> [String] {
        [createStatement(in: dialect)] + (dialect == .postgreSQL ? postgresAdditions : [])
    }

    /// A view that is bound late names the schema of each table.
    private func namingSchema(_ query: String) -> String {
        let names = Set(Schema.tables.map(\.name) + Schema.views.map(\.name))
        return query.replacing(/\b(FROM|JOIN)\s+(\w+)/) { match in
            let name = String(match.output.2)
            return names.contains(name) ? "\(match.output.1) \(Self.schemaMark).\(name)" : String(match.output.0)
        }
    }

    private func text(in dialect: SQLDialect) -> String {
        query.replacing(/\{([a-z_.]+)\}/) { match in
            dialect == .postgreSQL ? "\(match.output.1) AT TIME ZONE 'UTC'" : String(match.output.1)
        }
    }
}
