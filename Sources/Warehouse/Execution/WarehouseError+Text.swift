import ChargingModel

/// Texts of errors that all engines share.
extension WarehouseError {
    /// The rows of a failed check that its error shows.
    package static let shownRows = 5

    /// A check that found rows: one more than ``shownRows`` says that there are others.
    package static func check(name: String, found: ResultTable) -> WarehouseError {
        let rows = found.rows.prefix(shownRows).map { row in
            "(" + zip(found.columns, row).map { "\($0) \($1.shownText)" }.joined(separator: ", ") + ")"
        }
        let count = found.rows.count > shownRows ? "more than \(shownRows)" : "\(rows.count)"
        return WarehouseError(
            .checkFailed,
            subject: "check \(name)",
            detail: "\(count) rows found (expected none): \(rows.joined(separator: ", "))",
            kept: "the transaction was rolled back"
        )
    }

    /// The first kilobyte of a message, on one line.
    package static func oneLine(_ message: String) -> String {
        String(message.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(1_000))
    }

    /// The start of a statement, on one line.
    package static func shortened(_ sql: String) -> String {
        let line = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= 160 ? line : line.prefix(160) + " …"
    }
}

extension SQLValue {
    /// For a person.
    fileprivate var shownText: String {
        switch self {
        case .null: "NULL"
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .double(let value): "\(value)"
        case .text(let text): "\"\(text.prefix(100))\""
        case .timestamp(let time): time.description
        case .date(let day): day.description
        }
    }
}
