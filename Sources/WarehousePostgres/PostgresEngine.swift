import ChargingModel
public import Warehouse

/// The warehouse in a schema of a PostgreSQL server, from version 13 on.
///
/// One connection; statements run one after another, on a thread of the engine's own. A writer holds an advisory lock
/// from its opening to its closing, so that there is one at a time. A connection that was lost outside a transaction is
/// opened once more. A cancelled task cancels its statement; a transaction is rolled back then.
public final class PostgresEngine: WarehouseEngine {
    /// PostgreSQL's.
    public let dialect = SQLDialect.postgreSQL
    /// The server.
    public let address: PostgresAddress

    /// The oldest version of the server that takes all statements.
    private static let oldestServer = 130_000
    /// Seconds between two cancel requests: each is a connection.
    private static let cancelInterval = 0.2

    private let thread: BlockingThread
    private let connection: PostgresConnection
    private let options: PostgresOptions

    /// Connects to a server.
    ///
    /// - Parameters:
    ///   - address: of the server.
    ///   - library: libpq.
    ///   - options: password, times, read-only.
    /// - Returns: The open engine; a writer holds the lock.
    /// - Throws: ``WarehouseError``: `unreachable` (exit code 69), `denied` (77), `locked` (75) with who holds the
    ///   lock, `openFailed` for a server that is too old or does not store UTF-8.
    public static func open(
        address: PostgresAddress,
        library: PostgresLibrary,
        options: PostgresOptions = PostgresOptions()
    ) async throws -> PostgresEngine {
        let engine = PostgresEngine(address, library, options)
        try await engine.perform { connection, _ in try engine.prepare(connection) }
        return engine
    }

    private init(_ address: PostgresAddress, _ library: PostgresLibrary, _ options: PostgresOptions) {
        self.address = address
        self.options = options
        thread = BlockingThread(name: "postgresql")
        connection = PostgresConnection(
            address: address,
            library: library,
            options: options,
            preparation: Self.settings(options)
        )
    }

    /// What makes a session's answers the same whatever server, database and user say.
    private static func settings(_ options: PostgresOptions) -> [String] {
        let settings = [
            "SET TimeZone = 'UTC'", "SET DateStyle = 'ISO, YMD'", "SET IntervalStyle = 'postgres'",
            "SET extra_float_digits = 1", "SET standard_conforming_strings = on", "SET bytea_output = 'hex'",
            "SET statement_timeout = '\(max(0, options.statementTimeoutSeconds))s'",
        ]
        // A load is many short statements over some thousand rows: compiling them takes longer than running them.
        return settings
            + (options.isReadOnly ? [] : ["SET jit = off", "SET work_mem = '64MB'", "SET temp_buffers = '64MB'"])
    }

    /// Opens the connection; a writer takes the lock again on each new one.
    private func prepare(_ connection: PostgresConnection) throws(WarehouseError) {
        guard try connection.open() else { return }
        try checkServer(connection)
        if !options.isReadOnly { try WriterLock(connection: connection).take() }
    }

    private func checkServer(_ connection: PostgresConnection) throws(WarehouseError) {
        let sql = """
            SELECT CAST(current_setting('server_version_num') AS BIGINT), current_setting('server_version'),
                current_setting('server_encoding')
            """
        let row = try connection.query(sql).rows.first ?? []
        guard row.count == 3, case .integer(let number) = row[0], case .text(let version) = row[1],
            case .text(let encoding) = row[2]
        else { return }
        guard number >= Self.oldestServer else {
            throw WarehouseError(
                .openFailed,
                subject: address.description,
                detail: "PostgreSQL \(version) (expected 13 or later)"
            )
        }
        guard encoding == "UTF8" else {
            throw WarehouseError(
                .openFailed,
                subject: address.description,
                detail: "the database's encoding is \(encoding) (expected UTF8)",
                remedy: "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
            )
        }
    }

    /// Runs steps in one transaction: all or nothing.
    ///
    /// - Throws: ``WarehouseError``, or `CancellationError`; the transaction is rolled back.
    public func transact(_ steps: [TransactionStep]) async throws {
        guard !steps.isEmpty else { return }
        let isReadOnly = options.isReadOnly
        try await perform { [self] connection, ticket in
            if isReadOnly { connection.rollBack() }
            try begin(connection, readOnly: isReadOnly)
            do {
                try connection.execute(StagedPlans.begin)
                for step in steps {
                    try ticket.check()
                    try connection.perform(step)
                }
                // From here on nothing interrupts: a commit is whole or not at all.
                try ticket.finish()
                try connection.commit()
            } catch {
                let isCancelled = ticket.stop()
                connection.rollBack()
                throw isCancelled ? CancellationError() : error
            }
        }
    }

    private func begin(_ connection: PostgresConnection, readOnly: Bool) throws(WarehouseError) {
        let kind = readOnly ? "READ ONLY" : "READ WRITE"
        let sql = "BEGIN ISOLATION LEVEL \(readOnly ? "REPEATABLE READ" : "READ COMMITTED") \(kind)"
        try prepare(connection)
        guard let refusal = try connection.refusal(of: sql) else { return }
        guard refusal.isLost else { throw connection.failure.statement(sql, refusal) }
        // Lost since the last use: nothing has happened yet, so another connection is as good.
        connection.abandon()
        try prepare(connection)
        try connection.execute(sql)
    }

    /// Runs one query and returns all its rows.
    ///
    /// Whole numbers and decimals without places come as integers where 64 bits hold them, else as doubles; `jsonb`
    /// comes with sorted keys; types that ``SQLValue`` does not have come as PostgreSQL's text.
    ///
    /// - Parameters:
    ///   - sql: one statement, with `?` where a parameter stands.
    ///   - parameters: bound in order.
    /// - Returns: The names of the columns, and all rows.
    /// - Throws: ``WarehouseError`` with PostgreSQL's own message, or `CancellationError`.
    public func query(_ sql: String, _ parameters: [SQLValue] = []) async throws -> ResultTable {
        let isReadOnly = options.isReadOnly
        return try await perform { [self] connection, _ in
            // All queries of a reader see one state, so that the figures of a report belong together.
            if isReadOnly, !connection.isInTransaction { try begin(connection, readOnly: true) }
            try prepare(connection)
            do {
                return try connection.query(sql, parameters)
            } catch let error as WarehouseError {
                if isReadOnly || connection.isOpen {
                    connection.rollBack()
                    throw error
                }
                connection.abandon()
                try prepare(connection)
                return try connection.query(sql, parameters)
            }
        }
    }

    /// Ends the connection; nothing happens where it has ended.
    public func close() async throws {
        try await thread.run { [connection] in connection.close() }
    }

    /// Runs a body on the engine's thread and lets the task's cancellation cancel its statement.
    private func perform<Value: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection, CancellationTicket) throws -> Value
    ) async throws -> Value {
        let ticket = CancellationTicket()
        return try await withTaskCancellationHandler {
            try await thread.run { [connection] in
                try ticket.begin()
                do {
                    let value = try body(connection, ticket)
                    ticket.stop()
                    return value
                } catch {
                    throw ticket.stop() ? CancellationError() : error
                }
            }
        } onCancel: {
            ticket.cancel(every: Self.cancelInterval) { [connection] in connection.interrupt() }
        }
    }
}
