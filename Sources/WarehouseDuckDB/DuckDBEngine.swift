import ChargingModel
public import Warehouse

/// The warehouse in one DuckDB file, inside this process.
///
/// One connection; statements run one after another, on a thread of the engine's own. What was committed survives a
/// kill at any moment: DuckDB's write-ahead log replays on the next open. While an engine is open, no other process
/// can open the file, not even to read it.
///
/// A cancelled task interrupts its statement; a transaction is rolled back then.
public final class DuckDBEngine: WarehouseEngine {
    /// DuckDB's.
    public let dialect = SQLDialect.duckDB
    /// The database file, or `:memory:`.
    public let path: String

    private let thread: BlockingThread
    private let connection: DuckDBConnection
    private let heldFile: HeldFile
    private let options: DuckDBOptions

    /// Opens a database and creates it where it does not exist.
    ///
    /// - Parameters:
    ///   - path: of the file, in a folder that exists; `:memory:` for a database that vanishes on ``close()``.
    ///   - library: DuckDB's client library.
    ///   - options: threads, memory, read-only.
    /// - Returns: The open engine.
    /// - Throws: ``WarehouseError`` with `locked` (exit code 75) where another process or engine holds the file,
    ///   `openFailed` where it cannot be opened.
    public static func open(
        path: String,
        library: DuckDBLibrary,
        options: DuckDBOptions = DuckDBOptions()
    ) async throws -> DuckDBEngine {
        let heldFile = try HeldFile(path)
        let thread = BlockingThread(name: "duckdb")
        let connection = try await thread.run {
            try DuckDBConnection(path: path, library: library, options: options)
        }
        return DuckDBEngine(path, thread, connection, heldFile, options)
    }

    private init(
        _ path: String,
        _ thread: BlockingThread,
        _ connection: DuckDBConnection,
        _ heldFile: HeldFile,
        _ options: DuckDBOptions
    ) {
        self.path = path
        self.thread = thread
        self.connection = connection
        self.heldFile = heldFile
        self.options = options
    }

    /// Runs steps in one transaction: all or nothing.
    ///
    /// - Throws: ``WarehouseError``, or `CancellationError`; the transaction is rolled back.
    public func transact(_ steps: [TransactionStep]) async throws {
        try await perform { connection, ticket in
            try connection.execute("BEGIN TRANSACTION")
            do {
                for step in steps {
                    try ticket.check()
                    try connection.perform(step)
                }
                // From here on nothing interrupts: a commit is whole or not at all.
                try ticket.finish()
                try connection.execute("COMMIT")
            } catch {
                let isCancelled = ticket.stop()
                connection.rollBack()
                throw isCancelled ? CancellationError() : error
            }
        }
    }

    /// Runs one query and returns all its rows.
    ///
    /// Whole numbers and decimals without a fraction come as integers where 64 bits hold them, else as doubles; types
    /// that ``SQLValue`` does not have come as DuckDB's text.
    ///
    /// - Parameters:
    ///   - sql: one statement, with `?` where a parameter stands.
    ///   - parameters: bound in order.
    /// - Returns: The names of the columns, and all rows.
    /// - Throws: ``WarehouseError`` with DuckDB's own message, or `CancellationError`.
    public func query(_ sql: String, _ parameters: [SQLValue] = []) async throws -> ResultTable {
        try await perform { connection, _ in
            try connection.query(sql, parameters)
        }
    }

    /// Writes everything into the file and closes it; nothing happens where it is closed.
    ///
    /// - Throws: ``WarehouseError`` where the write-ahead log could not be merged into the file. Nothing is lost then:
    ///   it is replayed on the next open.
    public func close() async throws {
        let isWritten = path != ":memory:" && !options.isReadOnly
        defer { heldFile.release() }
        try await thread.run { [connection] in
            try connection.close(checkpoint: isWritten)
        }
    }

    /// Runs a body on the engine's thread and lets the task's cancellation interrupt it.
    private func perform<Value: Sendable>(
        _ body: @escaping @Sendable (DuckDBConnection, CancellationTicket) throws -> Value
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
            ticket.cancel(every: 0.01) { [connection] in connection.interrupt() }
        }
    }
}
