/// A calendar day in UTC: the time axis of a slice.
///
/// - Shape: days since 1970-01-01. The text form is `2026-03-01`.
public struct UTCDay: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public let number: Int32

    /// Creates a day from the number of days since 1970-01-01.
    public init(number: Int32) {
        self.number = number
    }

    /// Creates a day of the proleptic Gregorian calendar.
    ///
    /// - Returns: `nil` where no such day exists (month 13, 30 February).
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...31).contains(day), (-9_999...9_999).contains(year) else { return nil }
        let candidate = UTCDay(number: Self.daysSinceEpoch(year: year, month: month, day: day))
        guard candidate.calendarDate == (year, month, day) else { return nil }
        self = candidate
    }

    /// The first moment of the day.
    public var start: UTCTime { UTCTime(seconds: Int64(number) * 86_400) }

    /// The first moment of the next day.
    public var end: UTCTime { next.start }

    /// The day after.
    public var next: UTCDay { UTCDay(number: number + 1) }

    /// The day before.
    public var previous: UTCDay { UTCDay(number: number - 1) }

    /// Year, month and day of the proleptic Gregorian calendar.
    public var calendarDate: (year: Int, month: Int, day: Int) {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
        let shifted = Int(number) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The day of the ISO week: 1 is Monday, 7 is Sunday.
    public var isoWeekday: Int {
        // 1970-01-01 was a Thursday.
        let sinceMonday = Int64(number) + 3
        return Int(sinceMonday - sinceMonday.flooredQuotient(by: 7) * 7) + 1
    }

    /// Orders days by time.
    public static func < (left: UTCDay, right: UTCDay) -> Bool {
        left.number < right.number
    }

    private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int32 {
        // Howard Hinnant, days_from_civil.
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 719_468)
    }
}

extension UTCDay: Strideable {
    /// Days from this day to another; negative where the other is earlier.
    public func distance(to other: UTCDay) -> Int { Int(other.number) - Int(number) }
    /// The day so many days later; earlier for a negative number.
    public func advanced(by days: Int) -> UTCDay { UTCDay(number: number + Int32(days)) }
}
