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
        let tables = try await engine.query(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' ORDER BY table_name"
        )
        #expect(tables.rows == (Schema.tables.map(\.name) + Schema.views.map(\.name)).sorted().map { [.text($0)] })
        let statuses = try await engine.query("SELECT status_key, code, category FROM dim_status ORDER BY status_key")
        let expected = ChargingStatus.allCases.map { status -> [SQLValue] in
            [.integer(Int64(status.key)), .text(status.rawValue), .text(status.category.rawValue)]
        }
        #expect(statuses.rows == expected)
        try await engine.close()
    }

    @Test func `the mart's views and columns carry their comments`() async throws {
        let engine = try await TestDatabase.inMemory()
        try await WarehouseMigrator.migrate(engine, now: now)
        let views = try await engine.query("SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'mart'")
        #expect(Set(views.rows) == Set(Mart.views.map { [.text($0.name), .text($0.grain)] }))
        let columns = try await engine.query(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = 'mart'"
        )
        let expected = Mart.views.flatMap { view in
            view.columns.map { column -> [SQLValue] in [.text(view.name), .text(column.name), .text(column.comment)] }
        }
        #expect(Set(columns.rows) == Set(expected))
        let sql = "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'mart'"
        for row in try await engine.query(sql).rows where row[1] == .text("HUGEINT") {
            Issue.record("\(row[0]) is wider than what tools read")
        }
        try await engine.close()
    }

    @Test func `a second migration changes nothing`() async throws {
        let engine = try await TestDatabase.inMemory()
        try await WarehouseMigrator.migrate(engine, now: now)
        #expect(try await WarehouseMigrator.migrate(engine, now: now.adding(seconds: 60)).isEmpty)
        let times = try await engine.query("SELECT DISTINCT applied_at FROM etl_schema_version").rows
        #expect(times == [[.timestamp(now)]])
        #expect(try await WarehouseMigrator.version(of: engine) == Migrations.currentVersion)
        try await engine.close()
    }

    @Test func `a newer warehouse and another history are refused`() async throws {
        let engine = try await TestDatabase.inMemory()
        try await WarehouseMigrator.migrate(engine, now: now)
        try await engine.transact([.statement("UPDATE etl_schema_version SET checksum = 'x' WHERE version = 1")])
        let changed = await #expect(throws: WarehouseError.self) {
            try await WarehouseMigrator.migrate(engine, now: now)
        }
        #expect(changed?.kind == .schemaMismatch)
        try await engine.transact([.statement("UPDATE etl_schema_version SET version = 99 WHERE version = 1")])
        let newer = await #expect(throws: WarehouseError.self) { try await WarehouseMigrator.migrate(engine, now: now) }
        #expect(newer?.kind == .schemaMismatch)
        #expect(newer?.detail.contains("schema version 99") == true)
        try await engine.close()
    }

    @Test func `every duplicate check runs and finds nothing in an empty warehouse`() async throws {
        let engine = try await TestDatabase.inMemory()
        try await WarehouseMigrator.migrate(engine, now: now)
        try await engine.transact(Schema.tables.flatMap { $0.duplicateChecks() })
        try await engine.close()
    }

    @Test func `the calendar's statements make the rows of the calendar, once`() async throws {
        let engine = try await TestDatabase.inMemory()
        try await WarehouseMigrator.migrate(engine, now: now)
        let first = try #require(UTCDay("2026-01-01"))
        let last = try #require(UTCDay("2027-03-31"))
        let zones: Set = ["Europe/Berlin", "Asia/Kolkata"]
        let duration = try await ContinuousClock().measure {
            try await engine.transact(WarehouseCalendar.steps(toCover: first...last, zones: zones, in: .duckDB))
        }
        print("calendar of 455 days in 3 zones: \(duration)")
        // Again, and overlapping.
        try await engine.transact(
            WarehouseCalendar.steps(toCover: first.advanced(by: 9)...last.next, zones: zones, in: .duckDB)
        )
        for zone in zones.union(["UTC"]) {
            let found = try await engine.query(
                """
                SELECT hour_utc, hour_end, utc_date, local_ts, local_date, local_hour, iso_dow, hour_of_week, \
                utc_offset_s, is_dst FROM dim_hour WHERE tz_name = ? ORDER BY hour_utc
                """,
                [.text(zone)]
            )
            let expected = try (first...last.next).flatMap { try WarehouseCalendar.hours(of: $0, zone: zone) }
            #expect(found.rows == expected.map(Self.values))
        }
        let dates = try await engine.query(
            "SELECT local_date, iso_week, iso_dow, season FROM dim_date ORDER BY local_date"
        )
        let expectedDates = (first.previous...last.next.next).map { day -> [SQLValue] in
            let row = CalendarDate(day)
            return [.date(day), .integer(Int64(row.isoWeek)), .integer(Int64(day.isoWeekday)), .text(row.season)]
        }
        #expect(dates.rows == expectedDates)
        try await engine.close()
    }

    private static func values(_ hour: CalendarHour) -> [SQLValue] {
        [
            .timestamp(hour.hour), .timestamp(hour.hour.adding(seconds: 3_600)), .date(hour.hour.day),
            .timestamp(hour.localTime), .date(hour.localDate), .integer(Int64(hour.localHour)),
            .integer(Int64(hour.localDate.isoWeekday)), .integer(Int64(hour.hourOfWeek)),
            .integer(Int64(hour.utcOffset)), .boolean(hour.isDaylightSaving),
        ]
    }
}
