import ChargingModel
import Testing
import Warehouse
import WarehouseDuckDB

/// The calendar as the warehouse has it, over years with clock changes, leap days and a week 53.
@Suite(.enabled(if: TestDatabase.runs, "no DuckDB library: make setup"))
struct CalendarTableTests {
    private func calendar(_ from: String, _ to: String, zones: Set<String>) async throws -> DuckDBEngine {
        let engine = try await TestDatabase.inMemory()
        try await WarehouseMigrator.migrate(engine, now: UTCTime(seconds: 1_795_000_000))
        let first = try #require(UTCDay(from))
        let last = try #require(UTCDay(to))
        try await engine.transact(WarehouseCalendar.steps(toCover: first...last, zones: zones, in: .duckDB))
        return engine
    }

    @Test func `local days of a year have 24 hours but for the two of the clock changes`() async throws {
        let engine = try await calendar("2023-12-31", "2025-01-01", zones: ["Europe/Berlin"])
        let sql = """
            SELECT CAST(local_date AS VARCHAR), COUNT(*) FROM dim_hour
            WHERE tz_name = 'Europe/Berlin' AND local_date BETWEEN DATE '2024-01-01' AND DATE '2024-12-31'
            GROUP BY local_date ORDER BY local_date
            """
        let rows = try await engine.query(sql, []).rows
        #expect(rows.count == 366, "a leap year")
        #expect(rows.contains([.text("2024-02-29"), .integer(24)]))
        #expect(
            rows.filter { $0[1] != .integer(24) } == [
                [.text("2024-03-31"), .integer(23)], [.text("2024-10-27"), .integer(25)],
            ]
        )
        try await engine.close()
    }

    @Test func `each hour of the week of a year has its seconds, the changes' hours one less and one more`()
        async throws
    {
        let engine = try await calendar("2026-01-01", "2026-12-31", zones: ["Europe/Berlin"])
        let sql = """
            SELECT hour_of_week, SUM(CASE WHEN is_dst THEN 0 ELSE 1 END), COUNT(*) FROM dim_hour
            WHERE tz_name = 'Europe/Berlin' AND local_date IN (DATE '2026-03-29', DATE '2026-10-25')
            GROUP BY hour_of_week ORDER BY hour_of_week
            """
        let rows = try await engine.query(sql, []).rows
        #expect(rows.count == 24)
        // Sunday 02-03 is left out in March and comes twice in October.
        #expect(rows.allSatisfy { $0[2] == .integer(2) })
        #expect(rows.first == [.integer(144), .integer(1), .integer(2)])
        try await engine.close()
    }

    @Test func `week 53 goes over the turn of the year`() async throws {
        let engine = try await calendar("2026-12-25", "2027-01-05", zones: [])
        let sql = "SELECT CAST(local_date AS VARCHAR) FROM dim_date WHERE iso_week = 53 ORDER BY local_date"
        let days = try await engine.query(sql, []).rows.map { $0[0] }
        #expect(days.first == .text("2026-12-28") && days.last == .text("2027-01-03") && days.count == 7)
        try await engine.close()
    }

    @Test func `holidays are those of the years of the days, once, whatever is loaded again`() async throws {
        let engine = try await calendar("2026-12-30", "2026-12-31", zones: ["Europe/Berlin"])
        let day = try #require(UTCDay("2027-06-01"))
        try await engine.transact(WarehouseCalendar.steps(toCover: day...day, zones: ["UTC"], in: .duckDB))
        let sql = """
            SELECT local_date, country, state_code, name, kind FROM dim_holiday
            ORDER BY local_date, state_code, name
            """
        let expected = (2_026...2_027).flatMap(GermanHolidays.holidays).map { holiday -> [SQLValue] in
            [
                .date(holiday.day), .text(holiday.country), .text(holiday.stateCode), .text(holiday.name),
                .text(holiday.kind.rawValue),
            ]
        }
        #expect(try await engine.query(sql, []).rows == expected)
        let checks = try #require(Schema.table("dim_holiday")).duplicateChecks()
        try await engine.transact(checks)
        try await engine.close()
    }

    @Test func `a holiday joins a city by its state and its local day`() async throws {
        let engine = try await calendar("2025-05-01", "2025-05-31", zones: ["Europe/Berlin"])
        let sql = """
            SELECT COUNT(DISTINCT h.local_date) FROM dim_hour h JOIN dim_holiday d
            ON d.local_date = h.local_date AND d.state_code = ? AND d.kind = 'public'
            WHERE h.tz_name = 'Europe/Berlin' AND h.utc_date BETWEEN DATE '2025-05-01' AND DATE '2025-05-31'
            """
        // 1, 8 and 29 May in Berlin; 1 and 29 May elsewhere.
        #expect(try await engine.query(sql, [.text("DE-BE")]).rows == [[.integer(3)]])
        #expect(try await engine.query(sql, [.text("DE-NW")]).rows == [[.integer(2)]])
        try await engine.close()
    }
}
