import ChargingModel
import Warehouse

/// What goes in comes out: seconds, records, hours.
enum ConservationRules {
    static let all = [
        hourSeconds, hoursOfDay, factSeconds, pointCopies, readRecords, keptRejects, calendarHours, localDays,
    ]

    private static let categories = StatusCategory.allCases.map { "\($0.rawValue)_s" }

    /// A source id that is re-used within an hour has two durable ids that share it; the tiling of facts and the sums of
    /// the slice are checked for them too.
    private static let isNotReused = """
        NOT EXISTS (SELECT 1 FROM dim_charging_point p JOIN dim_charging_point q
            ON q.source_point_key = p.source_point_key AND q.point_id <> p.point_id WHERE p.point_id = a.point_id)
        """

    private static let hourSeconds = QualityRule(
        "CHECK_HOUR_SECONDS",
        "the eight sums of a point's hour are 3,600 s together",
        meaning: "Time is counted twice or not at all. Points of a re-used source id share an hour, and are left out.",
        method: .offences { context in
            """
            SELECT a.feed_key, CAST(a.hour_utc AS DATE) AS utc_date, \(text("a.point_id")) AS subject
            FROM agg_point_hour a WHERE \(context.covers("a", day: "CAST(a.hour_utc AS DATE)"))
                AND \(categories.map { "a.\($0)" }.joined(separator: " + ")) <> 3600 AND \(isNotReused)
            """
        }
    )

    private static let hoursOfDay = QualityRule(
        "CHECK_HOURS_OF_DAY",
        "a point that is counted on a day has its 24 hours",
        meaning: "Hours are missing in every figure. Points of a re-used source id share a day, and are left out.",
        method: .offences { context in
            """
            SELECT x.feed_key, x.utc_date, \(text("x.point_id")) AS subject FROM (
                SELECT a.feed_key, CAST(a.hour_utc AS DATE) AS utc_date, a.point_id, a.hour_utc FROM agg_point_hour a
                WHERE \(context.covers("a", day: "CAST(a.hour_utc AS DATE)")) AND \(isNotReused)) x
            GROUP BY x.feed_key, x.utc_date, x.point_id HAVING COUNT(DISTINCT x.hour_utc) <> 24
            """
        }
    )

    private static let factSeconds = QualityRule(
        "CHECK_FACT_SECONDS",
        "the hours of a slice have the seconds of its facts, category by category, copies left out",
        meaning: "Aggregates and facts tell different things: aggregate the slice again by loading it.",
        method: .offences { context in
            let day = "CAST(a.hour_utc AS DATE)"
            let hours = StatusCategory.allCases.map { category in
                """
                SELECT a.feed_key, \(day) AS utc_date, '\(category.rawValue)' AS category, -a.\(category.rawValue)_s AS part_s
                FROM agg_point_hour a WHERE \(context.covers("a", day: day))
                """
            }
            return """
                SELECT x.feed_key, x.utc_date, \(text("x.category")) AS subject FROM (
                    SELECT f.feed_key, f.utc_date, d.category,
                        \(context.dialect.secondsBetween("f.valid_from", "f.valid_to")) AS part_s
                    FROM fact_point_status f JOIN (SELECT s.status_key, MIN(s.category) AS category FROM dim_status s
                        GROUP BY s.status_key) d ON d.status_key = f.status_key
                    LEFT JOIN (SELECT DISTINCT y.utc_date, y.feed_key, y.point_id FROM etl_point_copy y) c
                        ON c.utc_date = f.utc_date AND c.feed_key = f.feed_key AND c.point_id = f.point_id
                    WHERE \(context.covers("f")) AND c.point_id IS NULL
                    UNION ALL
                    \(hours.joined(separator: "\nUNION ALL\n"))) x
                GROUP BY x.feed_key, x.utc_date, x.category HAVING SUM(x.part_s) <> 0
                """
        }
    )

    private static let pointCopies = QualityRule(
        "CHECK_COPY_COUNTED",
        "a record that is left out stands for a point that is counted on that day",
        meaning: "The point is counted nowhere.",
        method: .offences { context in
            """
            SELECT c.feed_key, c.utc_date, \(text("c.point_id")) AS subject FROM etl_point_copy c
            LEFT JOIN (SELECT DISTINCT a.feed_key, a.point_id, CAST(a.hour_utc AS DATE) AS utc_date FROM agg_point_hour a) w
                ON w.utc_date = c.utc_date AND w.feed_key = c.counted_feed_key AND w.point_id = c.counted_point_id
            WHERE \(context.covers("c")) AND w.point_id IS NULL
            """
        }
    )

    private static let readRecords = QualityRule(
        "CHECK_RECORDS_READ",
        "records read are records kept and records rejected",
        meaning: "Records disappeared without a reject.",
        method: .offences { context in
            """
            SELECT l.feed_key, l.slice_date AS utc_date, \(text("l.rows_read - l.rows_kept - l.rows_rejected")) AS subject
            FROM etl_load l WHERE \(context.covers("l", day: "slice_date"))
                AND l.rows_read <> l.rows_kept + COALESCE(l.rows_rejected, 0)
            """
        }
    )

    private static let keptRejects = QualityRule(
        "CHECK_REJECTS_KEPT",
        "every rejected record stands in etl_reject",
        meaning: "A reject cannot be looked at or driven again.",
        method: .offences { context in
            """
            SELECT l.feed_key, l.slice_date AS utc_date, \(text("COALESCE(l.rows_rejected, 0)")) AS subject FROM etl_load l
            LEFT JOIN (SELECT r.feed_key, r.utc_date, SUM(r.occurrences) AS kept FROM etl_reject r
                WHERE r.severity = 'reject' AND \(context.covers("r")) GROUP BY r.feed_key, r.utc_date) k
                ON k.feed_key = l.feed_key AND k.utc_date = l.slice_date
            WHERE \(context.covers("l", day: "slice_date")) AND COALESCE(l.rows_rejected, 0) <> COALESCE(k.kept, 0)
            """
        }
    )

    private static let calendarHours = QualityRule(
        "CHECK_CALENDAR_HOURS",
        "the calendar has the 24 hours of every loaded day, in UTC and in the feed's zone",
        meaning: "Hours are lost in reports by local time.",
        method: .offences { context in
            """
            SELECT x.feed_key, x.utc_date, \(text("x.tz_name")) AS subject FROM (
                SELECT l.feed_key, l.slice_date AS utc_date, z.tz_name, h.hour_utc FROM etl_load l
                JOIN (SELECT f.feed_key, f.tz_name FROM dim_feed f UNION SELECT f.feed_key, 'UTC' FROM dim_feed f) z
                    ON z.feed_key = l.feed_key
                LEFT JOIN dim_hour h ON h.utc_date = l.slice_date AND h.tz_name = z.tz_name
                WHERE \(context.covers("l", day: "slice_date"))) x
            GROUP BY x.feed_key, x.utc_date, x.tz_name HAVING COUNT(DISTINCT x.hour_utc) <> 24
            """
        }
    )

    /// A day is as long as its clock change makes it; days at the edge of the calendar are not whole.
    private static let localDays = QualityRule(
        "CHECK_LOCAL_DAYS",
        "local days have 82,800, 86,400 or 90,000 s, as the offsets at their ends say",
        meaning: "Hours of the week are wrong around a clock change.",
        scope: .warehouse,
        method: .offences { context in
            let days = context.dialect.secondsBetween("MIN(x.hour_utc)", "MAX(x.next_hour)")
            return """
                SELECT x.tz_name || ' ' || \(text("x.local_date")) AS subject FROM (
                    SELECT h.tz_name, h.local_date, h.hour_utc, h.hour_end, h.utc_offset_s, h.local_ts,
                        LAG(h.hour_end) OVER (PARTITION BY h.tz_name ORDER BY h.hour_utc) AS former_end,
                        LEAD(h.hour_utc) OVER (PARTITION BY h.tz_name ORDER BY h.hour_utc) AS next_hour,
                        LEAD(h.utc_offset_s) OVER (PARTITION BY h.tz_name ORDER BY h.hour_utc) AS next_offset_s
                    FROM dim_hour h) x
                GROUP BY x.tz_name, x.local_date
                HAVING SUM(CASE WHEN \(context.dialect.secondsBetween("x.hour_utc", "x.local_ts")) <> x.utc_offset_s
                        THEN 1 ELSE 0 END) > 0
                    OR (COUNT(x.next_hour) = COUNT(*) AND COUNT(x.former_end) = COUNT(*)
                        AND SUM(CASE WHEN x.former_end <> x.hour_utc OR x.next_hour <> x.hour_end THEN 1 ELSE 0 END) = 0
                        AND (\(days) <> 86400 - SUM(x.next_offset_s - x.utc_offset_s) OR \(days) NOT IN (82800, 86400, 90000)))
                """
        }
    )
}
