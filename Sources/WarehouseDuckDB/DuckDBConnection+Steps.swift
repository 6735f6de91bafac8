import Warehouse

/// The steps of a transaction.
extension DuckDBConnection {
    /// The rows of a failed check that its error shows.
    private static let shownRows = 5

    /// Runs one step.
    func perform(_ step: TransactionStep) throws(WarehouseError) {
        switch step {
        case .statement(let sql):
            try execute(sql)
        case .bulkLoad(let load):
            guard !load.files.isEmpty else { return }
            do throws(WarehouseError) {
                try execute(insertStatement(of: load))
            } catch {
                throw DuckDBFailure.load(load, message: error.detail)
            }
        case .check(let name, let sql):
            let found = try query(sql, maximumRows: Self.shownRows + 1)
            guard !found.rows.isEmpty else { return }
            let shown = ResultTable(columns: found.columns, rows: Array(found.rows.prefix(Self.shownRows)))
            throw DuckDBFailure.check(name: name, found: shown, isCut: found.rows.count > Self.shownRows)
        }
    }

    /// Ends a failed transaction.
    ///
    /// Its only error is that DuckDB has already rolled back, as it does where a commit fails.
    func rollBack() {
        do {
            try execute("ROLLBACK")
        } catch {
            // Nothing is open any more.
        }
    }
}
