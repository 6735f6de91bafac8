import ChargingModel
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

@Suite(.enabled(if: TestDatabase.runs, "no DuckDB library: make setup"))
struct EngineTests {
    @Test func `parameters of every type come back as they were bound`() async throws {
        let engine = try await TestDatabase.inMemory()
        let time = UTCTime(microseconds: 1_772_360_400_123_456)
        let values: [SQLValue] = [
            .null, .boolean(false), .integer(.min), .double(-0.1), .text("it's \"ü\" \n; --"), .text(""),
            .timestamp(time), .date(time.day), .text("exactly12byt"), .text("thirteen byte"),
        ]
        let marks = values.map { _ in "?" }.joined(separator: ", ")
        #expect(try await engine.query("SELECT \(marks)", values).rows == [values])
        try await engine.close()
    }

    @Test(arguments: [
        ("CAST(9223372036854775807 AS HUGEINT)", SQLValue.integer(.max)),
        ("CAST(9223372036854775808 AS HUGEINT)", .double(9_223_372_036_854_775_808)),
        ("CAST(-5 AS HUGEINT)", .integer(-5)), ("CAST(-5 AS TINYINT)", .integer(-5)),
        ("CAST(18446744073709551615 AS UBIGINT)", .double(18_446_744_073_709_551_616)),
        ("CAST(7 AS USMALLINT)", .integer(7)), ("CAST(50.937531 AS DECIMAL(9,6))", .double(50.937531)),
        ("CAST(-12.5 AS DECIMAL(38,1))", .double(-12.5)), ("CAST(42 AS DECIMAL(18,0))", .integer(42)),
        ("CAST(1.5 AS FLOAT)", .double(1.5)), ("sum(2)", .integer(2)), ("count(*)", .integer(1)),
        ("[1, 2]", .text("[1, 2]")), ("INTERVAL 2 DAY", .text("2 days")), ("NULL", .null),
        ("TIMESTAMP_S '2026-03-01 10:20:00'", .timestamp(UTCTime(seconds: 1_772_360_400))),
        ("TIMESTAMP_MS '2026-03-01 10:20:00'", .timestamp(UTCTime(seconds: 1_772_360_400))),
        ("TIMESTAMP_NS '2026-03-01 10:20:00'", .timestamp(UTCTime(seconds: 1_772_360_400))),
        ("TIMESTAMPTZ '2026-03-01 11:20:00+01'", .timestamp(UTCTime(seconds: 1_772_360_400))),
        ("TIMESTAMP '9999-12-31 00:00:00'", .timestamp(.openEnd)),
        ("CAST('a1a2a3a4-b1b2-c1c2-d1d2-d3d4d5d6d7d8' AS UUID)", .text("a1a2a3a4-b1b2-c1c2-d1d2-d3d4d5d6d7d8")),
    ])
    func `every type of DuckDB has a value`(expression: String, value: SQLValue) async throws {
        let engine = try await TestDatabase.inMemory()
        let found = try await engine.query("SELECT \(expression) AS v, ? AS p;", [.integer(3)])
        #expect(found == ResultTable(columns: ["v", "p"], rows: [[value, .integer(3)]]))
        try await engine.close()
    }

    @Test func `rows of several chunks come in order, with their nulls`() async throws {
        let engine = try await TestDatabase.inMemory()
        let found = try await engine.query(
            "SELECT range, CASE WHEN range % 3 = 0 THEN NULL ELSE 'row number ' || range END FROM range(5000)"
        )
        let expected = (0..<5_000).map { row -> [SQLValue] in
            [.integer(Int64(row)), row % 3 == 0 ? .null : .text("row number \(row)")]
        }
        #expect(found.rows == expected)
        try await engine.close()
    }

    @Test func `a failing statement rolls back what came before it`() async throws {
        let engine = try await TestDatabase.inMemory()
        try await engine.transact([.statement("CREATE TABLE t (a INTEGER)")])
        let error = await #expect(throws: WarehouseError.self) {
            try await engine.transact([
                .statement("INSERT INTO t VALUES (1)"), .statement("INSERT INTO nowhere VALUES (1)"),
            ])
        }
        #expect(error?.kind == .statementFailed)
        #expect(error?.detail.contains("nowhere") == true)
        #expect(try await engine.query("SELECT count(*) FROM t").rows == [[.integer(0)]])
        try await engine.transact([.statement("INSERT INTO t VALUES (1)")])
        #expect(try await engine.query("SELECT count(*) FROM t").rows == [[.integer(1)]])
        try await engine.close()
    }

    @Test func `a check that finds rows rolls back and shows the first of them`() async throws {
        let engine = try await TestDatabase.inMemory()
        try await engine.transact([.statement("CREATE TABLE t (a INTEGER)"), .check(name: "empty", sql: "FROM t")])
        let error = await #expect(throws: WarehouseError.self) {
            try await engine.transact([
                .statement("INSERT INTO t SELECT range FROM range(9)"),
                .check(name: "tiling", sql: "SELECT a, DATE '2026-03-01' AS day FROM t ORDER BY a"),
            ])
        }
        #expect(error?.kind == .checkFailed)
        #expect(error?.subject == "check tiling")
        #expect(error?.detail.hasPrefix("more than 5 rows found (expected none): (a 0, day 2026-03-01), (a 1,") == true)
        #expect(try await engine.query("SELECT count(*) FROM t").rows == [[.integer(0)]])
        try await engine.close()
    }

    @Test func `a wrong number of parameters and a wrong query are errors with DuckDB's own words`() async throws {
        let engine = try await TestDatabase.inMemory()
        let count = await #expect(throws: WarehouseError.self) { try await engine.query("SELECT ?", []) }
        #expect(count?.detail == "0 parameters given (expected 1)")
        let wrong = await #expect(throws: WarehouseError.self) { try await engine.query("SELECT nope FROM range(1)") }
        #expect(wrong?.detail.contains("nope") == true)
        try await engine.close()
    }

    @Test func `tasks can query at the same time`() async throws {
        let engine = try await TestDatabase.inMemory()
        let sum = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 1...40 {
                group.addTask {
                    let rows = try await engine.query(
                        "SELECT CAST(sum(range) AS BIGINT) FROM range(?)",
                        [.integer(Int64(number))]
                    )
                    .rows
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

    @Test func `a cancelled task interrupts its statement and leaves the engine usable`() async throws {
        let engine = try await TestDatabase.inMemory()
        try await engine.transact([.statement("CREATE TABLE t (a BIGINT)")])
        let endless = "INSERT INTO t SELECT sum(a.range * b.range % 7) FROM range(10000000) a, range(10000000) b"
        let task = Task { try await engine.transact([.statement("INSERT INTO t VALUES (1)"), .statement(endless)]) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await engine.query("SELECT count(*) FROM t").rows == [[.integer(0)]])
        try await engine.close()
    }

    @Test func `a file keeps its rows, and is held by one engine at a time`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/it's.duckdb"
            let library = try TestDatabase.library()
            let first = try await DuckDBEngine.open(path: path, library: library)
            try await first.transact([.statement("CREATE TABLE t AS SELECT 7 AS a")])
            let error = await #expect(throws: WarehouseError.self) {
                try await DuckDBEngine.open(path: folder + "/./it's.duckdb", library: library)
            }
            #expect(error?.kind == .locked)
            #expect(error?.exitCode == .temporary)
            try await first.close()
            try await first.close()
            let closed = await #expect(throws: WarehouseError.self) { try await first.query("SELECT 1") }
            #expect(closed?.detail == "the database is closed (expected open)")
            let second = try await DuckDBEngine.open(
                path: path,
                library: library,
                options: DuckDBOptions(threads: 1, memoryLimit: "200MB", isReadOnly: true)
            )
            #expect(try await second.query("SELECT a FROM t").rows == [[.integer(7)]])
            await #expect(throws: WarehouseError.self) { try await second.transact([.statement("DROP TABLE t")]) }
            try await second.close()
        }
    }

    @Test func `a folder that does not exist and a file that is no database are errors`() async throws {
        try await withTemporaryFolder { folder in
            let library = try TestDatabase.library()
            let missing = await #expect(throws: WarehouseError.self) {
                try await DuckDBEngine.open(path: folder + "/no/x.duckdb", library: library)
            }
            #expect(missing?.kind == .openFailed)
            try GzipFile.write("no database", to: folder + "/y.duckdb")
            let foreign = await #expect(throws: WarehouseError.self) {
                try await DuckDBEngine.open(path: folder + "/y.duckdb", library: library)
            }
            #expect(foreign?.kind == .openFailed)
        }
    }
}

struct DuckDBFailureTests {
    @Test func `another process's lock names the process and exits as temporary`() {
        let error = DuckDBFailure.open(
            path: "w.duckdb",
            message: """
                IO Error: Could not set lock on file "w.duckdb": Conflicting lock is held in /usr/bin/x y (PID 4711). \
                See also https://duckdb.org/docs/stable/connect/concurrency
                """
        )
        #expect(error.kind == .locked)
        #expect(error.exitCode == .temporary)
        #expect(error.detail.hasPrefix("process 4711 (/usr/bin/x y) holds the database"))
    }
}
