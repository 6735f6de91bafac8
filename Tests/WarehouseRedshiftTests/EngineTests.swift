import ChargingModel
import Foundation
import ObjectStore
import TestSupport
import Testing
import Warehouse
import WarehousePostgres
import WarehouseRedshift

@Suite(.enabled(if: RedshiftStandIn.runs, "\(RedshiftStandIn.skipReason)"), .serialized)
struct EngineTests {
    private static let columns = [
        ColumnDefinition("id", .bigint, isRequired: true), ColumnDefinition("note", .text(20)),
        ColumnDefinition("at", .timestamp), ColumnDefinition("is_on", .boolean), ColumnDefinition("extra", .json),
    ]
    private static let header = "id,note,at,is_on,extra\n"
    private static let create = [
        TransactionStep.statement("CREATE TABLE etl_load (load_id BIGINT)"),
        .statement("CREATE TABLE t (id BIGINT NOT NULL, note VARCHAR(40), at TIMESTAMP, is_on BOOLEAN, extra SUPER)"),
    ]

    private func load(_ files: [String], into table: String = "t") -> TransactionStep {
        .bulkLoad(BulkLoad(table: table, columns: Self.columns, files: files))
    }

    private func write(_ rows: [String], in folder: String) throws -> [String] {
        try rows.enumerated().map { number, text in
            let path = "\(folder)/flat \(number).csv.gz"
            try GzipFile.write(Self.header + text, to: path)
            return path
        }
    }

    @Test func `texts that hurt arrive as they were, in few files, and the stage is empty afterwards`() async throws {
        try await withTemporaryFolder { folder in
            let texts = ["a,b", "say \"x\"", "two\nlines", #"C:\temp\"#, "ä😀", "", " ", "'; DROP TABLE t; --"]
            let rows = texts.enumerated().map { number, text in
                "\(number),\"\(text.replacing("\"", with: "\"\""))\",2026-03-01 10:20:00,true,\"{\"\"b\"\":1,\"\"a\"\":[]}\"\n"
            }
            let files = try write(rows + ["99,\\N,\\N,\\N,\\N\n"], in: folder)
            try await TestCluster.with { engine, _ in
                try await engine.transact(Self.create)
                try await engine.transact([load(files)])
                let found = try await engine.query("SELECT note, at, is_on, extra FROM t ORDER BY id").rows
                #expect(found.map { $0[0] } == texts.map(SQLValue.text) + [.null])
                #expect(
                    Array(found[0][1...])
                        == [.timestamp(UTCTime(seconds: 1_772_360_400)), .boolean(true), .text(#"{"a":[],"b":1}"#)]
                )
                #expect(Array(found[8]) == [.null, .null, .null, .null])
                let commits = try await engine.query(
                    "SELECT COUNT(*) FROM stl_load_commits WHERE query = pg_last_copy_id()"
                )
                #expect(commits.rows == [[.integer(1)]], "nine files of one row become one")
            }
            #expect(try await TestCluster.stagedKeys() == [])
        }
    }

    @Test func `a large load is several files, all of them mandatory`() async throws {
        try await withTemporaryFolder { folder in
            var random = SeededGenerator(seed: 4)
            let files = try write(
                (0..<12).map { file in
                    (0..<200).map { row in
                        "\(file * 1_000 + row),\(String(random.next(), radix: 36)),\\N,false,\\N\n"
                    }.joined()
                },
                in: folder
            )
            try await TestCluster.with(fileBytes: 1) { engine, _ in
                try await engine.transact(Self.create)
                try await engine.transact([load(files)])
                let commits = try await engine.query(
                    "SELECT COUNT(*), SUM(lines_scanned) FROM stl_load_commits WHERE query = pg_last_copy_id()"
                )
                guard case .integer(let parts) = commits.rows[0][0] else { throw MissingNumber() }
                // zlib holds some of the bytes back, so a file ends later than it would.
                #expect((2...11).contains(parts))
                #expect(commits.rows[0][1] == .integer(2_400))
                let sums = try await engine.query("SELECT COUNT(*), SUM(id), COUNT(DISTINCT note) FROM t").rows
                let sum = (0..<12).reduce(0) { $0 + $1 * 1_000 * 200 } + 12 * 199 * 100
                #expect(sums == [[.integer(2_400), .integer(Int64(sum)), .integer(2_400)]])
            }
        }
    }

    @Test(arguments: [
        ("3,x,2026-03-01T10:00:00Z,true,\\N\n", "column at = \"2026-03-01T10:00:00Z\"", "error 1206"),
        ("\\N,x,\\N,true,\\N\n", "column id", "error 1213"), ("3,x,\\N,true\n", "Delimiter not found", "error 1214"),
        ("3,\(String(repeating: "ä", count: 21)),\\N,true,\\N\n", "String length exceeds DDL length", "error 1204"),
    ])
    func `rows that a COPY refuses are named with file, line, column and reason, and nothing is changed`(
        row: String,
        place: String,
        code: String
    ) async throws {
        try await withTemporaryFolder { folder in
            let files = try write(
                ["1,a,\\N,true,\\N\n2,\"b\nb\",\\N,true,\\N\n", "3,c,\\N,true,\\N\n" + row],
                in: folder
            )
            try await TestCluster.with { engine, _ in
                try await engine.transact(Self.create + [.statement("INSERT INTO t (id) VALUES (7)")])
                let error = await #expect(throws: WarehouseError.self) {
                    try await engine.transact([.statement("DELETE FROM t"), load(files)])
                }
                #expect(error?.kind == .loadFailed)
                #expect(error?.detail.contains("flat 1.csv.gz line 3") == true, "\(error?.detail ?? "")")
                #expect(error?.detail.contains(place) == true, "\(error?.detail ?? "")")
                #expect(error?.detail.contains(code) == true, "\(error?.detail ?? "")")
                #expect(try await engine.query("SELECT id FROM t").rows == [[.integer(7)]])
            }
            #expect(try await TestCluster.stagedKeys() == [])
        }
    }

    @Test func `a failed check or statement rolls back, and the engine goes on`() async throws {
        try await TestCluster.with { engine, _ in
            try await engine.transact(Self.create)
            let check = TransactionStep.check(name: "t: no rows", sql: "SELECT id FROM t")
            let failed = await #expect(throws: WarehouseError.self) {
                try await engine.transact([.statement("INSERT INTO t (id) VALUES (1)"), check])
            }
            #expect(failed?.kind == .checkFailed)
            let refused = await #expect(throws: WarehouseError.self) {
                try await engine.transact([
                    .statement("INSERT INTO t (id) VALUES (1)"), .statement("CREATE INDEX i ON t (id)"),
                ])
            }
            #expect(refused?.sqlState == "42601")
            try await engine.transact([check])
        }
    }

    @Test(arguments: [500, 1])
    func `writers that lose against each other are tried again, as often as they may`(attempts: Int) async throws {
        try await TestCluster.with { engine, schema in
            try await engine.transact(Self.create + [.statement("INSERT INTO t (id) VALUES (0)")])
            let clock = CountingClock()
            let lost = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask { try await Self.increment(schema, attempts: attempts, clock: clock) }
                }
                return try await group.reduce(0, +)
            }
            #expect(try await engine.query("SELECT id FROM t").rows == [[.integer(Int64(4 * 15 - lost))]])
            #expect(attempts == 1 ? lost > 0 && clock.count == 0 : lost == 0 && clock.count > 0)
        }
    }

    /// Adds one, fifteen times.
    ///
    /// - Returns: How often Redshift refused it.
    private static func increment(_ schema: String, attempts: Int, clock: CountingClock) async throws -> Int {
        let writer = try await TestCluster.open(schema: schema, attempts: attempts, clock: clock)
        var lost = 0
        for _ in 0..<15 {
            do {
                try await writer.transact([
                    .check(name: "none", sql: "SELECT id FROM t WHERE id < 0"),
                    .statement("UPDATE t SET id = id + 1"),
                ])
            } catch let error as WarehouseError {
                #expect(error.detail.hasPrefix("1023. Serializable isolation violation"))
                lost += 1
            }
        }
        try await writer.close()
        return lost
    }

    @Test func `parameters are bound, never spliced`() async throws {
        try await TestCluster.with { engine, _ in
            let values: [SQLValue] = [
                .text(#"it's \ "q" ?"#), .integer(.min), .boolean(true), .date(UTCDay(number: 20_539)),
                .timestamp(UTCTime(seconds: 1_772_360_400)), .null,
            ]
            let sql = "SELECT CAST(? AS VARCHAR(40)), ?, ?, ?, CAST(? AS TIMESTAMP), CAST(? AS BIGINT)"
            let found = try await engine.query(sql, values)
            #expect(found.rows == [values])
        }
    }

    @Test func `mistakes of an operator end in errors that say what to do`() async throws {
        try await withTemporaryFolder { folder in
            let files = try write(["1,a,\\N,true,\\N\n"], in: folder)
            let foreign = "arn:aws:iam::123456789012:role/somebody-elses"
            for (stage, word, remedy) in [
                (try TestCluster.stage(role: foreign), "not authorized to assume", "attach the role"),
                (try TestCluster.stage(region: "us-west-1"), "PermanentRedirect", "stage_region"),
            ] {
                try await TestCluster.with(stage: stage) { engine, _ in
                    try await engine.transact(Self.create)
                    let error = await #expect(throws: WarehouseError.self) { try await engine.transact([load(files)]) }
                    #expect(error?.detail.contains(word) == true, "\(error?.detail ?? "")")
                    #expect(error?.remedy?.contains(remedy) == true)
                    #expect(error?.kind == .denied)
                }
            }
            try await TestCluster.with(stage: TestCluster.stage(bucket: "no-such-bucket")) { engine, _ in
                try await engine.transact(Self.create)
                await #expect(throws: ObjectStoreError.self) { try await engine.transact([load(files)]) }
            }
        }
        let denied = await #expect(throws: WarehouseError.self) {
            try await TestCluster.open(schema: "public", password: "a wrong one")
        }
        #expect(denied?.kind == .denied)
        #expect(denied?.detail.contains("a wrong one") == false)
        #expect(denied?.subject.hasPrefix("redshift://") == true)
    }

    @Test func `no secret and no key stands in the SQL that is sent`() throws {
        let standIn = try RedshiftStandIn.shared()
        let secrets = Array(standIn.facts.users.values)
        for statement in try standIn.statements() {
            for secret in secrets { #expect(!statement.contains(secret)) }
            #expect(!statement.contains("ACCESS_KEY") && !statement.contains("CREDENTIALS"))
        }
    }

    @Test func `a cancelled load stops, changes nothing and frees the connection`() async throws {
        try await TestCluster.with { engine, schema in
            try await engine.transact(Self.create)
            let watcher = try await TestCluster.open(schema: schema)
            let endless = "SELECT COUNT(*) FROM pg_class a, pg_class b, pg_class c, pg_class d HAVING COUNT(*) < 0"
            let running =
                "SELECT COUNT(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT COUNT(*) FROM pg_class a%'"
            let task = Task {
                try await engine.transact([
                    .statement("INSERT INTO t (id) VALUES (1)"), .check(name: "endless", sql: endless),
                ])
            }
            while try await watcher.query(running).rows == [[.integer(0)]] { await Task.yield() }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await engine.query("SELECT COUNT(*) FROM t").rows == [[.integer(0)]])
            try await watcher.close()
        }
    }
}

private struct MissingNumber: Error {}

struct AddressTests {
    @Test(
        .enabled(if: RedshiftStandIn.runs, "\(RedshiftStandIn.skipReason)"),
        arguments: [
            (
                "redshift://ada@wg.1.eu-central-1.redshift-serverless.amazonaws.com/dev",
                "redshift://ada@wg.1.eu-central-1.redshift-serverless.amazonaws.com:5439/dev", "public"
            ),
            (
                "redshift://ada:x@c.example.org:5440/dev?schema=charging", "redshift://ada@c.example.org:5440/dev",
                "charging"
            ),
            ("redshift://[::1]/dev?sslmode=verify-full", "redshift://ada@[::1]:5439/dev", "public"),
        ]
    )
    func `an address has Redshift's port where it names none, a schema, and never shows a password`(
        text: String,
        shown: String,
        schema: String
    ) throws {
        let address = try RedshiftAddress(text, library: TestCluster.library.get())
        #expect(address.schema == schema)
        if text.contains("ada") { #expect(address.description == shown) }
        #expect(!address.description.contains("ada:x"))
        #expect(address.description.contains(":5439") || text.contains(":5440"))
    }

    @Test(.enabled(if: RedshiftStandIn.runs, "\(RedshiftStandIn.skipReason)"))
    func `a schema that would need quotes is refused`() throws {
        #expect(throws: WarehouseError.self) {
            try RedshiftAddress("redshift://h/d?schema=a%3Bb", library: TestCluster.library.get())
        }
    }
}
