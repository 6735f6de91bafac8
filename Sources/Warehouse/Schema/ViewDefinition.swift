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

    init(_ name: String, _ grain: String, _ columns: KeyValuePairs<String, String>, _ query: String) {
        self.name = name
        self.grain = grain
        self.columns = columns.map { (name: $0.key, meaning: $0.value) }
        self.query = query
    }

    /// The `CREATE VIEW` of a dialect: on Redshift bound late, so that its tables can be replaced.
    public func createStatement(in dialect: SQLDialect) -> String {
        let list = columns.map(\.name).joined(separator: ", ")
        let end = dialect == .redshift ? " WITH NO SCHEMA BINDING" : ""
        return "CREATE VIEW \(name) (\(list)) AS\n\(text(in: dialect))\(end)"
    }

    /// All statements that make the view: on PostgreSQL also its comments.
    func createStatements(in dialect: SQLDialect) -> [String] {
        [createStatement(in: dialect)] + (dialect == .postgreSQL ? postgresAdditions : [])
    }

    private func text(in dialect: SQLDialect) -> String {
        query.replacing(/\{([a-z_.]+)\}/) { match in
            dialect == .postgreSQL ? "\(match.output.1) AT TIME ZONE 'UTC'" : String(match.output.1)
        }
    }
}
