import ChargingModel
import Synchronization
import TestSupport
import Testing
import Warehouse

/// What the model writes for Redshift, before any cluster sees it.
struct GrammarTests {
    @Test func `the DDL for Redshift is the golden file's`() throws {
        let tables = try Schema.createStatements(in: .redshift)
        let views = Schema.views.map { $0.createStatement(in: .redshift) }
        try Golden.check((tables + views).map { $0 + ";\n" }.joined(separator: "\n"), file: "schema.redshift.sql")
    }

    @Test(arguments: Schema.tables)
    func `a table names all encodings or none, raw for its first sort column, and widths within 65,535 bytes`(
        table: TableDefinition
    ) throws {
        let lines = try table.createStatement(in: .redshift).split(separator: "\n")
            .filter { line in table.columnNames.contains { line.hasPrefix("    \($0) ") } }
        #expect(lines.count == table.columns.count)
        let encoded = lines.filter { $0.contains(" ENCODE ") }
        #expect(encoded.count == (table.distribution == .all ? 0 : lines.count))
        if let first = table.sortKey.first, table.distribution != .all {
            #expect(encoded.contains { $0.hasPrefix("    \(first) ") && $0.contains("ENCODE raw") })
        }
        for line in lines {
            let width = line.firstMatch(of: /VARCHAR\((\d+)\)/).flatMap { Int($0.output.1) }
            #expect(width ?? 1 <= 65_535)
        }
    }

    @Test func `views on Redshift are bound late and name the schema of each table`() {
        for view in Schema.views {
            let sql = view.createStatement(in: .redshift)
            #expect(sql.hasSuffix("WITH NO SCHEMA BINDING"))
            for name in Schema.tables.map(\.name) where view.query.contains(" \(name) ") {
                #expect(sql.contains("{schema}.\(name) "), "\(view.name): \(name)")
            }
        }
    }

    @Test func `a backslash in a literal is a function, whatever the cluster takes it for`() {
        #expect(SQLDialect.redshift.literal(#"a\b'c"#) == #"('a' || CHR(92) || 'b''c')"#)
        #expect(SQLDialect.redshift.literal("a'c") == "'a''c'")
        #expect(SQLDialect.duckDB.literal(#"a\b"#) == #"'a\b'"#)
    }

    @Test(.enabled(if: RedshiftStandIn.runs, "\(RedshiftStandIn.skipReason)"))
    func `SQLFluff and the deny-list find nothing in the schema and its migrations`() async throws {
        let recorder = RecordingEngine()
        try await WarehouseMigrator.migrate(recorder, now: UTCTime(seconds: 1_800_000_000))
        let migrations = recorder.statements.withLock { $0 }
        #expect(migrations.count > Schema.tables.count + Schema.views.count)
        #expect(migrations.contains { $0.hasPrefix("CREATE VIEW charging_mart.point_hour AS") })
        let found = try RedshiftStandIn.gate(migrations)
        #expect(found == [])
        let refused = try RedshiftStandIn.gate(["CREATE UNIQUE INDEX i ON t (a)"])
        #expect(!refused.isEmpty)
    }
}

/// Keeps statements instead of running them.
private final class RecordingEngine: WarehouseEngine {
    let dialect = SQLDialect.redshift
    let statements = Mutex<[String]>([])

    func transact(_ steps: [TransactionStep]) async throws {
        for case .statement(let sql) in steps { statements.withLock { $0.append(sql) } }
    }

    func query(_ sql: String, _ parameters: [SQLValue]) async throws -> ResultTable {
        statements.withLock { $0.append(sql) }
        return ResultTable(columns: [], rows: sql == "SELECT CURRENT_SCHEMA()" ? [[.text("charging")]] : [])
    }

    func close() async throws {}
}
