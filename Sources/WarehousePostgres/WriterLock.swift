import ChargingModel
import Warehouse

/// The lock that makes one writer at a time: held by the connection of a writer, freed when that ends, however it ends.
///
/// An advisory lock of the session, one a schema. Readers do not need it.
struct WriterLock {
    let connection: PostgresConnection

    /// Says in `pg_locks` whose lock it is: the bytes of "CHGW".
    private static let space = 0x4348_4757

    /// Takes the lock, waiting for a while.
    ///
    /// - Throws: ``WarehouseError`` with `locked` and who holds it.
    func take() throws(WarehouseError) {
        let schema = try schemaName()
        let lock = "pg_advisory_lock(\(Self.space), hashtext(\(SQLDialect.postgreSQL.literal(schema))))"
        try connection.execute("SET lock_timeout = '\(max(1, connection.options.lockTimeoutSeconds * 1_000))ms'")
        let refusal = try connection.refusal(of: "SELECT \(lock)")
        if let refusal {
            // 55P03 is lock_not_available.
            guard refusal.sqlState == "55P03" else { throw connection.failure.statement(lock, refusal) }
            throw connection.failure.locked(by: try holder(of: schema))
        }
        try connection.execute("SET lock_timeout = 0")
    }

    private func schemaName() throws(WarehouseError) -> String {
        let rows = try connection.query("SELECT current_schema()").rows
        guard case .text(let schema)? = rows.first?.first else {
            throw WarehouseError(
                .openFailed,
                subject: connection.address.description,
                detail: "no schema of the search path exists (expected one to hold the tables)",
                remedy: "CREATE SCHEMA it, or correct options=-csearch_path%3D… in the address"
            )
        }
        return schema
    }

    /// `chargehouse, process 4711 of the server, as ada from 10.0.0.7 since 2026-03-01T10:20:00Z,`.
    ///
    /// Where and since when is shown to the same user only, and to those who may read all statistics.
    private func holder(of schema: String) throws(WarehouseError) -> String {
        let sql = """
            SELECT a.application_name, a.pid, a.usename,
                CASE WHEN a.backend_start IS NOT NULL THEN COALESCE(host(a.client_addr), 'this machine') END,
                a.backend_start
            FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.classid = \(Self.space) AND l.objsubid = 2
                AND l.objid = CAST(hashtext(?) AS BIGINT) & 4294967295
                AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
            """
        guard let row = try connection.query(sql, [.text(schema)]).rows.first, row.count == 5 else {
            return "another connection, which has just ended,"
        }
        let texts = row.map { value in
            switch value {
            case .text(let text): text
            case .integer(let number): "\(number)"
            case .timestamp(let time): time.description
            default: "unknown"
            }
        }
        return "\(texts[0]), process \(texts[1]) of the server, as \(texts[2]) from \(texts[3]) since \(texts[4]),"
    }
}
