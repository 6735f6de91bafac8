import ChargingModel
import Foundation
import TestSupport
import Testing

@Suite struct TimeTests {
    @Test(arguments: [
        ("2026-03-01T10:20:00Z", "2026-03-01T10:20:00Z"),
        ("2026-03-01T102000Z", "2026-03-01T10:20:00Z"),
        ("2026-03-01 11:20:00.5+01:00", "2026-03-01T10:20:00.500000Z"),
        ("2026-03-01t10:20:00z", "2026-03-01T10:20:00Z"),
        ("2026-03-01T00:10:00+0130", "2026-02-28T22:40:00Z"),
        ("2026-03-01T00:10:00-05", "2026-03-01T05:10:00Z"),
        ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
    ])
    func `RFC 3339 and the form of file names are read`(text: String, expected: String) throws {
        let time = try #require(UTCTime(text))
        #expect(time.description == expected)
        #expect(UTCTime(time.description) == time)
        if time.microseconds % 1_000_000 == 0 { #expect(UTCTime(time.fileNameText) == time) }
    }

    @Test(arguments: [
        "", "2026-03-01", "2026-03-01T10:20:00", "2026-03-01T10:20Z", "2026-02-29T10:20:00Z", "2026-03-01T24:00:00Z",
        "2026-03-01T10:60:00Z", "2026-03-01T10:20:00.Z", "2026-03-01T10:20:00+1", "2026-03-01T10:20:00+25:00",
        "2026-03-01T10:20:00ZZ", "2026-13-01T10:20:00Z", "\u{0}", "2026-03-01T10:20:00.5Zulu", "१०२६-03-01T10:20:00Z",
    ])
    func `a text that is no moment is refused`(text: String) {
        #expect(UTCTime(text) == nil)
    }

    @Test func `days follow the calendar for four centuries`() throws {
        var day = try #require(UTCDay("1900-01-01"))
        var weekday = 1  // 1900-01-01 was a Monday
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for _ in 0..<146_097 {
            let (year, month, number) = day.calendarDate
            #expect(UTCDay(year: year, month: month, day: number) == day)
            if number == 28 || number == 1 {
                let date = Date(timeIntervalSince1970: Double(day.start.seconds))
                let parts = calendar.dateComponents([.year, .month, .day], from: date)
                #expect(parts.year == year && parts.month == month && parts.day == number)
                #expect(UTCDay(day.description) == day)
            }
            #expect(day.isoWeekday == weekday)
            weekday = weekday % 7 + 1
            day = day.next
        }
        #expect(day.description == "2300-01-01")
    }

    @Test func `a slot is the last multiple of the interval, before 1970 too`() throws {
        let time = try #require(UTCTime("2026-03-01T10:29:59.9Z"))
        #expect(time.slot(every: 600).description == "2026-03-01T10:20:00Z")
        #expect(UTCTime(seconds: -1).slot(every: 600) == UTCTime(seconds: -600))
        #expect(UTCTime(seconds: -600).slot(every: 600) == UTCTime(seconds: -600))
        #expect(UTCTime(seconds: -1).day.description == "1969-12-31")
    }

    @Test func `the open end is the first moment of the last four-digit day`() {
        #expect(UTCTime.openEnd.sqlText == "9999-12-31 00:00:00")
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `text and JSON forms keep every microsecond`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let time = UTCTime(
                microseconds: Int64.random(in: -60_000_000_000_000_000...250_000_000_000_000_000, using: &random)
            )
            #expect(UTCTime(time.description) == time)
            let coded = try JSONDecoder().decode([UTCTime].self, from: JSONEncoder().encode([time]))
            #expect(coded == [time])
            #expect(time.day.start <= time && time < time.day.end)
        }
    }
}
