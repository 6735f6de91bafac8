import ChargingModel
import TestSupport
import Testing
import Warehouse

struct HolidayTests {
    private func states(_ name: String, _ day: String, _ kind: Holiday.Kind = .public) throws -> Set<String> {
        let day = try #require(UTCDay(day))
        let found = GermanHolidays.holidays(of: day.calendarDate.year)
            .filter { $0.day == day && $0.name == name && $0.kind == kind }
        return Set(found.map { String($0.stateCode.dropFirst(3)) })
    }

    /// The earliest and latest days, and the years of Gauss' two exceptions: 1954 and 2049, 1981 and 2076.
    @Test(arguments: [
        "1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31",
        "2025-04-20", "2026-04-05", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22",
    ])
    func `Easter Sunday is where the church's tables have it`(day: String) throws {
        let day = try #require(UTCDay(day))
        #expect(GermanHolidays.easterSunday(of: day.calendarDate.year) == day)
    }

    @Test func `Easter is a Sunday between 22 March and 25 April`() {
        let wrong = (1_583...4_099).filter { year in
            guard let easter = GermanHolidays.easterSunday(of: year),
                let first = UTCDay(year: year, month: 3, day: 22)
            else { return true }
            return easter.isoWeekday != 7 || !(0...34).contains(first.distance(to: easter))
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: [
        "2015-11-18", "2016-11-16", "2017-11-22", "2022-11-16", "2023-11-22", "2024-11-20", "2026-11-18",
    ])
    func `the day of repentance is the Wednesday before 23 November, since 1995 in Saxony alone`(day: String) throws {
        #expect(try states("Buß- und Bettag", day) == ["SN"])
    }

    @Test func `one-off and new holidays hold in their years`() throws {
        #expect(try states("Reformationstag", "2016-10-31") == ["BB", "MV", "SN", "ST", "TH"])
        #expect(try states("Reformationstag", "2017-10-31").count == 16)
        let north: Set = ["BB", "HB", "HH", "MV", "NI", "SH", "SN", "ST", "TH"]
        #expect(try states("Reformationstag", "2018-10-31") == north)
        #expect(try states("Tag der Befreiung", "2019-05-08").isEmpty)
        #expect(try states("Tag der Befreiung", "2020-05-08") == ["BE"])
        #expect(try states("Tag der Befreiung", "2025-05-08") == ["BE"])
        #expect(try states("Internationaler Frauentag", "2018-03-08").isEmpty)
        #expect(try states("Internationaler Frauentag", "2019-03-08") == ["BE"])
        #expect(try states("Internationaler Frauentag", "2023-03-08") == ["BE", "MV"])
        #expect(try states("Weltkindertag", "2018-09-20").isEmpty)
        #expect(try states("Weltkindertag", "2019-09-20") == ["TH"])
    }

    @Test func `what holds by municipality is partial`() throws {
        #expect(try states("Mariä Himmelfahrt", "2026-08-15") == ["SL"])
        #expect(try states("Mariä Himmelfahrt", "2026-08-15", .partial) == ["BY"])
        #expect(try states("Fronleichnam", "2026-06-04") == ["BW", "BY", "HE", "NW", "RP", "SL"])
        #expect(try states("Fronleichnam", "2026-06-04", .partial) == ["SN", "TH"])
    }

    @Test func `the rules begin with the states of today`() {
        #expect(GermanHolidays.holidays(of: 1_990).isEmpty)
        #expect(GermanHolidays.holidays(of: 1_991).count > 16 * 9)
    }

    @Test func `the holidays of 2015 to 2030 are the golden file's`() throws {
        let lines = (2_015...2_030).flatMap(Self.lines)
        try Golden.check(lines.joined(separator: "\n") + "\n", file: "holidays.de.txt")
    }

    /// One line a holiday: `2026-01-06 public BW BY ST Heilige Drei Könige`.
    private static func lines(of year: Int) -> [String] {
        let holidays = GermanHolidays.holidays(of: year)
        let groups = Dictionary(grouping: holidays) { "\($0.day)|\($0.kind.rawValue)|\($0.name)" }
        return groups.sorted { $0.key < $1.key }.map { key, group in
            let parts = key.split(separator: "|")
            let states = group.map { String($0.stateCode.dropFirst(3)) }.sorted()
            let place = states.count == 16 ? "everywhere" : states.joined(separator: " ")
            return "\(parts[0]) \(parts[1]) \(place): \(parts[2])"
        }
    }
}
