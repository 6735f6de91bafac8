import Warehouse

/// The steps of a transaction.
extension PostgresConnection {
    /// Runs one step.
    func perform(_ step: TransactionStep) throws(WarehouseError) {
        switch step {
        case .statement(let sql):
            try execute(StagedPlans.statement(sql))
        case .bulkLoad(let load):
            try copy(load)
        case .check(let name, let sql):
            let found = try query(sql, maximumRows: WarehouseError.shownRows + 1)
            if !found.rows.isEmpty { throw WarehouseError.check(name: name, found: found) }
        }
    }

    /// Makes the transaction last.
    ///
    /// - Throws: ``WarehouseError``; where the answer did not come, the error says that the server may have done it.
    func commit() throws(WarehouseError) {
        guard let refusal = try refusal(of: "COMMIT") else { return }
        throw refusal.isLost ? failure.lostCommit(refusal.message) : failure.statement("COMMIT", refusal)
    }

    /// Ends a failed transaction; a connection that does not come out of it is cut.
    ///
    /// A cancellation can arrive so late that it meets the rollback, which is then tried again.
    func rollBack() {
        for _ in 0..<3 where isInTransaction {
            do {
                _ = try refusal(of: "ROLLBACK")
            } catch {
                // There is no connection: the server rolls back.
            }
        }
        if isInTransaction || !isOpen { abandon() }
    }
}
