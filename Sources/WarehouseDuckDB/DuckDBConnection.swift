import CDuckDB
import ChargingModel
import Warehouse

/// One open database and its one connection.
///
/// Every method blocks.
///
/// Invariant: all methods but ``interrupt()`` are called on the engine's thread, one at a time; DuckDB allows
/// `interrupt` from any thread while the connection is open, and the engine's ticket sees to that.
@safe
final class DuckDBConnection: @unchecked Sendable {
    let library: DuckDBLibrary
    let path: String
    private var database: cduckdb_database?
    private var connection: cduckdb_connection?

    /// Opens a database file, or one in memory for `:memory:`.
    init(path: String, library: DuckDBLibrary, options: DuckDBOptions) throws(WarehouseError) {
        self.library = library
        self.path = path
        let api = unsafe library.api.pointee
        var config: cduckdb_config?
        guard unsafe api.create_config(&config) == 0, let opened = unsafe config else {
            throw WarehouseError(.openFailed, subject: path, detail: "DuckDB gave no configuration")
        }
        defer { unsafe api.destroy_config(&config) }
        for (name, value) in options.settings where unsafe api.set_config(opened, name, value) != 0 {
            throw WarehouseError(
                .openFailed,
                subject: path,
                detail: "DuckDB refuses the setting \(name) = \"\(value)\""
            )
        }
        var message: UnsafeMutablePointer<CChar>?
        guard unsafe api.open_ext(path, &database, opened, &message) == 0, let database = unsafe database else {
            let text = unsafe message.map { unsafe String(cString: $0) } ?? "DuckDB gave no reason"
            unsafe message.map { unsafe api.free($0) }
            throw DuckDBFailure.open(path: path, message: text)
        }
        guard unsafe api.connect(database, &connection) == 0 else {
            throw WarehouseError(.openFailed, subject: path, detail: "DuckDB gave no connection")
        }
        try execute("SET TimeZone = 'UTC'")
    }

    deinit {
        release()
    }

    /// Whether the database is open.
    var isOpen: Bool { unsafe connection != nil }

    /// Writes everything into the database file and closes it.
    func close(checkpoint: Bool) throws(WarehouseError) {
        guard isOpen else { return }
        defer { release() }
        if checkpoint { try execute("CHECKPOINT") }
    }

    /// Asks the statement that runs to stop; from any thread.
    func interrupt() {
        if let connection = unsafe connection { unsafe library.api.pointee.interrupt(connection) }
    }

    /// Runs one or several statements without parameters and drops their results.
    func execute(_ sql: String) throws(WarehouseError) {
        let connection = unsafe try handle()
        var result = unsafe cduckdb_result()
        let state = unsafe library.api.pointee.query(connection, sql, &result)
        defer { unsafe library.api.pointee.destroy_result(&result) }
        if state != 0 { throw unsafe failure(of: &result, sql) }
    }

    /// Runs one statement with parameters.
    ///
    /// Columns of types that ``SQLValue`` does not have (lists, intervals …) come back as text: the query is then run
    /// again with casts around it.
    ///
    /// - Parameters:
    ///   - sql: one statement.
    ///   - parameters: for its `?`, in order.
    ///   - maximumRows: the rest of the rows is not read.
    /// - Returns: The names of the columns, and the rows.
    /// - Throws: ``WarehouseError`` with DuckDB's own message.
    func query(
        _ sql: String,
        _ parameters: [SQLValue] = [],
        maximumRows: Int = .max
    ) throws(WarehouseError) -> ResultTable {
        switch try run(sql, parameters, maximumRows: maximumRows) {
        case .table(let table):
            return table
        case .unreadable(let columns, let positions):
            let wrapped = castingToText(sql, columns: columns, positions: positions)
            guard case .table(let table) = try run(wrapped, parameters, maximumRows: maximumRows) else {
                throw DuckDBFailure.statement(sql, message: "a column cannot be cast to text")
            }
            return table
        }
    }

    private enum Outcome {
        case table(ResultTable)
        case unreadable(columns: [String], positions: Set<Int>)
    }

    private func run(_ sql: String, _ parameters: [SQLValue], maximumRows: Int) throws(WarehouseError) -> Outcome {
        let connection = unsafe try handle()
        let api = unsafe library.api.pointee
        var statement: cduckdb_statement?
        let state = unsafe api.prepare(connection, sql, &statement)
        defer { unsafe api.destroy_prepare(&statement) }
        guard state == 0, let prepared = unsafe statement else {
            let reason = unsafe statement.flatMap { unsafe api.prepare_error($0) }.map { unsafe String(cString: $0) }
            throw DuckDBFailure.statement(sql, message: reason ?? "DuckDB gave no reason")
        }
        unsafe try bind(parameters, to: prepared, of: sql)
        var result = unsafe cduckdb_result()
        defer { unsafe api.destroy_result(&result) }
        if unsafe api.execute_prepared(prepared, &result) != 0 { throw unsafe failure(of: &result, sql) }
        let reader = unsafe ResultReader(api: api, result: &result)
        let unreadable = unsafe reader.unreadablePositions
        return unreadable.isEmpty
            ? unsafe .table(reader.table(maximumRows: maximumRows))
            : unsafe .unreadable(columns: reader.names, positions: unreadable)
    }

    private func bind(
        _ parameters: [SQLValue],
        to statement: cduckdb_statement,
        of sql: String
    ) throws(WarehouseError) {
        let api = unsafe library.api.pointee
        let expected = unsafe api.nparams(statement)
        guard expected == UInt64(parameters.count) else {
            throw DuckDBFailure.statement(sql, message: "\(parameters.count) parameters given (expected \(expected))")
        }
        for (position, value) in parameters.enumerated() {
            let index = UInt64(position) + 1
            let state =
                switch value {
                case .null: unsafe api.bind_null(statement, index)
                case .boolean(let value): unsafe api.bind_boolean(statement, index, value)
                case .integer(let value): unsafe api.bind_int64(statement, index, value)
                case .double(let value): unsafe api.bind_double(statement, index, value)
                case .text(let text):
                    unsafe api.bind_varchar_length(statement, index, text, UInt64(text.utf8.count))
                case .timestamp(let time):
                    unsafe api.bind_timestamp(statement, index, cduckdb_timestamp(micros: time.microseconds))
                case .date(let day): unsafe api.bind_date(statement, index, cduckdb_date(days: day.number))
                }
            if state != 0 {
                throw DuckDBFailure.statement(sql, message: "parameter \(index) cannot be bound: \(value)")
            }
        }
    }

    private func handle() throws(WarehouseError) -> cduckdb_connection {
        guard let connection = unsafe connection else {
            throw WarehouseError(.openFailed, subject: path, detail: "the database is closed (expected open)")
        }
        return unsafe connection
    }

    private func failure(of result: inout cduckdb_result, _ sql: String) -> WarehouseError {
        let message = unsafe library.api.pointee.result_error(&result).map { unsafe String(cString: $0) }
        return DuckDBFailure.statement(sql, message: message ?? "DuckDB gave no reason")
    }

    private func release() {
        let api = unsafe library.api.pointee
        unsafe api.disconnect(&connection)
        unsafe api.close(&database)
    }
}

/// The query with a cast to text around the columns at `positions`.
private func castingToText(_ sql: String, columns: [String], positions: Set<Int>) -> String {
    let aliases = columns.indices.map { "c\($0)" }
    let selected = columns.indices.map { position in
        let value = positions.contains(position) ? "CAST(c\(position) AS VARCHAR)" : "c\(position)"
        return "\(value) AS \(quoted(columns[position]))"
    }
    let trimmed = sql.trimmingSuffix { $0 == ";" || $0.isWhitespace }
    return "SELECT \(selected.joined(separator: ", ")) FROM (\(trimmed)) AS t(\(aliases.joined(separator: ", ")))"
}

/// A name as a quoted SQL identifier.
func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
}

extension String {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}
