import ChargingModel
import Foundation
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

/// A warehouse of the oldest schema, with rows, becomes one of this schema.
@Suite(.enabled(if: TestDatabase.runs, "no DuckDB library: make setup"))
struct UpgradeTests {
    private let now = UTCTime(seconds: 1_795_000_000)

    /// The oldest schema with the rows that its code loaded.
    private func oldest() async throws -> DuckDBEngine {
        let engine = try await TestDatabase.inMemory()
        let path = PackageRoot.appending("Tests/WarehouseDuckDBTests/Fixtures/schema1-rows.sql")
        let rows = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: ";\n\n")
        let statements = try Migrations.all[0].statements(for: .duckDB) + rows
        try await engine.transact(statements.map(TransactionStep.statement))
        return engine
    }

    @Test func `the oldest schema is brought to the present one and keeps its rows`() async throws {
        let engine = try await oldest()
        var before: [String: ResultTable] = [:]
        for table in try await tables(of: engine) {
            let names = try await columns(of: table, in: engine).map(\.name)
            let list = names.joined(separator: ", ")
            before[table] = try await engine.query("SELECT \(list) FROM \(table) ORDER BY \(list)", [])
        }
        #expect(before["fact_point_status"]?.rows.count ?? 0 > 0 && before["etl_poll"]?.rows.count == 24)
        let applied = try await WarehouseMigrator.migrate(engine, now: now)
        #expect(applied.map(\.version) == Migrations.all.map(\.version).filter { $0 > 1 })
        for (table, rows) in before where table != "etl_schema_version" {
            let kept = Set(try await columns(of: table, in: engine).map(\.name))
            let lost = Set(rows.columns).subtracting(kept)
            #expect(lost.isSubset(of: ["parking_sensor_status"]), "\(table) lost a column that did not move")
            let places = rows.columns.indices.filter { kept.contains(rows.columns[$0]) }
            let list = places.map { rows.columns[$0] }.joined(separator: ", ")
            let after = try await engine.query("SELECT \(list) FROM \(table) ORDER BY \(list)", []).rows
            #expect(Set(after) == Set(rows.rows.map { row in places.map { row[$0] } }), "\(table)")
            #expect(after.count == rows.rows.count, "\(table)")
        }
        try await engine.close()
    }

    @Test func `an upgraded warehouse has the shape of a new one`() async throws {
        let upgraded = try await oldest()
        try await WarehouseMigrator.migrate(upgraded, now: now)
        let fresh = try await TestDatabase.inMemory()
        try await WarehouseMigrator.migrate(fresh, now: now)
        #expect(try await tables(of: upgraded) == tables(of: fresh))
        for table in try await tables(of: fresh) {
            #expect(try await columns(of: table, in: upgraded) == columns(of: table, in: fresh), "\(table)")
        }
        for table in Schema.tables {
            #expect(try await columns(of: table.name, in: fresh).map(\.name) == table.columnNames)
        }
        try await upgraded.close()
        try await fresh.close()
    }

    @Test func `the frozen statements of schema 1 are those that made it`() async throws {
        let engine = try await oldest()
        // The checksum in the fixture was written by the code of that time: migrating would be refused otherwise.
        #expect(try await WarehouseMigrator.version(of: engine) == 1)
        try await WarehouseMigrator.migrate(engine, now: now)
        #expect(try await WarehouseMigrator.version(of: engine) == Migrations.currentVersion)
        try await engine.close()
    }

    private struct Column: Hashable {
        var name: String
        var type: String
        var isNullable: String
    }

    private func columns(of table: String, in engine: DuckDBEngine) async throws -> [Column] {
        let sql = """
            SELECT column_name, data_type, is_nullable FROM information_schema.columns
            WHERE table_name = ? ORDER BY ordinal_position
            """
        return try await engine.query(sql, [.text(table)]).rows.compactMap { row in
            guard case .text(let name) = row[0], case .text(let type) = row[1], case .text(let nullable) = row[2] else {
                return nil
            }
            return Column(name: name, type: type, isNullable: nullable)
        }
    }

    private func tables(of engine: DuckDBEngine) async throws -> [String] {
        let sql = "SELECT table_name FROM information_schema.tables ORDER BY table_name"
        return try await engine.query(sql, []).rows.compactMap { row in
            if case .text(let name) = row[0] { name } else { nil }
        }
    }
}
