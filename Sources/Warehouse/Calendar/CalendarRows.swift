public import ChargingModel
import Foundation

/// A row of `dim_hour`: one UTC hour in one time zone.
public struct CalendarHour: Sendable, Hashable {
    /// The start of the hour.
    public let hour: UTCTime
    /// IANA name.
    public let zone: String
    /// Seconds that local clocks are ahead of UTC.
    public let utcOffset: Int
    /// Whether daylight saving time applies.
    public let isDaylightSaving: Bool

    /// What local clocks show, written as if it were UTC.
    public var localTime: UTCTime { hour.adding(seconds: utcOffset) }

    /// The local day.
    public var localDate: UTCDay { localTime.day }

    /// 0 to 23.
    public var localHour: Int { localTime.seconds(since: localDate.start) / 3_600 }

    /// 0 is Monday 00:00, 167 is Sunday 23:00, local.
    public var hourOfWeek: Int { (localDate.isoWeekday - 1) * 24 + localHour }
}

/// A row of `dim_date`: one calendar day.
public struct CalendarDate: Sendable, Hashable {
    /// The day.
    public let day: UTCDay

    /// Creates the row of a day.
    public init(_ day: UTCDay) {
        self.day = day
    }

    /// 1 to 4.
    public var quarter: Int { (day.calendarDate.month - 1) / 3 + 1 }

    /// Saturday or Sunday.
    public var isWeekend: Bool { day.isoWeekday >= 6 }

    /// The ISO 8601 week: a week belongs to the year of its Thursday.
    public var isoWeek: Int {
        let thursday = day.advanced(by: 4 - day.isoWeekday)
        // The first of January always exists.
        guard let newYear = UTCDay(year: thursday.calendarDate.year, month: 1, day: 1) else { return 1 }
        return newYear.distance(to: thursday) / 7 + 1
    }

    /// The meteorological season of the northern half: whole months, winter from December.
    public var season: String {
        switch day.calendarDate.month {
        case 3...5: "spring"
        case 6...8: "summer"
        case 9...11: "autumn"
        default: "winter"
        }
    }
}

/// The calendar of the warehouse: the only place that knows time zones.
public enum WarehouseCalendar {
    /// The 24 hours of a UTC day as local clocks of a zone show them.
    ///
    /// A local day has 23 or 25 of them where clocks change. In a zone whose offset is no whole hour a row stands for
    /// the UTC hour and its local hour is the one in which it begins.
    ///
    /// - Throws: ``WarehouseError`` with `unsupported` for a zone that the system does not know.
    public static func hours(of day: UTCDay, zone: String) throws(WarehouseError) -> [CalendarHour] {
        guard let timeZone = TimeZone(identifier: zone) else {
            throw WarehouseError(
                .unsupported,
                subject: "time zone \"\(zone)\"",
                detail: "unknown on this machine (expected an IANA name, for example Europe/Berlin)"
            )
        }
        return (0..<24).map { index in
            let hour = day.start.adding(seconds: index * 3_600)
            let date = Date(timeIntervalSince1970: Double(hour.seconds))
            return CalendarHour(
                hour: hour,
                zone: zone,
                utcOffset: timeZone.secondsFromGMT(for: date),
                isDaylightSaving: timeZone.isDaylightSavingTime(for: date)
            )
        }
    }
}
