import ChargingModel
import Warehouse

/// How much a feed told, against its own past.
enum VolumeRules {
    static let all = [
        objectCount("STATION", "stations", of: "etl_station_version", "station_id"),
        objectCount("POINT", "points", of: "etl_point_version", "point_id"), polls, coverage,
        rejects(
            "CHECK_REJECTS_NOTABLE",
            "few records of a slice are rejected",
            severity: .warning,
            threshold: .rejectsNotable,
            meaning: "Worth knowing: `chargehouse rejects ls`."
        ),
        rejects(
            "CHECK_REJECTS_BAD",
            "most records of a slice are kept",
            severity: .error,
            threshold: .rejectsBad,
            meaning: "The input is not what the mapping expects; the day's figures stand on too little."
        ),
    ]

    /// With less, one object more or less is a large share.
    static let leastObjects = 10.0

    /// Past days that a comparison needs.
    static let leastPastDays = 3

    private static func objectCount(_ name: String, _ part: String, of table: String, _ id: String) -> QualityRule {
        QualityRule(
            "CHECK_\(name)_COUNT_STABLE",
            "a feed shows about as many \(part) as on the median of its past days",
            meaning:
                "Answers may be cut, or the feed has another extent. Feeds of less than \(Int(leastObjects)) \(part) are "
                + "left out; the sample is past days.",
            severity: .warning,
            suite: .content,
            threshold: .objectCount,
            minimumSample: leastPastDays,
            method: .series(
                { context in
                    """
                    SELECT v.feed_key, v.utc_date, '\(part)' AS part, COUNT(DISTINCT v.\(id)) AS amount FROM \(table) v
                    WHERE \(context.covers("v", withPast: true)) GROUP BY v.feed_key, v.utc_date
                    """
                },
                { day, past in
                    guard let usual = past.median(of: part), usual >= leastObjects else { return nil }
                    let found = day.amounts[part] ?? 0
                    return QualityFigure(
                        observed: found,
                        expected: usual,
                        deviation: abs(found - usual) / usual,
                        sample: past.days.count
                    )
                }
            )
        )
    }

    private static let polls = QualityRule(
        "CHECK_POLLS_USABLE",
        "most slots of a day between its first and last poll have a usable poll",
        meaning: "The feed, the network or the collector was down. The sample is slots.",
        severity: .warning,
        suite: .content,
        threshold: .pollFailures,
        minimumSample: 6,
        method: .figures { context in
            let span = context.dialect.secondsBetween("MIN(p.slot_utc)", "MAX(p.slot_utc)")
            return """
                SELECT x.feed_key, x.utc_date, x.good AS observed, x.slots AS expected,
                    (x.slots - x.good) * 1.0 / x.slots AS deviation, x.slots AS sample, x.subject
                FROM (SELECT p.feed_key, p.utc_date, COUNT(DISTINCT CASE WHEN p.is_chosen THEN p.slot_utc END) AS good,
                        FLOOR(\(span) / (MIN(f.interval_s) * 1.0)) + 1 AS slots,
                        MIN(CASE WHEN NOT p.is_chosen THEN p.outcome END) AS subject
                    FROM etl_poll p JOIN dim_feed f ON f.feed_key = p.feed_key
                    WHERE \(context.covers("p")) GROUP BY p.feed_key, p.utc_date) x
                """
        }
    )

    private static let coverage = QualityRule(
        "CHECK_COVERAGE",
        "most of a day's point-seconds were observed",
        meaning: "Reports flag figures under 80 % coverage and withhold them under 50 %. The sample is point-hours.",
        severity: .warning,
        suite: .content,
        threshold: .unobserved,
        minimumSample: 24,
        method: .figures { context in
            let day = "CAST(a.hour_utc AS DATE)"
            return """
                SELECT x.feed_key, x.utc_date, x.unobserved_s AS observed, 0 AS expected,
                    x.unobserved_s * 1.0 / x.known_s AS deviation, x.hours AS sample, NULL AS subject
                FROM (SELECT a.feed_key, \(day) AS utc_date, SUM(a.unobserved_s) AS unobserved_s, COUNT(*) AS hours,
                        SUM(a.free_s + a.occupied_s + a.reserved_s + a.down_s + a.unknown_s + a.unobserved_s) AS known_s
                    FROM agg_point_hour a WHERE \(context.covers("a", day: day)) GROUP BY a.feed_key, \(day)) x
                WHERE x.known_s > 0
                """
        }
    )

    private static func rejects(
        _ id: String,
        _ title: String,
        severity: QualityRule.Severity,
        threshold: QualityThreshold,
        meaning: String
    ) -> QualityRule {
        QualityRule(
            id,
            title,
            meaning: meaning,
            severity: severity,
            suite: .content,
            threshold: threshold,
            minimumSample: 20,
            method: .figures { context in
                """
                SELECT l.feed_key, l.slice_date AS utc_date, COALESCE(l.rows_rejected, 0) AS observed,
                    l.rows_read AS expected, COALESCE(l.rows_rejected, 0) * 1.0 / l.rows_read AS deviation,
                    l.rows_read AS sample, NULL AS subject
                FROM etl_load l WHERE \(context.covers("l", day: "slice_date")) AND l.rows_read > 0
                """
            }
        )
    }
}
