public import ChargingModel

/// The words in which the SQL dialects differ, and the literals in which they agree.
extension SQLDialect {
    /// Whole seconds from `start` to `end`, both SQL expressions of type timestamp.
    ///
    /// The engines count differently below the second: give it whole seconds, as all of the schema's times are.
    public func secondsBetween(_ start: String, _ end: String) -> String {
        switch self {
        case .duckDB: "DATE_DIFF('second', \(start), \(end))"
        case .postgreSQL: "CAST(EXTRACT(EPOCH FROM (\(end) - \(start))) AS BIGINT)"
        case .redshift: "DATEDIFF(second, \(start), \(end))"
        }
    }

    /// A timestamp moved by a number of hours, both SQL expressions.
    public func addingHours(_ hours: String, to time: String) -> String {
        switch self {
        case .duckDB, .postgreSQL: "\(time) + \(hours) * INTERVAL '1 hour'"
        case .redshift: "DATEADD(hour, \(hours), \(time))"
        }
    }

    /// A text literal: `'it''s'`.
    ///
    /// A zero byte, which no engine stores, is left out. Redshift takes a backslash in a literal for an escape, or not,
    /// by its settings: there it is written as a function.
    public func literal(_ text: String) -> String {
        let quoted = "'" + text.replacing("\0", with: "").replacing("'", with: "''") + "'"
        guard self == .redshift, quoted.contains("\\") else { return quoted }
        return "(" + quoted.replacing("\\", with: "' || CHR(92) || '") + ")"
    }

    /// The text that a column of a type can hold.
    ///
    /// Redshift refuses a text with too many bytes, and one such text would stop the load of all others; there it is
    /// cut between characters. The other engines hold every text.
    func fitted(_ text: String, to type: ColumnType) -> String {
        guard self == .redshift, case .text = type else { return text }
        return "CAST(\(text) AS \(typeName(type)))"
    }

    /// JSON as a text that can be compared; Redshift compares `SUPER` values by rules of their own.
    func comparable(_ column: String, of type: ColumnType?) -> String {
        self == .redshift && type == .json ? "JSON_SERIALIZE(\(column))" : column
    }

    /// Whether flat files are loaded from a bucket, where they lie in one.
    var readsBuckets: Bool { self == .redshift }

    /// Whether the planner trusts declared keys that nothing enforces, so that the load must check each of them.
    var trustsKeys: Bool { self == .redshift }

    /// Whether rows that are inserted in order are stored and found in order, without an index.
    var keepsInsertionOrder: Bool { self == .duckDB }

    /// `TIMESTAMP '2026-03-01 10:20:00'`, in UTC.
    public func literal(_ time: UTCTime) -> String {
        "TIMESTAMP '\(time.sqlText)'"
    }

    /// `DATE '2026-03-01'`.
    public func literal(_ day: UTCDay) -> String {
        "DATE '\(day)'"
    }

    /// `TRUE` or `FALSE`.
    public func literal(_ value: Bool) -> String {
        value ? "TRUE" : "FALSE"
    }

    /// A whole number; the least one with its type said, since its digits alone are too large before the sign is read.
    public func literal(_ value: Int64) -> String {
        value == .min ? "CAST('\(value)' AS BIGINT)" : "\(value)"
    }

    /// The literal of a value; a double is written so that it reads back as the same number.
    public func literal(_ value: SQLValue) -> String {
        switch value {
        case .null: "NULL"
        case .boolean(let value): literal(value)
        case .integer(let value): literal(value)
        case .double(let value): "CAST('\(value)' AS DOUBLE PRECISION)"
        case .text(let text): literal(text)
        case .timestamp(let time): literal(time)
        case .date(let day): literal(day)
        }
    }

    /// The text in small letters, also those beyond ASCII.
    ///
    /// On PostgreSQL texts are stored with the collation `C`, which knows only ASCII's capitals.
    public func lowercased(_ text: String) -> String {
        self == .postgreSQL ? "LOWER(\(text) COLLATE \"und-x-icu\")" : "LOWER(\(text))"
    }

    /// How this dialect writes the type of a column of a table.
    ///
    /// On PostgreSQL texts are compared byte by byte, as on the other engines, whatever the database's language is.
    func typeName(of column: ColumnDefinition) -> String {
        guard self == .postgreSQL else { return typeName(column.type) }
        if case .text = column.type { return "TEXT COLLATE \"C\"" }
        // What local clocks show is no point in time.
        return column.name == "local_ts" ? "TIMESTAMP" : typeName(column.type)
    }

    /// How this dialect writes a column type.
    public func typeName(_ type: ColumnType) -> String {
        switch type {
        case .bigint: "BIGINT"
        case .integer: "INTEGER"
        case .smallint: "SMALLINT"
        case .double: self == .duckDB ? "DOUBLE" : "DOUBLE PRECISION"
        case .boolean: "BOOLEAN"
        case .date: "DATE"
        case .timestamp: self == .postgreSQL ? "TIMESTAMPTZ" : "TIMESTAMP"
        case .json: jsonType
        case .text(let width): textType(width)
        case .coordinate: "DECIMAL(9,6)"
        }
    }

    /// On DuckDB JSON is text: our own code writes it canonically, checking it again would cost time, and the file can
    /// be opened by a build without the json extension.
    private var jsonType: String {
        switch self {
        case .duckDB: "VARCHAR"
        case .postgreSQL: "JSONB"
        case .redshift: "SUPER"
        }
    }

    /// Redshift counts bytes: twice the characters for anything longer than a code, 65,535 at most.
    private func textType(_ width: Int) -> String {
        switch self {
        case .duckDB: "VARCHAR"
        case .postgreSQL: "TEXT"
        case .redshift: "VARCHAR(\(width > 16 ? min(width * 2, 65_535) : width))"
        }
    }
}
