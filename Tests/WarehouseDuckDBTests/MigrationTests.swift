import ChargingModel
import Testing
import Warehouse
import WarehouseDuckDB

@Suite(.enabled(if: TestDatabase.runs, "no DuckDB library: make setup"))
struct MigrationTests {
    private let now = UTCTime(seconds: 1_772_323_200)

    @Test func `an empty database gets every table and the statuses`() async throws {
        let engine = try await TestDatabase.inMemory()
        let applied = try await WarehouseMigrator.migrate(engine, now: now)
        #expect(applied.map(\.version) == Migrations.all.map(\.version))
        let tables = try await engine.query("SELECT table_name FROM information_schema.tables ORDER BY table_name")
        #expect(tables.rows == Schema.tables.map(\.name).sorted().map { [.text($0)] })
        let statuses = try await engine.query("SELECT status_key, code, category FROM dim_status ORDER BY status_key")
        let expected = ChargingStatus.allCases.map { status -> [SQLValue] in
            [.integer(Int64(status.key)), .text(status.rawValue), .text(status.category.rawValue)]
        }
        #expect(statuses.rows == expected)
        try await engine.close()
    }
}
