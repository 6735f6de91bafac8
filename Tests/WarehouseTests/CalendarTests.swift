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

    @Test(arguments: [("2024", 366), ("2026", 365), ("2000", 366), ("2100", 365)])
    func `a leap year has a day more, between 28 February and 1 March`(year: String, count: Int) throws {
        let first = try #require(UTCDay(year + "-01-01"))
        let last = try #require(UTCDay(year + "-12-31"))
        #expect(first.distance(to: last) + 1 == count)
        let march = try #require(UTCDay(year + "-03-01"))
        #expect(march.previous.description == year + (count == 366 ? "-02-29" : "-02-28"))
        #expect(CalendarDate(march.previous).quarter == 1 && CalendarDate(march.previous).season == "winter")
    }

    @Test func `a leap day has 24 hours of its own`() throws {
        let leapDay = try #require(UTCDay("2024-02-29"))
        let hours = try Self.hours("2024-02-28", "2024-03-01", zone: "Europe/Berlin")
            .filter { $0.localDate == leapDay }
        #expect(hours.map(\.localHour) == Array(0..<24))
        #expect(hours.map(\.hourOfWeek) == Array(72..<96), "a Thursday")
    }

    @Test func `the local day turns at local midnight, not at UTC's`() throws {
        let hours = try Self.hours("2026-06-30", "2026-06-30", zone: "Europe/Berlin")
        #expect(hours.prefix(22).allSatisfy { $0.localDate.description == "2026-06-30" })
        #expect(hours.suffix(2).map(\.localDate.description) == ["2026-07-01", "2026-07-01"])
        #expect(hours.suffix(2).map(\.localHour) == [0, 1])
        let west = try Self.hours("2026-07-01", "2026-07-01", zone: "America/New_York").prefix(4)
        #expect(west.map(\.localDate.description) == Array(repeating: "2026-06-30", count: 4))
    }

    @Test func `where clocks change at midnight a day begins at one, or its midnight comes twice`() throws {
        let spring = try Self.hours("2024-03-30", "2024-03-31", zone: "Asia/Beirut")
            .filter { $0.localDate.description == "2024-03-31" }
        #expect(spring.map(\.localHour).first == 1)
        let autumn = try Self.hours("2024-10-26", "2024-10-26", zone: "Asia/Beirut").suffix(4)
        #expect(autumn.map(\.localHour) == [23, 23, 0, 1])
    }

    @Test(arguments: [("2020", true), ("2024", false), ("2026", true), ("2027", false), ("2032", true)])
    func `a year has week 53 where it begins or ends with a Thursday`(year: String, has53: Bool) throws {
        let first = try #require(UTCDay(year + "-01-01"))
        let last = try #require(UTCDay(year + "-12-31"))
        #expect(
            (first...last.previous.previous.previous).contains {
                CalendarDate($0).isoWeek == 53 && $0 > first.advanced(by: 7)
            } == has53
        )
        #expect((first.isoWeekday == 4 || last.isoWeekday == 4) == has53)
    }

    @Test func `a date knows quarter, weekend and season`() throws {
        let date = CalendarDate(try #require(UTCDay("2026-02-28")))
        #expect(date.quarter == 1)
        #expect(date.isWeekend)
        #expect(date.season == "winter")
    }
}
