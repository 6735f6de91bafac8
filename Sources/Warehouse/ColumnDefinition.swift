/// A column of a table or of a flat file.
public struct ColumnDefinition: Sendable, Hashable {
    /// Lower-case, with the unit as suffix where there is one.
    public var name: String
    /// What it holds.
    public var type: ColumnType
    /// Whether NULL is refused.
    public var isRequired: Bool
    /// What the value is; for the data dictionary.
    public var meaning: String
    /// What NULL means; `nil` where the column is required.
    public var nullMeaning: String?

    /// Creates a column.
    public init(
        _ name: String,
        _ type: ColumnType,
        isRequired: Bool = false,
        meaning: String = "",
        nullMeaning: String? = nil
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.meaning = meaning
        self.nullMeaning = nullMeaning
    }

    /// A column that always has a value.
    static func must(_ name: String, _ type: ColumnType, _ meaning: String) -> ColumnDefinition {
        ColumnDefinition(name, type, isRequired: true, meaning: meaning)
    }

    /// A column that can be NULL, and what that means.
    static func may(
        _ name: String,
        _ type: ColumnType,
        _ meaning: String,
        null: String = "the feed gave none"
    ) -> ColumnDefinition {
        ColumnDefinition(name, type, meaning: meaning, nullMeaning: null)
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
