public import ChargingModel
public import Warehouse

/// A table that is ready to be printed: typed values, and columns that say how people and machines read them.
///
/// Query results, status pages and reports all become an `AnswerTable`; one set of writers prints it.
public struct AnswerTable: Sendable, Hashable {
    /// What stands in the rows.
    public var columns: [AnswerColumn]
    /// Rows with one value a column.
    public var rows: [[AnswerValue]]
    /// A row for the whole, with one value a column; `nil` where there is none.
    ///
    /// Flat forms (CSV, NDJSON) leave it out, so that summing their rows counts nothing twice.
    public var total: [AnswerValue]?

    /// Creates a table.
    public init(columns: [AnswerColumn], rows: [[AnswerValue]], total: [AnswerValue]? = nil) {
        self.columns = columns
        self.rows = rows
        self.total = total
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
    /// How numbers are printed for readers.
    public var style: AnswerStyle
    /// Which forms print it.
    public var audience: AnswerAudience

    /// Creates a column; without a heading the name is the heading.
    public init(
        _ name: String,
        heading: String? = nil,
        style: AnswerStyle = .plain,
        audience: AnswerAudience = .everybody
    ) {
        self.name = name
        self.heading = heading ?? name
        self.style = style
        self.audience = audience
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

/// Whom a column is for.
public enum AnswerAudience: Sendable, Hashable {
    /// Every form.
    case everybody
    /// The forms made for reading: table and Markdown.
    case readers
    /// The forms made for machines: CSV, JSON and NDJSON.
    case machines
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
