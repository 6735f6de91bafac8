import CPostgres
import ChargingModel
package import Warehouse

/// One connection to a server that speaks PostgreSQL's protocol, opened when it is first used.
///
/// Every method blocks.
///
/// Invariant: all methods but ``interrupt()`` are called on the engine's thread, one at a time.
@safe
package final class PostgresConnection: @unchecked Sendable {
    /// Where it leads.
    package let address: PostgresAddress
    let library: PostgresLibrary
    let options: PostgresOptions
    let failure: PostgresFailure
    private let preparation: [String]
    private let cancelSlot = CancelSlot()
    private var connection: cpostgres_connection?
    private var isClosed = false

    /// Describes a connection.
    ///
    /// - Parameters:
    ///   - address: of the server.
    ///   - library: libpq.
    ///   - options: password and times.
    ///   - preparation: statements that make a new connection ready, in order.
    ///   - name: what errors call the server; `nil` for the address.
    ///   - settings: the table of the configuration that errors name.
    package init(
        address: PostgresAddress,
        library: PostgresLibrary,
        options: PostgresOptions,
        preparation: [String],
        name: String? = nil,
        settings: String = "postgres"
    ) {
        self.address = address
        self.library = library
        self.options = options
        self.preparation = preparation
        failure = PostgresFailure(
            subject: name ?? address.description,
            clientAddress: address.description,
            settings: settings
        )
    }

    deinit {
        drop()
    }

    /// Whether a connection stands, as far as this side knows.
    package var isOpen: Bool {
        guard let connection = unsafe connection else { return false }
        // CONNECTION_OK
        return unsafe library.api.pointee.status(connection) == 0
    }

    /// Whether the server is in a transaction, also in a failed one.
    var isInTransaction: Bool {
        guard isOpen, let connection = unsafe connection else { return false }
        // PQTRANS_IDLE is 0, PQTRANS_ACTIVE 1, PQTRANS_INTRANS 2, PQTRANS_INERROR 3, PQTRANS_UNKNOWN 4.
        return unsafe library.api.pointee.transaction_status(connection) != 0
    }

    /// Connects where there is no connection.
    ///
    /// - Returns: Whether the connection is a new one.
    /// - Throws: ``WarehouseError`` with `denied` or `unreachable`.
    @discardableResult
    package func open() throws(WarehouseError) -> Bool {
        guard !isClosed else {
            throw WarehouseError(
                .openFailed,
                subject: address.description,
                detail: "the connection is closed (expected open)"
            )
        }
        if isOpen { return false }
        drop()
        let api = unsafe library.api
        let timeout = address.hasTimeout ? nil : "\(options.connectTimeoutSeconds)"
        unsafe connection = cpostgres_connect(
            api,
            address.text.exposed,
            options.password?.exposed,
            options.applicationName,
            timeout
        )
        guard isOpen, let connection = unsafe connection else {
            let message = serverMessage
            drop()
            throw failure.connect(message)
        }
        cancelSlot.set(unsafe CancelHandle(connection, api.pointee))
        for statement in preparation { try execute(statement) }
        return true
    }

    /// Ends the connection; it cannot be opened again.
    package func close() {
        isClosed = true
        drop()
    }

    /// Asks the server to stop the statement that runs; from any thread.
    package func interrupt() {
        cancelSlot.cancel()
    }

    /// Runs one or several statements without parameters and drops their results.
    package func execute(_ sql: String) throws(WarehouseError) {
        if let refusal = try refusal(of: sql) { throw failure.statement(sql, refusal) }
    }

    /// Runs statements; a refusal is a value.
    func refusal(of sql: String) throws(WarehouseError) -> ServerRefusal? {
        let connection = unsafe try handle()
        let result = unsafe ServerResult(library.api.pointee.exec(connection, sql), library.api.pointee)
        return result.refusal(otherwise: serverMessage)
    }

    /// Runs one statement with parameters.
    ///
    /// - Parameters:
    ///   - sql: one statement; without parameters its `?` stay.
    ///   - parameters: for its `?`, in order.
    ///   - maximumRows: the rest of the rows is not returned.
    /// - Returns: The names of the columns, and the rows.
    /// - Throws: ``WarehouseError`` with the server's own message.
    package func query(
        _ sql: String,
        _ parameters: [SQLValue] = [],
        maximumRows: Int = .max
    ) throws(WarehouseError) -> ResultTable {
        var text = sql
        if !parameters.isEmpty {
            let numbered = numberingParameters(sql)
            guard numbered.count == parameters.count else {
                let message = "\(parameters.count) parameters given (expected \(numbered.count))"
                throw WarehouseError(.statementFailed, subject: WarehouseError.shortened(sql), detail: message)
            }
            text = numbered.text
        }
        let result = try run(text, parameters)
        if let refusal = result.refusal(otherwise: serverMessage) { throw failure.statement(sql, refusal) }
        return result.table(maximumRows: maximumRows)
    }

    private func run(_ sql: String, _ parameters: [SQLValue]) throws(WarehouseError) -> ServerResult {
        let connection = unsafe try handle()
        let types = parameters.map(\.serverType)
        // All texts behind each other, each with its ending zero.
        var bytes: [CChar] = []
        let starts = parameters.map { value -> Int? in
            guard let text = value.serverText else { return nil }
            defer { bytes += text.utf8CString }
            return bytes.count
        }
        let api = unsafe library.api.pointee
        let result = unsafe bytes.withUnsafeBufferPointer { buffer in
            let base = buffer.baseAddress
            let values = unsafe starts.map { start in unsafe start.flatMap { unsafe base?.advanced(by: $0) } }
            return unsafe api.exec_params(connection, sql, Int32(parameters.count), types, values, nil, nil, 0)
        }
        return unsafe ServerResult(result, api)
    }

    /// What libpq says of the connection; never with the password.
    var serverMessage: String {
        guard let connection = unsafe connection else { return "no connection" }
        let text = unsafe library.api.pointee.error_message(connection).map { unsafe String(cString: $0) } ?? ""
        return text.isEmpty ? "the server gave no reason" : text
    }

    func handle() throws(WarehouseError) -> cpostgres_connection {
        guard let connection = unsafe connection else { throw failure.lost("no connection") }
        return unsafe connection
    }

    private func drop() {
        cancelSlot.set(nil)
        guard let open = unsafe connection else { return }
        unsafe library.api.pointee.finish(open)
        unsafe connection = nil
    }

    /// Cuts a connection whose state is not known; the next use opens another.
    func abandon() {
        drop()
    }
}

/// A name as a quoted SQL identifier.
func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
}
