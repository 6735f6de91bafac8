import ChargingModel
import TestSupport
import Testing
import Warehouse
import WarehousePostgres

/// Who may come in, who writes, and what happens when the connection goes.
@Suite(.enabled(if: PostgresServer.runs, "\(PostgresServer.skipReason)"))
struct ConnectionTests {
    @Test func `there is one writer at a time, and the second is told who the first is`() async throws {
        let database = try PostgresServer.shared().createDatabase()
        let first = try await TestServer.engine(on: database, PostgresOptions(applicationName: "nightly load"))
        let error = await #expect(throws: WarehouseError.self) {
            try await TestServer.engine(on: database, PostgresOptions(lockTimeoutSeconds: 1))
        }
        #expect(error?.kind == .locked)
        #expect(error?.exitCode == .temporary)
        #expect(error?.detail.hasPrefix("nightly load, process ") == true)
        #expect(error?.detail.contains(" as keeper from this machine since 20") == true)
        let reader = try await TestServer.engine(on: database, PostgresOptions(isReadOnly: true))
        #expect(try await reader.query("SELECT 1").rows == [[.integer(1)]])
        try await reader.close()
        try await first.close()
        try await first.close()
        let closed = await #expect(throws: WarehouseError.self) { try await first.query("SELECT 1") }
        #expect(closed?.kind == .openFailed)
        let second = try await TestServer.engine(on: database)
        try await second.close()
    }

    @Test func `two schemas of a database are two warehouses`() async throws {
        let server = try PostgresServer.shared()
        let database = try server.createDatabase()
        let first = try await TestServer.engine(on: database)
        try await first.transact([.statement("CREATE SCHEMA other")])
        let path = server.address(of: database, parameters: "&options=-csearch_path%3Dother")
        let second = try await TestServer.engine(at: path, PostgresOptions(lockTimeoutSeconds: 1))
        let now = UTCTime(seconds: 1_795_000_000)
        try await WarehouseMigrator.migrate(first, now: now)
        #expect(try await WarehouseMigrator.version(of: second) == 0)
        try await WarehouseMigrator.migrate(second, now: now)
        #expect(try await WarehouseMigrator.version(of: second) == Migrations.currentVersion)
        try await first.close()
        try await second.close()
    }

    @Test func `a reader cannot write, and sees one state in all its queries`() async throws {
        let database = try PostgresServer.shared().createDatabase()
        let writer = try await TestServer.engine(on: database)
        try await writer.transact([.statement("CREATE TABLE t (a INTEGER)")])
        let reader = try await TestServer.engine(on: database, PostgresOptions(isReadOnly: true))
        #expect(try await reader.query("SELECT count(*) FROM t").rows == [[.integer(0)]])
        try await writer.transact([.statement("INSERT INTO t VALUES (1)")])
        #expect(try await reader.query("SELECT count(*) FROM t").rows == [[.integer(0)]])
        let error = await #expect(throws: WarehouseError.self) {
            try await reader.query("INSERT INTO t VALUES (2) RETURNING a")
        }
        #expect(error?.sqlState == "25006")
        #expect(try await reader.query("SELECT count(*) FROM t").rows == [[.integer(1)]])
        await #expect(throws: WarehouseError.self) { try await reader.transact([.statement("DELETE FROM t")]) }
        #expect(try await writer.query("SELECT count(*) FROM t").rows == [[.integer(1)]])
        try await reader.close()
        try await writer.close()
    }

    private func end(_ engine: PostgresEngine, of database: String) throws {
        let sql = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = '\(database)'"
        #expect(try PostgresServer.shared().psql(sql) == "1")
    }

    @Test func `a connection lost outside a transaction is opened again, with the writer's lock`() async throws {
        let database = try PostgresServer.shared().createDatabase()
        let engine = try await TestServer.engine(on: database)
        try await engine.transact([.statement("CREATE TABLE t (a INTEGER)")])
        try end(engine, of: database)
        try await engine.transact([.statement("INSERT INTO t VALUES (1)")])
        try end(engine, of: database)
        #expect(try await engine.query("SELECT count(*) FROM t").rows == [[.integer(1)]])
        await #expect(throws: WarehouseError.self) {
            try await TestServer.engine(on: database, PostgresOptions(lockTimeoutSeconds: 1))
        }
        try await engine.close()
    }

    @Test func `a connection lost inside a transaction is an error, and nothing is changed`() async throws {
        let engine = try await TestServer.engine()
        try await engine.transact([.statement("CREATE TABLE t (a INTEGER)")])
        let error = await #expect(throws: WarehouseError.self) {
            try await engine.transact([
                .statement("INSERT INTO t VALUES (1)"),
                .statement("SELECT pg_terminate_backend(pg_backend_pid())"), .statement("INSERT INTO t VALUES (2)"),
            ])
        }
        #expect(error?.kind == .unreachable)
        #expect(error?.exitCode == .unavailable)
        #expect(try await engine.query("SELECT count(*) FROM t").rows == [[.integer(0)]])
        try await engine.close()
    }

    @Test(arguments: [
        (
            "postgresql://keeper@127.0.0.1:PORT/DB", Optional("wrong"), "password authentication failed",
            WarehouseError.Code.denied
        ),
        ("postgresql://keeper:wrong@127.0.0.1:PORT/DB", nil, "password authentication failed", .denied),
        ("postgresql://keeper@127.0.0.1:PORT/nowhere", PostgresServer.password, "does not exist", .denied),
        ("postgresql://keeper@127.0.0.1:1/DB", PostgresServer.password, "refused", .unreachable),
    ])
    func `who is not let in is told why, without the password`(
        text: String,
        password: String?,
        reason: String,
        kind: WarehouseError.Code
    ) async throws {
        let server = try PostgresServer.shared()
        let database = try server.createDatabase()
        let address = text.replacing("PORT", with: "\(server.port)").replacing("DB", with: database)
        let options = PostgresOptions(password: password.map { Secret($0) })
        let error = await #expect(throws: WarehouseError.self) { try await TestServer.engine(at: address, options) }
        #expect(error?.kind == kind)
        #expect(error?.detail.contains(reason) == true, "\(error?.detail ?? "")")
        #expect(error?.description.contains("wrong") == false)
        #expect(error?.description.contains(PostgresServer.password) == false)
    }

    @Test func `the password lets in, and TLS checks the server's certificate`() async throws {
        let server = try PostgresServer.shared()
        let address = "postgresql://keeper@127.0.0.1:\(server.port)/\(try server.createDatabase())?sslmode=verify-full"
        let options = PostgresOptions(password: Secret(PostgresServer.password))
        let engine = try await TestServer.engine(at: "\(address)&sslrootcert=\(server.folder)/root.crt", options)
        let rows = try await engine.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").rows
        #expect(rows == [[.boolean(true)]])
        try await engine.close()
        let stranger = await #expect(throws: WarehouseError.self) {
            try await TestServer.engine(at: "\(address)&sslrootcert=/etc/ssl/certs/ca-certificates.crt", options)
        }
        #expect(stranger?.kind == .unreachable)
        #expect(stranger?.detail.contains("certificate verify failed") == true)
    }

    @Test func `a database of another encoding and a schema that is not there are refused`() async throws {
        let server = try PostgresServer.shared()
        let latin = try server.createDatabase(encoding: "LATIN1")
        let encoding = await #expect(throws: WarehouseError.self) { try await TestServer.engine(on: latin) }
        #expect(encoding?.detail == "the database's encoding is LATIN1 (expected UTF8)")
        let path = server.address(of: try server.createDatabase(), parameters: "&options=-csearch_path%3Dnowhere")
        let schema = await #expect(throws: WarehouseError.self) { try await TestServer.engine(at: path) }
        #expect(schema?.detail.contains("no schema of the search path exists") == true)
    }

    @Test func `a missing right is named`() async throws {
        let server = try PostgresServer.shared()
        let database = try server.createDatabase()
        try server.psql("CREATE TABLE public.theirs (a INTEGER)", database: database)
        let engine = try await TestServer.engine(on: database)
        let error = await #expect(throws: WarehouseError.self) { try await engine.query("SELECT a FROM theirs") }
        #expect(error?.sqlState == "42501")
        #expect(error?.exitCode == .noPermission)
        #expect(error?.remedy?.hasPrefix("GRANT") == true)
        try await engine.close()
    }
}
