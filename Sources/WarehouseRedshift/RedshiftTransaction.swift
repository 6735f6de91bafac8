import Warehouse
import WarehousePostgres

/// One transaction: the load pattern around its steps.
struct RedshiftTransaction: Sendable {
    let steps: [TransactionStep]
    /// The loads of the steps that have files.
    let staged: [BulkLoad: StagedLoad]
    let stage: RedshiftStage
    let options: RedshiftOptions

    /// The columns of ``RedshiftFailure/rows(_:of:_:)``, from the system table of clusters and from that of serverless
    /// workgroups, whose names stand in the manual and were never seen by us.
    private static let loadErrors = [
        """
        SELECT filename, line_number, colname, err_code, err_reason, raw_field_value FROM stl_load_errors
        WHERE query = pg_last_copy_id() ORDER BY filename, line_number
        """,
        """
        SELECT file_name, line_number, column_name, error_code, error_message, column_value FROM sys_load_error_detail
        WHERE query_id = pg_last_copy_id() ORDER BY file_name, line_number
        """,
    ]

    /// Begins a transaction that refuses to write.
    static let beginReading = "BEGIN READ ONLY"

    /// Runs the steps and commits; blocks.
    ///
    /// - Throws: ``WarehouseError``, or `CancellationError`; nothing is changed then, but where the answer to the commit
    ///   was lost.
    func run(on connection: PostgresConnection, _ ticket: CancellationTicket) throws {
        try begin(connection)
        do {
            // Waiting instead of losing: without it two loads end in error 1023.
            if !staged.isEmpty { try connection.execute("LOCK TABLE etl_load") }
            for step in steps {
                try ticket.check()
                try perform(step, on: connection)
            }
            // From here on nothing interrupts: a commit is whole or not at all.
            try ticket.finish()
            try commit(connection)
        } catch {
            let isCancelled = ticket.stop()
            Self.rollBack(connection)
            throw isCancelled ? CancellationError() : error
        }
    }

    private func begin(_ connection: PostgresConnection) throws(WarehouseError) {
        let sql = options.isReadOnly ? Self.beginReading : "BEGIN"
        try connection.open()
        do {
            try connection.execute(sql)
        } catch {
            guard !connection.isOpen else { throw error }
            // Lost since the last use: nothing has happened yet, so another connection is as good.
            try connection.open()
            try connection.execute(sql)
        }
    }

    private func perform(_ step: TransactionStep, on connection: PostgresConnection) throws(WarehouseError) {
        switch step {
        case .statement(let sql):
            try connection.execute(sql)
        case .bulkLoad(let load):
            guard let load = staged[load] else { return }
            try copy(load, on: connection)
        case .check(let name, let sql):
            let found = try connection.query(sql, maximumRows: WarehouseError.shownRows + 1)
            if !found.rows.isEmpty { throw WarehouseError.check(name: name, found: found) }
        }
    }

    private func copy(_ load: StagedLoad, on connection: PostgresConnection) throws(WarehouseError) {
        do {
            try connection.execute(load.copyStatement(role: stage.role, region: stage.region))
        } catch {
            guard RedshiftFailure.isOfRows(error) else { throw RedshiftFailure.copy(error, from: load, stage) }
            // The reasons outlive the transaction, and cannot be read in a failed one.
            Self.rollBack(connection)
            throw RedshiftFailure.rows(reasons(connection), of: load, error)
        }
    }

    /// What the cluster says of the rows of its last `COPY`; no row where it lets us read neither table.
    private func reasons(_ connection: PostgresConnection) -> ResultTable {
        for sql in Self.loadErrors {
            do {
                let found = try connection.query(sql, maximumRows: WarehouseError.shownRows + 1)
                if !found.rows.isEmpty { return found }
            } catch {
                // The other kind of cluster has the other table.
            }
        }
        return ResultTable(columns: [], rows: [])
    }

    private func commit(_ connection: PostgresConnection) throws(WarehouseError) {
        do {
            try connection.execute("COMMIT")
        } catch {
            guard !connection.isOpen else { throw error }
            throw WarehouseError(
                .unreachable,
                subject: error.subject,
                detail: error.detail,
                kept: "all of the transaction or nothing of it, the cluster knows which; loading again does no harm",
                remedy: error.remedy,
                sqlState: error.sqlState
            )
        }
    }

    /// Ends a failed transaction; the cluster does it by itself where the connection is gone.
    static func rollBack(_ connection: PostgresConnection) {
        guard connection.isOpen else { return }
        do {
            try connection.execute("ROLLBACK")
        } catch {
            // A cancellation can come so late that it meets the rollback.
            do { try connection.execute("ROLLBACK") } catch { return }
        }
    }
}
