internal import ChargingModel
internal import ObjectStore
public import Warehouse
public import WarehousePostgres

/// The warehouse in a schema of an Amazon Redshift cluster or workgroup.
///
/// One connection; statements run one after another, on a thread of the engine's own. Flat files go to the stage first;
/// one transaction then copies them into temporary tables, checks, deletes, inserts and writes the commit marker. It locks
/// `etl_load` first, so that writers wait for each other; one that loses nevertheless (error 1023) is tried again. A
/// cancelled task cancels its statement; the transaction is rolled back then.
public final class RedshiftEngine: WarehouseEngine {
    /// Redshift's.
    public let dialect = SQLDialect.redshift
    /// The cluster.
    public let address: RedshiftAddress

    /// Seconds between two cancel requests: each is a connection.
    private static let cancelInterval = 0.2

    private let thread: BlockingThread
    private let connection: PostgresConnection
    let stage: RedshiftStage
    private let options: RedshiftOptions
    private let clock: RedshiftClock

    /// Connects to a cluster.
    ///
    /// - Parameters:
    ///   - address: of the cluster.
    ///   - library: libpq.
    ///   - stage: where flat files lie for the time of a load.
    ///   - options: password, times, read-only.
    ///   - clock: how to wait between tries.
    /// - Returns: The open engine.
    /// - Throws: ``WarehouseError``: `unreachable` (exit code 69) or `denied` (77).
    public static func open(
        address: RedshiftAddress,
        library: PostgresLibrary,
        stage: RedshiftStage,
        options: RedshiftOptions,
        clock: RedshiftClock
    ) async throws -> RedshiftEngine {
        let engine = RedshiftEngine(address, library, stage, options, clock)
        try await engine.perform { connection, _ in _ = try connection.open() }
        return engine
    }

    private init(
        _ address: RedshiftAddress,
        _ library: PostgresLibrary,
        _ stage: RedshiftStage,
        _ options: RedshiftOptions,
        _ clock: RedshiftClock
    ) {
        self.address = address
        self.stage = stage
        self.options = options
        self.clock = clock
        thread = BlockingThread(name: "redshift")
        connection = PostgresConnection(
            address: address.server,
            library: library,
            options: PostgresOptions(
                password: options.password,
                isReadOnly: options.isReadOnly,
                connectTimeoutSeconds: options.connectTimeoutSeconds
            ),
            preparation: [
                "SET timezone TO 'UTC'", "SET datestyle TO 'ISO, YMD'", "SET extra_float_digits TO 2",
                "SET search_path TO \(address.schema)",
                "SET statement_timeout TO \(max(0, options.statementTimeoutSeconds) * 1_000)",
            ],
            name: address.description,
            settings: "redshift"
        )
    }

    /// Runs steps in one transaction: all or nothing.
    ///
    /// - Throws: ``WarehouseError``, an error of the stage, or `CancellationError`; the transaction is rolled back.
    public func transact(_ steps: [TransactionStep]) async throws {
        guard !steps.isEmpty else { return }
        let loads = steps.compactMap { step -> BulkLoad? in
            guard case .bulkLoad(let load) = step, !load.files.isEmpty else { return nil }
            return load
        }
        guard !loads.isEmpty else { return try await transact(steps, [:]) }
        try await withObjectStore(at: stage.location, settings: stage.settings, environment: stage.environment) {
            store in
            let staged = try await stage.put(
                loads,
                under: clock.token(),
                fileBytes: options.stagedFileBytes,
                into: store,
                on: thread
            )
            let keys = staged.flatMap(\.keys)
            do {
                try await transact(steps, Dictionary(staged.map { ($0.load, $0) }, uniquingKeysWith: { $1 }))
            } catch {
                await stage.remove(keys, from: store)
                throw error
            }
            await stage.remove(keys, from: store)
        }
    }

    /// Tries a transaction until it does not lose against another one.
    private func transact(_ steps: [TransactionStep], _ staged: [BulkLoad: StagedLoad]) async throws {
        let transaction = RedshiftTransaction(
            steps: steps,
            staged: staged,
            stage: stage,
            options: options
        )
        for attempt in 1... {
            do {
                return try await perform { connection, ticket in try transaction.run(on: connection, ticket) }
            } catch  where RedshiftFailure.isSerialization(error) && attempt < options.attempts {
                // Twice as long each time, and never two writers in step.
                try await clock.sleep(.milliseconds(Int(100.0 * Double(1 << min(attempt, 8)) * (0.5 + clock.unit()))))
            }
        }
    }

    /// Runs one query and returns all its rows.
    ///
    /// Whole numbers and decimals without places come as integers where 64 bits hold them, else as doubles; `SUPER` comes
    /// as JSON with sorted keys.
    ///
    /// - Parameters:
    ///   - sql: one statement, with `?` where a parameter stands.
    ///   - parameters: bound in order.
    /// - Returns: The names of the columns, and all rows.
    /// - Throws: ``WarehouseError`` with Redshift's own message, or `CancellationError`.
    public func query(_ sql: String, _ parameters: [SQLValue] = []) async throws -> ResultTable {
        let isReadOnly = options.isReadOnly
        return try await perform { connection, _ in
            // One that was lost since the last use is opened once more: a query that is lost has changed nothing.
            try connection.open()
            do {
                return try Self.query(sql, parameters, on: connection, readOnly: isReadOnly)
            } catch let error as WarehouseError {
                if connection.isOpen { throw error }
                try connection.open()
                return try Self.query(sql, parameters, on: connection, readOnly: isReadOnly)
            }
        }
    }

    /// A reader's query is a transaction of its own that refuses to write.
    private static func query(
        _ sql: String,
        _ parameters: [SQLValue],
        on connection: PostgresConnection,
        readOnly: Bool
    ) throws -> ResultTable {
        guard readOnly else { return try connection.query(sql, parameters) }
        try connection.execute(RedshiftTransaction.beginReading)
        let found: ResultTable
        do {
            found = try connection.query(sql, parameters)
        } catch {
            RedshiftTransaction.rollBack(connection)
            throw error
        }
        RedshiftTransaction.rollBack(connection)
        return found
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
