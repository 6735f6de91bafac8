import Warehouse

/// How old things are, compared with a given present; never with the clock of the machine.
enum FreshnessRules {
    static let all = [capture, mart, load]

    private static let capture = QualityRule(
        "CHECK_CAPTURE_FRESH",
        "the last good poll of an active feed is not older than a few of its intervals",
        meaning: "Collecting or loading stands still, or the feed is down. What is loaded stays true.",
        severity: .warning,
        suite: .freshness,
        scope: .feed,
        threshold: .captureAge,
        method: .figures { context in
            let age = context.dialect.secondsBetween("x.last_good", context.dialect.literal(context.now))
            return """
                SELECT x.feed_key, x.utc_date, \(age) AS observed, x.interval_s AS expected,
                    \(age) * 1.0 / x.interval_s AS deviation, 1 AS sample, \(text("x.last_good")) AS subject
                FROM (SELECT f.feed_key, MAX(l.slice_date) AS utc_date, MIN(f.interval_s) AS interval_s,
                        COALESCE(MAX(p.last_good), TIMESTAMP '1970-01-01 00:00:00') AS last_good
                    FROM dim_feed f JOIN etl_load l ON l.feed_key = f.feed_key
                    LEFT JOIN (SELECT e.feed_key, MAX(e.slot_utc) AS last_good FROM etl_poll e WHERE e.is_chosen
                        GROUP BY e.feed_key) p ON p.feed_key = f.feed_key
                    WHERE f.active AND \(context.covers("l", day: "slice_date")) GROUP BY f.feed_key) x
                """
        }
    )

    private static let mart = QualityRule(
        "CHECK_MART_FRESH",
        "the newest hour of agg_point_hour is not older than the newest good poll of the feed",
        meaning: "Polls are loaded that no aggregate shows: load the slice again.",
        suite: .freshness,
        scope: .feed,
        threshold: .martAge,
        method: .figures { context in
            // On PostgreSQL the column has a time zone, which would stand in the text.
            let newest = text("CAST(x.newest AS TIMESTAMP)")
            let age = context.dialect.secondsBetween("x.newest", "x.last_good")
            return """
                SELECT x.feed_key, x.utc_date, \(age) / 3600.0 AS observed, 0 AS expected, \(age) / 3600.0 AS deviation,
                    1 AS sample, \(newest) AS subject
                FROM (SELECT p.feed_key, MAX(p.utc_date) AS utc_date, MAX(p.slot_utc) AS last_good,
                        COALESCE(MAX(a.newest), TIMESTAMP '1970-01-01 00:00:00') AS newest
                    FROM etl_poll p LEFT JOIN (SELECT q.feed_key, MAX(q.hour_utc) AS newest FROM agg_point_hour q
                        WHERE q.unobserved_s < 3600 GROUP BY q.feed_key) a ON a.feed_key = p.feed_key
                    WHERE p.is_chosen AND p.points > 0 AND \(context.covers("p")) GROUP BY p.feed_key) x
                """
        }
    )

    private static let load = QualityRule(
        "CHECK_LOAD_FINISHED",
        "every slice in the load log is loaded",
        meaning: "A slice failed, or its raw is missing: its figures are those of an older load.",
        suite: .freshness,
        method: .offences { context in
            """
            SELECT l.feed_key, l.slice_date AS utc_date, \(text("l.status")) AS subject FROM etl_load l
            WHERE \(context.covers("l", day: "slice_date")) AND l.status <> 'loaded'
            """
        }
    )
}
