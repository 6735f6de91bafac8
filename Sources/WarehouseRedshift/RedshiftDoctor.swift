public import ChargingModel
import Foundation
import Warehouse

/// Tries on a real cluster what could not be proved without one, in a schema of its own that it removes.
public struct RedshiftDoctor: Sendable {
    /// What one examination found.
    public struct Finding: Sendable, Hashable {
        /// What was tried.
        public let name: String
        /// Whether the cluster does what Chargehouse relies on.
        public let isGood: Bool
        /// What was seen, or the cluster's own message.
        public let detail: String
    }

    /// The schema, which must not exist.
    let schema: String
    /// Opens an engine whose search path is the schema.
    let open: @Sendable () async throws -> RedshiftEngine
    /// Becomes the time of the migrations.
    let now: UTCTime

    /// Describes an examination.
    public init(schema: String, now: UTCTime, open: @escaping @Sendable () async throws -> RedshiftEngine) {
        self.schema = schema
        self.now = now
        self.open = open
    }

    /// Examines the cluster.
    ///
    /// - Returns: What was found, in order; examinations go on after a bad finding.
    /// - Throws: Where the cluster cannot be reached, or lets us create no schema: nothing is left behind then.
    public func examine() async throws -> [Finding] {
        let engine = try await open()
        var findings: [Finding] = []
        do {
            let version = try await engine.query("SELECT version()").rows.first?.first
            guard case .text(let text)? = version else { throw Unexpected(description: "no version") }
            findings.append(Finding(name: "connection", isGood: text.contains("Redshift"), detail: text))
            _ = try await engine.query("CREATE SCHEMA \(schema)")
        } catch {
            try await engine.close()
            throw error
        }
        findings.append(await finding("schema and views") { try await schemaIsMade(engine) })
        findings.append(await finding("copy of ten rows") { try await rowsArrive(engine) })
        findings.append(await finding("copy of a file in place") { try await fileIsCopiedInPlace(engine) })
        findings.append(await finding("guards") { try await guardsRollBack(engine) })
        findings.append(await finding("refused rows are read back") { try await refusedRowsAreNamed(engine) })
        findings.append(await finding("keys are not enforced") { try await duplicatesAreFound(engine) })
        findings.append(await finding("writers that lose are tried again") { try await losersWrite(engine) })
        findings.append(
            await finding("clean-up") {
                let mart = Mart.Place(schema: schema).mart
                _ = try await engine.query("DROP SCHEMA IF EXISTS \(mart) CASCADE")
                _ = try await engine.query("DROP SCHEMA \(schema) CASCADE")
                return "schemas \(schema) and \(mart) are removed"
            }
        )
        try await engine.close()
        return findings
    }

    struct Unexpected: Error, CustomStringConvertible {
        let description: String
    }

    private func finding(_ name: String, _ body: () async throws -> String) async -> Finding {
        do {
            return Finding(name: name, isGood: true, detail: try await body())
        } catch let error as WarehouseError {
            return Finding(name: name, isGood: false, detail: "\(error.subject): \(error.detail)")
        } catch {
            return Finding(name: name, isGood: false, detail: "\(error)")
        }
    }

    private func schemaIsMade(_ engine: RedshiftEngine) async throws -> String {
        try await WarehouseMigrator.migrate(engine, now: now)
        let mart = Mart.Place(schema: schema).mart
        let views = Schema.views.map(\.name) + Mart.views.map { "\(mart).\($0.name)" }
        for view in views { _ = try await engine.query("SELECT * FROM \(view) LIMIT 1") }
        return "\(Schema.tables.count) tables, \(views.count) views"
    }

    // MARK: Rows

    private static let columns = [
        ColumnDefinition("id", .bigint, isRequired: true), ColumnDefinition("note", .text(40)),
        ColumnDefinition("at", .timestamp), ColumnDefinition("is_on", .boolean), ColumnDefinition("extra", .json),
    ]
    private static let notes = [
        "plain", "a,b", "say \"x\"", "two\nlines", #"C:\temp\"#, "äöü ß", "😀 👍🏽", " blanks ", "it's; -- no end", "",
    ]

    /// Loads rows in the form of flat files.
    private func load(_ rows: String, through engine: RedshiftEngine) async throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(schema)-\(UUID().uuidString).csv.gz").path
        try GzipPart.writeFlatFile(Self.columns.map(\.name).joined(separator: ",") + "\n" + rows, to: path)
        defer { GzipPart.remove(path) }
        try await engine.transact([
            .bulkLoad(BulkLoad(table: "doctor_sample", columns: Self.columns, files: [path]))
        ])
    }

    private func rowsArrive(_ engine: RedshiftEngine) async throws -> String {
        try await engine.transact([
            .statement(
                "CREATE TABLE doctor_sample (id BIGINT NOT NULL, note VARCHAR(80), at TIMESTAMP, is_on BOOLEAN, "
                    + "extra SUPER, PRIMARY KEY (id))"
            )
        ])
        let rows = Self.notes.enumerated().map { number, note in
            "\(number),\"\(note.replacing("\"", with: "\"\""))\",2026-03-29 01:00:00.5,true,\"{\"\"a\"\":[1,null]}\"\n"
        }
        try await load(rows.joined(), through: engine)
        let found = try await engine.query("SELECT note, at, is_on, extra FROM doctor_sample ORDER BY id").rows
        let time = SQLValue.timestamp(UTCTime(microseconds: 1_774_746_000_500_000))
        let expected = Self.notes.map { [.text($0), time, .boolean(true), SQLValue.text(#"{"a":[1,null]}"#)] }
        for (number, (found, expected)) in zip(found, expected).enumerated() where found != expected {
            throw Unexpected(description: "row \(number) is \(found) (expected \(expected))")
        }
        guard found.count == expected.count else {
            throw Unexpected(description: "\(found.count) rows (expected \(expected.count))")
        }
        return "\(found.count) rows equal, with quotes, line feeds, backslashes, umlauts, emoji"
    }

    private func guardsRollBack(_ engine: RedshiftEngine) async throws -> String {
        do {
            try await engine.transact([
                .statement("DELETE FROM doctor_sample"),
                .check(name: "must fail", sql: "SELECT COUNT(*) FROM doctor_sample"),
            ])
            throw Unexpected(description: "a transaction with a failed check was committed")
        } catch let error as WarehouseError where error.kind == .checkFailed {
            let count = try await number("SELECT COUNT(*) FROM doctor_sample", engine)
            guard count == Self.notes.count else {
                throw Unexpected(description: "\(count) rows after a rollback (expected \(Self.notes.count))")
            }
            return "a failed check rolled its delete back"
        }
    }

    private func refusedRowsAreNamed(_ engine: RedshiftEngine) async throws -> String {
        do {
            try await load("1,good,\\N,true,\\N\n2,bad,no time,true,\\N\n", through: engine)
            throw Unexpected(description: "a row with \"no time\" as its time was loaded")
        } catch let error as WarehouseError where error.kind == .loadFailed {
            guard error.detail.contains("column at") else { throw error }
            return error.detail
        }
    }

    private func duplicatesAreFound(_ engine: RedshiftEngine) async throws -> String {
        try await engine.transact([.statement("INSERT INTO doctor_sample SELECT * FROM doctor_sample WHERE id = 1")])
        let twice = try await number("SELECT COUNT(*) FROM doctor_sample WHERE id = 1", engine)
        guard twice == 2 else { throw Unexpected(description: "key 1 stands \(twice) times (expected twice)") }
        return "a key was inserted twice, and a query over it finds that"
    }

    private func losersWrite(_ engine: RedshiftEngine) async throws -> String {
        try await engine.transact([
            .statement("CREATE TABLE doctor_counter (n BIGINT)"), .statement("INSERT INTO doctor_counter VALUES (0)"),
        ])
        let (writers, times) = (3, 3)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<writers { group.addTask { try await increment(times) } }
            try await group.waitForAll()
        }
        let found = try await number("SELECT n FROM doctor_counter", engine)
        guard found == writers * times else {
            throw Unexpected(
                description: "\(found) after \(writers) writers wrote \(times) times (expected \(writers * times))"
            )
        }
        return "\(writers) writers at once, nothing lost"
    }

    private func number(_ sql: String, _ engine: RedshiftEngine) async throws -> Int {
        guard case .integer(let number)? = try await engine.query(sql).rows.first?.first else { return 0 }
        return Int(number)
    }

    private func increment(_ times: Int) async throws {
        let writer = try await open()
        do {
            for _ in 0..<times {
                try await writer.transact([
                    .check(name: "counter", sql: "SELECT n FROM doctor_counter WHERE n < 0"),
                    .statement("UPDATE doctor_counter SET n = n + 1"),
                ])
            }
        } catch {
            try await writer.close()
            throw error
        }
        try await writer.close()
    }
}
