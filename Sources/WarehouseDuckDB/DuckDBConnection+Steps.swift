import Warehouse

/// The steps of a transaction.
extension DuckDBConnection {
    /// Runs one step.
    func perform(_ step: TransactionStep) throws(WarehouseError) {
        switch step {
        case .statement(let sql):
            try execute(sql)
        case .bulkLoad(let load):
            guard !load.files.isEmpty else { return }
            try perform(load)
        case .check(let name, let sql):
            let found = try query(sql, maximumRows: WarehouseError.shownRows + 1)
            if !found.rows.isEmpty { throw WarehouseError.check(name: name, found: found) }
        }
    }

    private func perform(_ load: BulkLoad) throws(WarehouseError) {
        let joined: JoinedFile
        do {
            joined = try JoinedFile(load)
        } catch let fault as JoinedFile.Fault {
            throw DuckDBFailure.load(load.table, from: fault.file, message: fault.reason)
        } catch {
            throw DuckDBFailure.load(load.table, from: "\(load.files.count) files", message: "\(error)")
        }
        defer { joined.remove() }
        do throws(WarehouseError) {
            try execute(insertStatement(of: load, from: joined))
        } catch {
            rollBack()
            try findFault(in: load)
            throw DuckDBFailure.load(load.table, from: "\(load.files.count) files", message: error.detail)
        }
    }

    /// Reads file by file after a failure, so that the error names the one that is at fault.
    private func findFault(in load: BulkLoad) throws(WarehouseError) {
        for file in load.files {
            do throws(WarehouseError) {
                let columns = load.columns.map { quoted($0.name) }.joined(separator: ", ")
                try execute(
                    "CREATE OR REPLACE TEMP TABLE probe AS SELECT \(columns) FROM \(tableExpression(for: file, load.columns))"
                )
            } catch {
                throw DuckDBFailure.load(load.table, from: file, message: error.detail)
            }
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
