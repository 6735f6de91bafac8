public import Analytics
import ChargingModel

/// Writes any table in any form: query answers, status pages and reports use the same writer.
///
/// Reading forms (table, Markdown) follow the style of a column and show a missing value as `–`; machine forms (CSV,
/// JSON, NDJSON) carry the value itself, with missing values as an empty field or null.
public struct TableRenderer: Sendable, Hashable {
    /// The form.
    public var format: TableFormat
    /// The columns of the terminal; `nil` means that nothing is cut.
    public var width: Int?
    /// The `schema` member of a JSON document: `chargehouse.query/1`.
    public var schema: String

    /// Creates a renderer.
    public init(_ format: TableFormat, width: Int? = nil, schema: String = "chargehouse.query/1") {
        self.format = format
        self.width = width
        self.schema = schema
    }

    /// Writes a table.
    ///
    /// - Returns: Text that ends with a line break. CSV is verbatim: a cell that begins with `=` is not disarmed for
    ///   spreadsheets, since programs read it too.
    public func render(_ table: AnswerTable) -> String {
        switch format {
        case .table: TextTable(table.visible(to: .readers), width: width).text
        case .csv: CSVText.document(table.visible(to: .machines))
        case .json: table.jsonDocument(schema: schema).indentedText() + "\n"
        case .ndjson: table.jsonRows.map { $0.compactText + "\n" }.joined()
        case .markdown: MarkdownText.document(table.visible(to: .readers))
        }
    }
}

extension AnswerTable {
    /// The table with the columns of one audience only.
    func visible(to audience: AnswerAudience) -> AnswerTable {
        let kept = columns.indices.filter { columns[$0].audience == .everybody || columns[$0].audience == audience }
        let pick = { (row: [AnswerValue]) in kept.map { $0 < row.count ? row[$0] : AnswerValue.null } }
        return AnswerTable(columns: kept.map { columns[$0] }, rows: rows.map(pick), total: total.map(pick))
    }

    func jsonDocument(schema: String) -> JSONNode {
        var members = [JSONNode.Member("schema", .text(schema)), JSONNode.Member("rows", .array(jsonRows))]
        if let jsonTotal { members.append(JSONNode.Member("total", jsonTotal)) }
        return .object(members)
    }

    /// The rows as objects; a column name that comes again gets a number: `n`, `n_2`.
    var jsonRows: [JSONNode] {
        let table = visible(to: .machines)
        let names = table.uniqueNames
        return table.rows.map { Self.object(names, $0) }
    }

    /// The row for the whole as an object.
    var jsonTotal: JSONNode? {
        let table = visible(to: .machines)
        return table.total.map { Self.object(table.uniqueNames, $0) }
    }

    private static func object(_ names: [String], _ row: [AnswerValue]) -> JSONNode {
        .object(zip(names, row).map { JSONNode.Member($0, $1.json) })
    }

    private var uniqueNames: [String] {
        var taken: Set<String> = []
        return columns.map { column in
            var name = column.name
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(column.name)_\(number)"
                number += 1
            }
            return name
        }
    }
}

extension AnswerValue {
    /// The value itself.
    var json: JSONNode {
        switch self {
        case .null: .null
        case .boolean(let flag): .boolean(flag)
        case .integer(let number): .integer(number)
        case .double(let number): .double(number)
        case .text(let text): .text(text)
        case .timestamp(let time): .text(time.description)
        case .date(let day): .text(day.description)
        }
    }

    /// The value as readers see it.
    func readingText(_ style: AnswerStyle) -> String {
        switch self {
        case .null: DisplayText.nothing
        case .boolean(let flag): flag ? "yes" : "no"
        case .integer(let number): Self.number(Double(number), style) ?? String(number)
        case .double(let number):
            Self.number(number, style) ?? NumberText.exact(number) ?? DisplayText.nothing
        case .text(let text): DisplayText.line(text)
        case .timestamp(let time): time.description
        case .date(let day): day.description
        }
    }

    var isNumber: Bool {
        switch self {
        case .integer, .double: true
        case .null, .boolean, .text, .timestamp, .date: false
        }
    }

    private static func number(_ number: Double, _ style: AnswerStyle) -> String? {
        switch style {
        case .plain: nil
        case .fixed(let decimals): NumberText.fixed(number, decimals: decimals)
        case .percent(let decimals): NumberText.percent(number, decimals: decimals)
        }
    }
}
