/// A column of a table or of a flat file.
public struct ColumnDefinition: Sendable, Hashable {
    /// Lower-case, with the unit as suffix where there is one.
    public var name: String
    public var type: ColumnType
    public var isRequired: Bool

    /// Creates a column.
    public init(_ name: String, _ type: ColumnType, isRequired: Bool = false) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
    }
}

/// The type of a column; a dialect writes it.
public enum ColumnType: Sendable, Hashable {
    case bigint
    case integer
    case smallint
    case double
    case boolean
    case date
    /// UTC, microseconds.
    case timestamp
    case json
    /// At most so many characters.
    case text(Int)
    /// Decimal of 9 digits, 6 of them after the point: a coordinate.
    case coordinate
}

/// The engines' SQL families.
public enum SQLDialect: String, Sendable, CaseIterable {
    case duckDB = "duckdb"
    case postgreSQL = "postgresql"
    case redshift
}
