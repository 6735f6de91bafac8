import ChargingModel
import Testing
import Warehouse

struct CalendarTests {
    private static func hours(_ from: String, _ to: String, zone: String) throws -> [CalendarHour] {
        let first = try #require(UTCDay(from))
        let last = try #require(UTCDay(to))
        return try (first...last).flatMap { try WarehouseCalendar.hours(of: $0, zone: zone) }
    }

    @Test(arguments: [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)])
    func `a local day has the hours that its clocks show`(day: String, count: Int) throws {
        let local = try #require(UTCDay(day))
        let hours = try Self.hours(local.previous.description, local.next.description, zone: "Europe/Berlin")
            .filter { $0.localDate == local }
        #expect(hours.count == count)
        #expect(hours.first?.localHour == 0)
        #expect(hours.last?.localHour == 23)
    }

    @Test func `the hour after the change to summer time is skipped, the one before winter time comes twice`() throws {
        let spring = try Self.hours("2026-03-29", "2026-03-29", zone: "Europe/Berlin").prefix(3)
        #expect(spring.map(\.localHour) == [1, 3, 4])
        #expect(spring.map(\.isDaylightSaving) == [false, true, true])
        let autumn = try Self.hours("2026-10-25", "2026-10-25", zone: "Europe/Berlin").prefix(3)
        #expect(autumn.map(\.localHour) == [2, 2, 3])
        #expect(autumn.map(\.utcOffset) == [7_200, 3_600, 3_600])
    }

    @Test func `the hour of the week counts from Monday midnight, local`() throws {
        // 2026-03-02 is a Monday; Berlin is an hour ahead.
        let hours = try Self.hours("2026-03-01", "2026-03-01", zone: "Europe/Berlin")
        #expect(hours.last?.hourOfWeek == 0)
        #expect(hours.dropLast().last?.hourOfWeek == 167)
        #expect(try Self.hours("2026-03-02", "2026-03-02", zone: "UTC").map(\.hourOfWeek) == Array(0..<24))
    }

    @Test func `a zone half an hour off keeps the hour in which it begins`() throws {
        let hours = try Self.hours("2026-03-02", "2026-03-02", zone: "Asia/Kolkata")
        #expect(hours.first?.localTime.sqlText == "2026-03-02 05:30:00")
        #expect(hours.first?.hourOfWeek == 5)
    }

    @Test func `an unknown zone is an error`() throws {
        let day = try #require(UTCDay("2026-03-01"))
        #expect(throws: WarehouseError.self) { try WarehouseCalendar.hours(of: day, zone: "Europe/Colonia") }
    }

    @Test(arguments: [
        ("2026-01-01", 1), ("2027-01-01", 53), ("2026-12-28", 53), ("2024-12-30", 1), ("2023-01-01", 52),
        ("2026-06-15", 25),
    ])
    func `the ISO week belongs to the year of its Thursday`(day: String, week: Int) throws {
        #expect(CalendarDate(try #require(UTCDay(day))).isoWeek == week)
    }

    @Test func `a date knows quarter, weekend and season`() throws {
        let date = CalendarDate(try #require(UTCDay("2026-02-28")))
        #expect(date.quarter == 1)
        #expect(date.isWeekend)
        #expect(date.season == "winter")
    }
}
