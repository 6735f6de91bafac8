import ChargingModel
import Warehouse

/// Feeds that answer and say nothing new.
enum FrozenRules {
    static let all = [
        QualityRule(
            "CHECK_FEED_FROZEN",
            "a feed's answers change as often as in the same hours of its past",
            meaning:
                "The server gives out a stale answer, and statuses look longer than they are. The deviation is how "
                + "many changes the past lets expect in the longest run of hours without one; the sample is past days.",
            severity: .warning,
            suite: .content,
            threshold: .frozen,
            minimumSample: VolumeRules.leastPastDays,
            method: .series(pollsByHour, longestRun)
        )
    ]

    /// Good polls and changed bodies, by the feed's local hour of the week and the hour of the day: `17 08 polls`.
    @Sendable private static func pollsByHour(_ context: QualityContext) -> String {
        let hour = context.dialect.secondsBetween("h.utc_start", "h.hour_utc")
        let changes = "SUM(CASE WHEN p.same_as_previous THEN 0 ELSE 1 END)"
        let parts = [("polls", "COUNT(*)"), ("changes", changes)].map { part, amount in
            """
            SELECT p.feed_key, p.utc_date, \(text("h.hour_of_week")) || ' ' || \(text("\(hour) / 3600")) || ' \(part)' AS part,
                \(amount) AS amount
            FROM etl_poll p JOIN dim_feed f ON f.feed_key = p.feed_key
            JOIN (SELECT d.*, CAST(d.utc_date AS TIMESTAMP) AS utc_start FROM dim_hour d) h
                ON h.utc_date = p.utc_date AND h.tz_name = f.tz_name AND p.slot_utc >= h.hour_utc AND p.slot_utc < h.hour_end
            WHERE p.is_chosen AND \(context.covers("p", withPast: true))
            GROUP BY p.feed_key, p.utc_date, h.hour_of_week, \(hour)
            """
        }
        return parts.joined(separator: "\nUNION ALL\n")
    }

    /// An hour of a day with its polls and changes.
    struct Hour: Hashable {
        var hourOfWeek: Int
        /// Hours after UTC midnight.
        var index: Int
        var polls: Double
        var changes: Double
    }

    static func hours(of day: FeedDay) -> [Hour] {
        var hours: [Int: Hour] = [:]
        for (part, amount) in day.amounts {
            let words = part.split(separator: " ")
            guard words.count == 3, let hourOfWeek = Int(words[0]), let index = Double(words[1]).map({ Int($0) }) else {
                continue
            }
            var hour = hours[index] ?? Hour(hourOfWeek: hourOfWeek, index: index, polls: 0, changes: 0)
            if words[2] == "polls" { hour.polls = amount } else { hour.changes = amount }
            hours[index] = hour
        }
        return hours.values.sorted { $0.index < $1.index }
    }

    /// Changes that the past lets expect in the longest run of polled hours without one.
    ///
    /// The rate of an hour of the week stands on the same hours of the past; where there are none, on the same hour of
    /// all days.
    @Sendable static func longestRun(_ day: FeedDay, _ past: FeedPast) -> QualityFigure? {
        var weekly: [Int: (polls: Double, changes: Double)] = [:]
        var daily: [Int: (polls: Double, changes: Double)] = [:]
        for hour in past.days.flatMap({ hours(of: $0) }) {
            let (week, clock) = (weekly[hour.hourOfWeek] ?? (0, 0), daily[hour.hourOfWeek % 24] ?? (0, 0))
            weekly[hour.hourOfWeek] = (week.polls + hour.polls, week.changes + hour.changes)
            daily[hour.hourOfWeek % 24] = (clock.polls + hour.polls, clock.changes + hour.changes)
        }
        var (run, longest) = (0.0, 0.0)
        for hour in hours(of: day) {
            guard hour.changes == 0 else {
                run = 0
                continue
            }
            let known = weekly[hour.hourOfWeek] ?? daily[hour.hourOfWeek % 24] ?? (0, 0)
            if known.polls > 0 { run += hour.polls * known.changes / known.polls }
            longest = max(longest, run)
        }
        return QualityFigure(observed: 0, expected: longest, deviation: longest, sample: past.days.count)
    }
}
