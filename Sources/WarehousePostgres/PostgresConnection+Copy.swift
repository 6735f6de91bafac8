import CPostgres
import Warehouse

/// Flat files into a table.
extension PostgresConnection {
    /// Appends the files of a load by one `COPY`: columns by name, `\N` without quotes for NULL.
    ///
    /// - Throws: ``WarehouseError`` with `loadFailed` that names the file at fault; the transaction is rolled back then.
    func copy(_ load: BulkLoad) throws(WarehouseError) {
        guard !load.files.isEmpty else { return }
        guard let fault = try copy(load.files, of: load, into: load.table) else { return }
        let first = failure.load(load.table, from: fault.file ?? "\(load.files.count) files", fault.refusal)
        // 57014 is query_canceled: no file is at fault.
        guard fault.file == nil, isOpen, fault.refusal.sqlState != "57014" else { throw first }
        rollBack()
        try findFault(in: load)
        throw first
    }

    /// What went wrong, and in which file where that is known.
    private struct Fault {
        var file: String?
        var refusal: ServerRefusal
    }

    private func copy(_ files: [String], of load: BulkLoad, into table: String) throws(WarehouseError) -> Fault? {
        let names = load.columns.map { quoted($0.name) }.joined(separator: ", ")
        let sql = "COPY \(quoted(table)) (\(names)) FROM STDIN (FORMAT csv, NULL '\\N')"
        if let refusal = try refusal(of: sql) { throw failure.statement(sql, refusal) }
        let header = Array((load.columns.map(\.name).joined(separator: ",") + "\n").utf8)
        var fault: Fault?
        for file in files {
            do {
                unsafe try FlatFileRows.read(file, header: header) { bytes in unsafe try send(bytes) }
            } catch let found as FlatFileRows.Fault {
                fault = Fault(file: file, refusal: ServerRefusal(sqlState: nil, message: found.reason))
            } catch {
                // The server cut the copy, and says why when it is ended.
                break
            }
            if fault != nil { break }
        }
        let refusal = try endCopy(because: fault?.refusal.message)
        return fault ?? refusal.map { Fault(file: nil, refusal: $0) }
    }

    private func send(_ bytes: UnsafeRawBufferPointer) throws {
        guard let start = bytes.baseAddress, unsafe !bytes.isEmpty else { return }
        let connection = unsafe try handle()
        let text = unsafe start.assumingMemoryBound(to: CChar.self)
        guard unsafe library.api.pointee.put_copy_data(connection, text, Int32(bytes.count)) == 1 else {
            throw failure.lost(serverMessage)
        }
    }

    /// Ends the copy and reads the server's verdict.
    private func endCopy(because reason: String?) throws(WarehouseError) -> ServerRefusal? {
        let connection = unsafe try handle()
        let api = unsafe library.api.pointee
        _ = unsafe api.put_copy_end(connection, reason)
        var refusal: ServerRefusal?
        while let answer = unsafe api.get_result(connection) {
            let result = unsafe ServerResult(answer, api)
            refusal = refusal ?? result.refusal(otherwise: serverMessage)
        }
        return refusal ?? (isOpen ? nil : ServerRefusal(sqlState: nil, message: serverMessage))
    }

    /// Copies file by file after a failure, so that the error names the one that is at fault.
    private func findFault(in load: BulkLoad) throws(WarehouseError) {
        let columns = load.columns.map { "\(quoted($0.name)) \(SQLDialect.postgreSQL.typeName($0.type))" }
        for file in load.files {
            try execute("BEGIN")
            defer { rollBack() }
            try execute("CREATE TEMP TABLE probe (\(columns.joined(separator: ", "))) ON COMMIT DROP")
            if let fault = try copy([file], of: load, into: "probe") {
                throw failure.load(load.table, from: file, fault.refusal)
            }
        }
    }
}
