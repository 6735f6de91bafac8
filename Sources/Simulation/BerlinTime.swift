import ChargingModel

/// Civil time of Europe/Berlin by the rule in force since 1996 (Directive 2000/84/EC): summer time from the last
/// Sunday of March to the last Sunday of October, both at 01:00 UTC.
///
/// Own code instead of the platform's zone data, so that a world is the same on every machine.
enum BerlinTime {
    /// Seconds east of UTC: 3,600 or 7,200.
    static func offsetSeconds(at time: UTCTime) -> Int {
        let year = time.day.calendarDate.year
        guard let begin = lastSunday(of: 3, in: year), let end = lastSunday(of: 10, in: year) else { return 3_600 }
        let isSummer = time >= begin.start.adding(seconds: 3_600) && time < end.start.adding(seconds: 3_600)
        return isSummer ? 7_200 : 3_600
    }

    /// The local hour of the week: 0 is Monday 00:00–01:00, 167 is Sunday 23:00–24:00.
    static func hourOfWeek(at time: UTCTime) -> Int {
        let local = time.adding(seconds: offsetSeconds(at: time))
        return (local.day.isoWeekday - 1) * 24 + local.seconds(since: local.day.start) / 3_600
    }

    /// RFC 3339 with the local offset: `2026-03-01T11:20:00+01:00`.
    static func text(_ time: UTCTime) -> String {
        let offset = offsetSeconds(at: time)
        let local = UTCTime(seconds: time.seconds + Int64(offset))
        return local.description.dropLast() + (offset == 3_600 ? "+01:00" : "+02:00")
    }

    private static func lastSunday(of month: Int, in year: Int) -> UTCDay? {
        guard let last = UTCDay(year: year, month: month, day: 31) else { return nil }
        return UTCDay(number: last.number - Int32(last.isoWeekday % 7))
    }
}
