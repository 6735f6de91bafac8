import ChargingModel
import TestSupport
import Testing
import Warehouse
import WarehousePostgres

@Suite(.enabled(if: PostgresServer.runs, "\(PostgresServer.skipReason)"))
struct EngineTests {
    @Test func `parameters of every type come back as they were bound`() async throws {
        let engine = try await TestServer.engine()
        let time = UTCTime(microseconds: 1_772_360_400_123_456)
        let values: [SQLValue] = [
            .null, .boolean(false), .boolean(true), .integer(.min), .integer(.max), .double(-0.1), .double(1e300),
            .text("it's \"ü\" \n; -- $1 ?"), .text(""), .timestamp(time), .timestamp(.openEnd),
            .timestamp(UTCTime(seconds: -62_135_596_800)), .date(time.day),
        ]
        let marks = values.map { _ in "?" }.joined(separator: ", ")
        #expect(try await engine.query("SELECT \(marks)", values).rows == [values])
        try await engine.close()
    }

    @Test(arguments: [
        ("CAST(9223372036854775807 AS NUMERIC)", SQLValue.integer(.max)),
        ("CAST(9223372036854775808 AS NUMERIC)", .double(9_223_372_036_854_775_808)),
        ("CAST(-5 AS SMALLINT)", .integer(-5)), ("CAST(50.937531 AS DECIMAL(9,6))", .double(50.937531)),
        ("CAST(50 AS DECIMAL(9,6))", .double(50)), ("CAST(1.5 AS REAL)", .double(1.5)), ("sum(2)", .integer(2)),
        ("count(*)", .integer(1)), ("CAST('infinity' AS DOUBLE PRECISION)", .double(.infinity)),
        ("ARRAY[1, 2]", .text("{1,2}")), ("INTERVAL '2 days'", .text("2 days")), ("NULL", .null),
        ("TIMESTAMP '2026-03-01 10:20:00'", .timestamp(UTCTime(seconds: 1_772_360_400))),
        ("TIMESTAMPTZ '2026-03-01 11:20:00+01'", .timestamp(UTCTime(seconds: 1_772_360_400))),
        ("TIMESTAMPTZ 'infinity'", .timestamp(UTCTime(microseconds: .max))),
        ("TIMESTAMPTZ '9999-12-31 00:00:00'", .timestamp(.openEnd)),
        ("DATE '2026-03-01'", .date(UTCTime(seconds: 1_772_360_400).day)),
        (#"CAST('{"bb": [1, 2], "a": null}' AS JSONB)"#, .text(#"{"a":null,"bb":[1,2]}"#)),
        ("CAST('a1a2a3a4-b1b2-c1c2-d1d2-d3d4d5d6d7d8' AS UUID)", .text("a1a2a3a4-b1b2-c1c2-d1d2-d3d4d5d6d7d8")),
    ])
    func `every type of PostgreSQL has a value`(expression: String, value: SQLValue) async throws {
        let engine = try await TestServer.engine()
        let found = try await engine.query("SELECT \(expression) AS v, ? AS p", [.integer(3)])
        #expect(found == ResultTable(columns: ["v", "p"], rows: [[value, .integer(3)]]))
        try await engine.close()
    }

    @Test func `the language and time zone of the user change no answer`() async throws {
        let server = try PostgresServer.shared()
        let database = try server.createDatabase()
        try server.psql("ALTER DATABASE \(database) SET TimeZone = 'Asia/Kolkata'")
        try server.psql("ALTER DATABASE \(database) SET DateStyle = 'German'")
        let engine = try await TestServer.engine(on: database)
        let found = try await engine.query("SELECT TIMESTAMPTZ '2026-03-01 10:20:00', DATE '2026-03-01'", []).rows
        let time = UTCTime(seconds: 1_772_360_400)
        #expect(found == [[.timestamp(time), .date(time.day)]])
        try await engine.close()
    }

    @Test func `a failing statement rolls back what came before it and keeps the server's code`() async throws {
        let engine = try await TestServer.engine()
        try await engine.transact([.statement("CREATE TABLE t (a INTEGER)")])
        let error = await #expect(throws: WarehouseError.self) {
            try await engine.transact([
                .statement("INSERT INTO t VALUES (1)"), .statement("INSERT INTO nowhere VALUES (1)"),
            ])
        }
        #expect(error?.kind == .statementFailed)
        #expect(error?.sqlState == "42P01")
        #expect(error?.detail.contains("nowhere") == true)
        #expect(try await engine.query("SELECT count(*) FROM t").rows == [[.integer(0)]])
        try await engine.transact([.statement("INSERT INTO t VALUES (1)")])
        #expect(try await engine.query("SELECT count(*) FROM t").rows == [[.integer(1)]])
        try await engine.close()
    }

    @Test func `a check that finds rows rolls back and shows the first of them`() async throws {
        let engine = try await TestServer.engine()
        try await engine.transact([
            .statement("CREATE TABLE t (a INTEGER)"), .check(name: "empty", sql: "SELECT a FROM t"),
        ])
        let error = await #expect(throws: WarehouseError.self) {
            try await engine.transact([
                .statement("INSERT INTO t SELECT generate_series(0, 8)"),
                .check(name: "tiling", sql: "SELECT a, DATE '2026-03-01' AS day FROM t ORDER BY a"),
            ])
        }
        #expect(error?.kind == .checkFailed)
        #expect(error?.subject == "check tiling")
        #expect(error?.detail.hasPrefix("more than 5 rows found (expected none): (a 0, day 2026-03-01), (a 1,") == true)
        #expect(try await engine.query("SELECT count(*) FROM t").rows == [[.integer(0)]])
        try await engine.close()
    }

    @Test func `a wrong number of parameters and a broken constraint are errors of their own`() async throws {
        let engine = try await TestServer.engine()
        let count = await #expect(throws: WarehouseError.self) {
            try await engine.query("SELECT ?", [.integer(1), .integer(2)])
        }
        #expect(count?.detail == "2 parameters given (expected 1)")
        let double = await #expect(throws: WarehouseError.self) {
            try await engine.transact([
                .statement("CREATE TABLE t (a INTEGER PRIMARY KEY)"), .statement("INSERT INTO t VALUES (1), (1)"),
            ])
        }
        #expect(double?.kind == .checkFailed)
        #expect(double?.sqlState == "23505")
        try await engine.close()
    }

    @Test func `tasks can query at the same time`() async throws {
        let engine = try await TestServer.engine()
        let sum = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 1...40 {
                group.addTask {
                    let sql = "SELECT sum(n) FROM generate_series(0, CAST(? AS BIGINT) - 1) n"
                    let rows = try await engine.query(sql, [.integer(Int64(number))]).rows
                    guard case .integer(let value)? = rows.first?.first else { return -1 }
                    return value
                }
            }
            return try await group.reduce(0, +)
        }
        // The sum of 0 … n - 1 over n = 1 … 40: one third of 40³ - 40, halved.
        #expect(sum == 10_660)
        try await engine.close()
    }

    @Test func `a cancelled task cancels its statement and leaves the engine usable`() async throws {
        let engine = try await TestServer.engine()
        try await engine.transact([.statement("CREATE TABLE t (a BIGINT)")])
        let endless =
            "INSERT INTO t SELECT count(*) FROM generate_series(1, 10000000) a, generate_series(1, 10000000) b"
        let task = Task { try await engine.transact([.statement("INSERT INTO t VALUES (1)"), .statement(endless)]) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await engine.query("SELECT count(*) FROM t").rows == [[.integer(0)]])
        let query = Task { try await engine.query(String(endless.dropFirst("INSERT INTO t ".count))) }
        query.cancel()
        await #expect(throws: CancellationError.self) { try await query.value }
        #expect(try await engine.query("SELECT 1").rows == [[.integer(1)]])
        try await engine.close()
    }

    @Test func `a statement over its time is ended by the server`() async throws {
        let engine = try await TestServer.engine(PostgresOptions(statementTimeoutSeconds: 1))
        let error = await #expect(throws: WarehouseError.self) { try await engine.query("SELECT pg_sleep(600)") }
        #expect(error?.sqlState == "57014")
        #expect(error?.remedy?.contains("statement_timeout_s") == true)
        #expect(try await engine.query("SELECT 1").rows == [[.integer(1)]])
        try await engine.close()
    }
}
