/// A table of the warehouse, from which each dialect's DDL and the data dictionary are made.
public struct TableDefinition: Sendable, Hashable {
    /// How Redshift spreads the rows over its nodes.
    public enum Distribution: Sendable, Hashable {
        /// A copy on every node.
        case all
        /// Round robin.
        case even
        /// By the hash of a column, so that joins on it stay on a node.
        case key(String)
    }

    /// Lower-case, singular, with the prefix of its kind: `dim_`, `map_`, `fact_`, `agg_`, `etl_`.
    public let name: String
    /// The grain: "One row per …".
    public let grain: String
    /// In the order of the table.
    public let columns: [ColumnDefinition]
    /// Empty where a table has none.
    public let primaryKey: [String]
    /// Other combinations of columns that are unique.
    public let uniqueKeys: [[String]]
    /// The order in which rows are loaded and stored; empty where it does not matter.
    public let sortKey: [String]
    /// Where the rows lie on Redshift.
    public let distribution: Distribution

    init(
        _ name: String,
        _ grain: String,
        key: [String],
        unique: [[String]] = [],
        sort: [String] = [],
        distribution: Distribution,
        columns: [ColumnDefinition]
    ) {
        self.name = name
        self.grain = grain
        self.columns = columns
        primaryKey = key
        uniqueKeys = unique
        sortKey = sort
        self.distribution = distribution
    }

    /// The names of the columns, in order.
    public var columnNames: [String] { columns.map(\.name) }

    /// The type of each column.
    var columnTypes: [String: ColumnType] {
        Dictionary(columns.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    }

    /// Queries that return the keys that occur more than once: no row may come back.
    ///
    /// DuckDB gets no key constraints (they cost six times the load time and seven times the size, and refuse a delete
    /// and insert of one key in one transaction) and Redshift enforces none, so a load checks its keys itself.
    ///
    /// - Parameter condition: an SQL condition on the table's columns that limits the check, for example to a slice.
    /// - Returns: One check a key.
    public func duplicateChecks(where condition: String? = nil) -> [TransactionStep] {
        let keys = [primaryKey].filter { !$0.isEmpty } + uniqueKeys
        return keys.map { key in
            let columns = key.joined(separator: ", ")
            let restriction = condition.map { " WHERE \($0)" } ?? ""
            return .check(
                name: "\(name): one row per \(columns)",
                sql: """
                    SELECT \(columns), COUNT(*) AS row_count FROM \(name)\(restriction) \
                    GROUP BY \(columns) HAVING COUNT(*) > 1 ORDER BY \(columns)
                    """
            )
        }
    }
}
