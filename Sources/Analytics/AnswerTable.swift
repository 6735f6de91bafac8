public import ChargingModel
public import Warehouse

/// A table that is ready to be printed: typed values, and columns that say how people and machines read them.
///
/// Query results, status pages and reports all become an `AnswerTable`; one set of writers prints it.
public struct AnswerTable: Sendable, Hashable {
    public var columns: [AnswerColumn]
    /// Rows with one value a column.
    public var rows: [[AnswerValue]]

    /// Creates a table.
    public init(columns: [AnswerColumn], rows: [[AnswerValue]]) {
        self.columns = columns
        self.rows = rows
    }

    /// The answer of a query, printed under the names of its columns.
    public init(_ result: ResultTable) {
        self.init(
            columns: result.columns.map { AnswerColumn($0) },
            rows: result.rows.map { row in row.map { AnswerValue($0) } }
        )
    }
}

/// How a column is named and printed.
public struct AnswerColumn: Sendable, Hashable {
    /// The machine's name, snake_case with the unit: the CSV header and the JSON member.
    public var name: String
    /// The reader's heading, with the unit.
    public var heading: String
    public var style: AnswerStyle
    /// Whether the forms made for reading (table, Markdown) print it; CSV and JSON always do.
    public var isForReading: Bool

    /// Creates a column; without a heading the name is the heading.
    public init(
        _ name: String,
        heading: String? = nil,
        style: AnswerStyle = .plain,
        isForReading: Bool = true
    ) {
        self.name = name
        self.heading = heading ?? name
        self.style = style
        self.isForReading = isForReading
    }
}

/// How the forms made for reading print numbers; CSV and JSON print the value itself.
public enum AnswerStyle: Sendable, Hashable {
    /// As it is.
    case plain
    /// With so many decimals.
    case fixed(Int)
    /// A ratio times 100 with so many decimals.
    case percent(Int)
}

/// One value of a table.
public enum AnswerValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case double(Double)
    case text(String)
    /// UTC.
    case timestamp(UTCTime)
    case date(UTCDay)
    /// No value, for a reason that readers are told; machines get null.
    case withheld(String)
    /// A value and a remark that readers are told; machines get the value.
    case flagged(Double, String)

    /// The value of a query's answer.
    public init(_ value: SQLValue) {
        switch value {
        case .null: self = .null
        case .boolean(let flag): self = .boolean(flag)
        case .integer(let number): self = .integer(number)
        case .double(let number): self = .double(number)
        case .text(let text): self = .text(text)
        case .timestamp(let time): self = .timestamp(time)
        case .date(let day): self = .date(day)
        }
    }
}
