import ChargingModel
import Cleaning
import Foundation
import TestSupport
import Testing
import Warehouse

struct SchemaTests {
    @Test func `the DDL for DuckDB is the golden file's`() throws {
        let text = try Schema.createStatements(in: .duckDB).map { $0 + ";\n" }.joined(separator: "\n")
        try Golden.check(text, file: "schema.duckdb.sql")
    }

    @Test func `the first schema on PostgreSQL is the golden file's`() throws {
        let statements = try Migrations.all[1].statements(for: .postgreSQL)
        try Golden.check(statements.map { $0 + ";\n" }.joined(separator: "\n"), file: "schema.postgresql.sql")
    }

    @Test func `PostgreSQL gets a part of each large table for each month of the days`() throws {
        let days = try ["2026-12-31", "2027-01-01", "2027-01-02"].map { try #require(UTCDay($0)) }
        let statements = Partitions.steps(for: days, in: .postgreSQL)
        #expect(statements.count == 6)
        let sql = """
            CREATE TABLE IF NOT EXISTS fact_point_status_2026_12 PARTITION OF fact_point_status
            FOR VALUES FROM ('2026-12-01') TO ('2027-01-01')
            """
        #expect(statements.first == .statement(sql))
        #expect(Partitions.steps(for: days, in: .duckDB).isEmpty)
    }

    @Test(arguments: Schema.tables)
    func `a table is well formed`(table: TableDefinition) {
        let names = Set(table.columnNames)
        #expect(names.count == table.columns.count, "column names are unique")
        #expect(names.isSuperset(of: table.primaryKey + table.sortKey + table.uniqueKeys.flatMap(\.self)))
        #expect(table.name.firstMatch(of: /^(dim|map|fact|agg|etl)_[a-z_]+$/) != nil)
        #expect(table.grain.hasPrefix("One row per "))
        for column in table.columns {
            #expect(column.name.firstMatch(of: /^[a-z][a-z0-9_]*$/) != nil)
            #expect(!column.meaning.isEmpty, "\(table.name).\(column.name) has a meaning")
            #expect(column.isRequired == (column.nullMeaning == nil), "\(table.name).\(column.name)")
            #expect(!column.isRequired || !table.primaryKey.isEmpty || table.name == "etl_reject")
        }
        for key in table.primaryKey {
            #expect(table.columns.contains { $0.name == key && $0.isRequired }, "keys are required")
        }
    }

    @Test(arguments: [
        ("dim_operator", "etl_operator_version", "operator"),
        ("dim_charging_station", "etl_station_version", "station"),
        ("dim_charging_point", "etl_point_version", "point"), ("dim_connector", "etl_connector_version", "connector"),
    ])
    func `a dimension and what the slices saw share their attributes`(
        dimension: String,
        version: String,
        object: String
    ) throws {
        let scd2: Set = ["valid_from", "valid_to", "is_current", "change_mask", "last_seen", "first_load_id"]
        let first = try #require(Schema.table(dimension)).columns
            .filter { !scd2.contains($0.name) && !["\(object)_sk", "source_point_key"].contains($0.name) }
        let run: Set = ["utc_date", "load_id", "seen_from", "seen_to", "settles_at", "feed_key", "reuse_point_id"]
        let second = try #require(Schema.table(version)).columns
            .filter { !run.contains($0.name) && $0.name != "\(object)_sk" }
        #expect(Set(first.filter { $0.name != "feed_key" }).map(\.name).sorted() == Set(second).map(\.name).sorted())
    }

    @Test func `duplicate checks name table and key and can be limited to a slice`() throws {
        let table = try #require(Schema.table("dim_feed"))
        let checks = table.duplicateChecks(where: "feed_key = 1")
        #expect(checks.count == 2)
        guard case .check(let name, let sql)? = checks.last else {
            Issue.record("not a check")
            return
        }
        #expect(name == "dim_feed: one row per feed_id")
        #expect(
            sql == "SELECT feed_id, COUNT(*) AS row_count FROM dim_feed WHERE feed_key = 1 "
                + "GROUP BY feed_id HAVING COUNT(*) > 1 ORDER BY feed_id"
        )
    }
}

struct DataDictionaryTests {
    @Test func `the committed data dictionary is the schema's`() throws {
        let path = PackageRoot.appending("docs/data-dictionary.md")
        let text = DataDictionary.markdown()
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let committed = try String(contentsOfFile: path, encoding: .utf8)
        if let difference = Golden.firstDifference(found: text, expected: committed) {
            Issue.record("docs/data-dictionary.md: \(difference); next: UPDATE_GOLDEN=1 swift test")
        }
    }
}

/// `docs/methods/history.md` says which attributes make a version.
struct HistoryDocumentTests {
    private static let files: [(String, FlatFileKind)] = [
        ("operator", .operators), ("station", .chargingStations), ("point", .chargingPoints),
        ("connector", .connectors),
    ]

    @Test func `the table of attributes is that of the program`() throws {
        let rows = Self.files.map { name, file in
            let cells = AttributeGroup.allCases.map { group in
                file.versionedAttributes.filter { $0.group == group }.map(\.column).joined(separator: ", ")
            }
            return "| \(name) | \(cells.joined(separator: " | ")) |"
        }
        let document = try String(contentsOfFile: PackageRoot.appending("docs/methods/history.md"), encoding: .utf8)
        for row in rows { #expect(document.contains(row + "\n"), "expected: \(row)") }
    }

    @Test(arguments: files.map(\.1))
    func `every attribute that makes a version is a column of its file`(file: FlatFileKind) {
        let columns = Set(file.columns.map(\.name))
        #expect(!file.versionedAttributes.isEmpty)
        for attribute in file.versionedAttributes { #expect(columns.contains(attribute.column), "\(attribute.column)") }
    }
}
