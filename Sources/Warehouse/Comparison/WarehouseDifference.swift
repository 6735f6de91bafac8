/// How two warehouses differ, table by table.
public struct WarehouseDifference: Hashable, Sendable, Encodable {
    /// In the order of the schema.
    public var tables: [TableDifference]

    /// Whether every table holds the same rows.
    public var isEqual: Bool { tables.allSatisfy(\.isEqual) }
}

/// How one table differs between two warehouses.
///
/// Columns that say when and where a load ran are left out, as in ``TableFingerprint``.
public struct TableDifference: Hashable, Sendable, Encodable {
    /// The name of the table.
    public var table: String
    /// Rows of the first warehouse; `nil` where it has no such table.
    public var leftRows: Int?
    /// Rows of the second warehouse; `nil` where it has no such table.
    public var rightRows: Int?
    /// A digest of the first warehouse's rows in any order.
    public var leftFingerprint: String
    /// A digest of the second warehouse's rows in any order.
    public var rightFingerprint: String
    /// Rows that only the first has, equal rows counted as often as they stand there.
    public var onlyLeft: Int
    /// Rows that only the second has.
    public var onlyRight: Int
    /// Keys that only the second has.
    public var added: Int
    /// Keys that only the first has.
    public var removed: Int
    /// Keys that both have, with other values.
    public var changed: Int
    /// Keys that both have, where only the load that wrote the row is another.
    public var reloaded: Int
    /// Versions that are open in the first and closed in the second; `nil` for a table without versions.
    public var closed: Int?
    /// The first rows that differ.
    public var examples: [Example]

    /// Whether both hold the same rows.
    public var isEqual: Bool { onlyLeft == 0 && onlyRight == 0 && leftRows == rightRows }

    /// A row that only one warehouse has.
    public struct Example: Hashable, Sendable, Encodable {
        /// `left` or `right`.
        public var side: String
        /// Column and value, in the order of the table; NULLs are left out.
        public var values: [Value]
    }

    /// A value of an example.
    public struct Value: Hashable, Sendable, Encodable {
        /// The name of the column.
        public var column: String
        /// The value as text.
        public var text: String
    }

    enum CodingKeys: String, CodingKey {
        case table, added, removed, changed, reloaded, closed, examples
        case leftRows = "left_rows"
        case rightRows = "right_rows"
        case leftFingerprint = "left_fingerprint"
        case rightFingerprint = "right_fingerprint"
        case onlyLeft = "only_left"
        case onlyRight = "only_right"
    }
}
