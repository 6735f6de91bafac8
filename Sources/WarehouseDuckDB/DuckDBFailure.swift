import ChargingModel
package import Warehouse

/// Makes errors of DuckDB's messages.
package enum DuckDBFailure {
    /// A database that does not open: held by another process, or anything else.
    package static func open(path: String, message: String) -> WarehouseError {
        guard message.contains("Conflicting lock") else {
            return WarehouseError(.openFailed, subject: path, detail: oneLine(message))
        }
        // "Conflicting lock is held in /usr/bin/x (PID 4711). See also …"
        guard let holder = message.firstMatch(of: /held in (.+) \(PID (\d+)\)/) else {
            return locked(path: path, by: "another process")
        }
        return locked(path: path, by: "process \(holder.output.2) (\(holder.output.1))")
    }

    /// A database that another process, or another engine of this one, holds.
    static func locked(path: String, by holder: String) -> WarehouseError {
        WarehouseError(
            .locked,
            subject: path,
            detail: "\(holder) holds the database (expected free: DuckDB lets one process write or read at a time)",
            kept: "nothing was changed",
            remedy: "wait for it to end, or read a published snapshot"
        )
    }

    /// A statement that DuckDB refuses.
    static func statement(_ sql: String, message: String) -> WarehouseError {
        WarehouseError(.statementFailed, subject: shortened(sql), detail: oneLine(message), kept: "nothing was changed")
    }

    /// A flat file that DuckDB refuses.
    static func load(_ table: String, from file: String, message: String) -> WarehouseError {
        WarehouseError(
            .loadFailed,
            subject: "\(table) from \(file)",
            detail: oneLine(message),
            kept: "nothing was changed"
        )
    }

    /// A check that found rows.
    static func check(name: String, found: ResultTable, isCut: Bool) -> WarehouseError {
        let rows = found.rows.map { row in
            "(" + zip(found.columns, row).map { "\($0) \($1.shownText)" }.joined(separator: ", ") + ")"
        }
        return WarehouseError(
            .checkFailed,
            subject: "check \(name)",
            detail:
                "\(isCut ? "more than " : "")\(rows.count) rows found (expected none): \(rows.joined(separator: ", "))",
            kept: "the transaction was rolled back"
        )
    }

    /// The first kilobyte of a message, on one line.
    private static func oneLine(_ message: String) -> String {
        String(message.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(1_000))
    }

    private static func shortened(_ sql: String) -> String {
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
