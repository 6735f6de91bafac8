import ChargingModel
import Foundation
import TestSupport
import Testing
import Warehouse
import WarehousePostgres

@Suite(.enabled(if: PostgresServer.runs, "\(PostgresServer.skipReason)"))
struct BulkLoadTests {
    private static let columns: [ColumnDefinition] = [
        ColumnDefinition("id", .bigint), ColumnDefinition("note", .text(100)), ColumnDefinition("at", .timestamp),
        ColumnDefinition("day", .date), ColumnDefinition("power_kw", .double), ColumnDefinition("flag", .boolean),
        ColumnDefinition("extra", .json), ColumnDefinition("lat", .coordinate),
    ]
    private static let header = "id,note,at,day,power_kw,flag,extra,lat\n"

    /// Runs a body with an engine that has the table `t`, and a folder.
    private func withTable(_ body: (PostgresEngine, String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let engine = try await TestServer.engine()
            let types = Self.columns.map { "\"\($0.name)\" \(SQLDialect.postgreSQL.typeName($0.type))" }
            try await engine.transact([.statement("CREATE TABLE t (\(types.joined(separator: ", ")), other INTEGER)")])
            try await body(engine, folder)
            try await engine.close()
        }
    }

    private func notes(_ engine: PostgresEngine) async throws -> [SQLValue] {
        try await engine.query("SELECT note FROM t ORDER BY id").rows.map { $0[0] }
    }

    @Test func `a row of every type is read as it was written`() async throws {
        try await withTable { engine, folder in
            let row = "-9223372036854775808,x,2026-03-01 10:20:00.25,2026-03-01,0.1,true,\"{\"\"a\"\":1}\",50.937531\n"
            try GzipFile.write(
                Self.header + row + "2" + String(repeating: ",\\N", count: 7) + "\n",
                to: folder + "/a.gz"
            )
            try await engine.transact([
                .bulkLoad(BulkLoad(table: "t", columns: Self.columns, files: [folder + "/a.gz"]))
            ])
            let found = try await engine.query("SELECT * FROM t ORDER BY id")
            let time = try #require(UTCTime("2026-03-01T10:20:00.25Z"))
            #expect(
                found.rows == [
                    [
                        .integer(.min), .text("x"), .timestamp(time), .date(time.day), .double(0.1), .boolean(true),
                        .text("{\"a\":1}"), .double(50.937531), .null,
                    ],
                    [.integer(2)] + Array(repeating: .null, count: 8),
                ]
            )
        }
    }

    @Test func `quotes, line breaks, separators, umlauts and backslashes survive`() async throws {
        let texts = [
            "say \"hello\", twice", "CR\rLF\nboth\r\nend", "a;b,c", "\\N", "", "Köln ß 充电 🔌", "\\", "'", "\"",
            " blank ",
            "NULL", "nul,\"\\N\",x", "tab\tend", "\\.", "a\n\\.\nb", "\n\\.\n", "\r\n\\.\r\n",
        ]
        try await withTable { engine, folder in
            var file = "id,note\n"
            for (index, text) in texts.enumerated() {
                file += "\(index),\"\(text.replacing("\"", with: "\"\""))\"\n"
            }
            file += "\(texts.count),\\N\n\(texts.count + 1),\n"
            try GzipFile.write(file, to: folder + "/odd.csv.gz")
            let columns = Array(Self.columns.prefix(2))
            try await engine.transact([
                .bulkLoad(BulkLoad(table: "t", columns: columns, files: [folder + "/odd.csv.gz"]))
            ])
            #expect(try await notes(engine) == texts.map(SQLValue.text) + [.null, .text("")])
        }
    }

    @Test func `many rows with line breaks in quotes are all read`() async throws {
        try await withTable { engine, folder in
            var file = "id,note\n"
            for index in 0..<40_000 { file += "\(index),\"\(index)\r\n\"\"é\"\"\n\(index % 7)\"\n" }
            try GzipFile.write(file, to: folder + "/many.csv.gz")
            let load = BulkLoad(table: "t", columns: Array(Self.columns.prefix(2)), files: [folder + "/many.csv.gz"])
            try await engine.transact([.bulkLoad(load)])
            let expected = "id || chr(13) || chr(10) || '\"é\"' || chr(10) || (id % 7)"
            let found = try await engine.query(
                "SELECT count(*), count(DISTINCT id), sum(CASE WHEN note = \(expected) THEN 1 ELSE 0 END) FROM t"
            )
            #expect(found.rows == [[.integer(40_000), .integer(40_000), .integer(40_000)]])
        }
    }

    @Test func `files with a header only, odd names and no files are taken`() async throws {
        try await withTable { engine, folder in
            let columns = Array(Self.columns.prefix(2))
            let names = ["empty.csv.gz", "it's [1]*?.csv.gz", "ü b.csv.gz"].map { "\(folder)/\($0)" }
            try GzipFile.write("id,note\n", to: names[0])
            try GzipFile.write("id,note\n1,a\n", to: names[1])
            try GzipFile.write("id,note\n2,b\n", to: names[2])
            try await engine.transact([
                .bulkLoad(BulkLoad(table: "t", columns: columns, files: names)),
                .bulkLoad(BulkLoad(table: "t", columns: columns, files: [])),
            ])
            #expect(try await notes(engine) == [.text("a"), .text("b")])
        }
    }

    @Test(arguments: ["x,a\n", "1\n", "1,a,b\n", "1,\"open\n", "99999999999999999999,a\n"])
    func `a bad row refuses the whole load and names the file`(row: String) async throws {
        try await withTable { engine, folder in
            try GzipFile.write("id,note\n1,fine\n", to: folder + "/good.csv.gz")
            try GzipFile.write("id,note\n" + row, to: folder + "/bad.csv.gz")
            let error = await #expect(throws: WarehouseError.self) {
                let files = ["good", "bad"].map { "\(folder)/\($0).csv.gz" }
                let columns = Array(Self.columns.prefix(2))
                try await engine.transact([.bulkLoad(BulkLoad(table: "t", columns: columns, files: files))])
            }
            #expect(error?.kind == .loadFailed)
            #expect(error?.subject.contains("bad.csv.gz") == true)
            #expect(try await notes(engine) == [])
        }
    }

    @Test(arguments: [
        ("other,note\n1,a\n", 0), ("id,note", 0), ("id,note\n1,a", 0), ("", 0), ("id,note\n1,a\n", 6),
    ])
    func `a file with another header, or cut anywhere, refuses the load and is named`(text: String, cut: Int)
        async throws
    {
        try await withTable { engine, folder in
            try GzipFile.write("id,note\n1,fine\n", to: folder + "/good.csv.gz")
            try GzipFile.write(text, to: folder + "/bad.csv.gz")
            let url = URL(fileURLWithPath: folder + "/bad.csv.gz")
            try Data(contentsOf: url).dropLast(cut).write(to: url)
            let files = ["good", "bad"].map { "\(folder)/\($0).csv.gz" }
            let load = BulkLoad(table: "t", columns: Array(Self.columns.prefix(2)), files: files)
            let error = await #expect(throws: WarehouseError.self) { try await engine.transact([.bulkLoad(load)]) }
            #expect(error?.kind == .loadFailed)
            #expect(error?.subject.contains("bad.csv.gz") == true)
            #expect(try await notes(engine) == [])
        }
    }

    @Test func `two hundred and sixty-six files load in one call`() async throws {
        try await withTable { engine, folder in
            let files = try (0..<266).map { file in
                let rows = (0..<60).map { "\(file * 60 + $0),row \($0)" }
                let path = "\(folder)/\(file).csv.gz"
                try GzipFile.write("id,note\n" + rows.joined(separator: "\n") + "\n", to: path)
                return path
            }
            let load = BulkLoad(table: "t", columns: Array(Self.columns.prefix(2)), files: files)
            let duration = try await ContinuousClock().measure { try await engine.transact([.bulkLoad(load)]) }
            print("bulk load of 266 files of 60 rows: \(duration)")
            #expect(try await engine.query("SELECT count(*) FROM t").rows == [[.integer(15_960)]])
        }
    }
}
