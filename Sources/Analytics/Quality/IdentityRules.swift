import Warehouse

/// The same thing told twice, or two things under one name.
enum IdentityRules {
    static let all = [copies, sharedIDs, reuse, conflict]

    private static let copies = QualityRule(
        "CHECK_POINT_COPIES",
        "few points of a slice are other records of points that are counted",
        meaning: "Two feeds, or one feed twice, tell the same points. They are counted once; the newest record wins.",
        severity: .warning,
        suite: .content,
        threshold: .copies,
        minimumSample: 10,
        method: .figures { context in
            """
            SELECT f.feed_key, f.utc_date, COUNT(DISTINCT c.point_id) AS observed, 0 AS expected,
                COUNT(DISTINCT c.point_id) * 1.0 / COUNT(DISTINCT f.point_id) AS deviation,
                COUNT(DISTINCT f.point_id) AS sample, MIN(\(text("c.point_id"))) AS subject
            FROM fact_point_status f LEFT JOIN etl_point_copy c
                ON c.utc_date = f.utc_date AND c.feed_key = f.feed_key AND c.point_id = f.point_id
            WHERE \(context.covers("f")) GROUP BY f.feed_key, f.utc_date
            """
        }
    )

    private static let sharedIDs = QualityRule(
        "CHECK_EVSE_SHARED",
        "an EVSE id stands on few points of a feed",
        meaning: "The id is a placeholder, and all but one of its points are left out as copies.",
        severity: .warning,
        suite: .content,
        threshold: .sharedIDs,
        method: .figures { context in
            """
            SELECT y.feed_key, y.utc_date, MAX(y.points) AS observed, 1 AS expected, MAX(y.points) AS deviation,
                COUNT(*) AS sample, MAX(CASE WHEN y.points > 1 THEN y.evse_id END) AS subject
            FROM (SELECT v.feed_key, v.utc_date, v.evse_key, MIN(v.evse_id) AS evse_id,
                    COUNT(DISTINCT v.point_id) AS points
                FROM etl_point_version v WHERE \(context.covers("v")) AND v.evse_key IS NOT NULL
                GROUP BY v.feed_key, v.utc_date, v.evse_key) y
            GROUP BY y.feed_key, y.utc_date
            """
        }
    )

    private static let reuse = QualityRule(
        "CHECK_ID_REUSED",
        "no source id comes to stand for another point",
        meaning: "The point is over 500 m away and has other connectors: it gets a durable id of its own from then on.",
        severity: .warning,
        suite: .content,
        method: .offences { context in
            let day = "CAST(p.valid_from AS DATE)"
            return """
                SELECT p.feed_key, \(day) AS utc_date, \(text("p.source_point_id")) AS subject FROM dim_charging_point p
                WHERE p.point_id <> p.source_point_key AND \(context.covers("p", day: day))
                    AND NOT EXISTS (SELECT 1 FROM dim_charging_point q
                        WHERE q.point_id = p.point_id AND q.valid_from < p.valid_from)
                """
        }
    )

    private static let conflict = QualityRule(
        "CHECK_POINT_CONNECTOR_CONFLICT",
        "a point and its only connector tell the same category of status",
        meaning: "Reports count points; the connector's status is kept beside it. The sample is point-hours.",
        severity: .warning,
        suite: .content,
        threshold: .conflict,
        minimumSample: 24,
        method: .figures { context in
            let start = "GREATEST(f.valid_from, c.valid_from)"
            let shared = context.dialect.secondsBetween(start, "LEAST(f.valid_to, c.valid_to)")
            let conflict = "SUM(CASE WHEN x.point_category <> x.connector_category THEN x.part_s ELSE 0 END)"
            return """
                SELECT x.feed_key, x.utc_date, \(conflict) AS observed, 0 AS expected,
                    \(conflict) * 1.0 / SUM(x.part_s) AS deviation, SUM(x.part_s) / 3600 AS sample,
                    MIN(CASE WHEN x.point_category <> x.connector_category THEN \(text("x.point_id")) END) AS subject
                FROM (SELECT f.feed_key, f.utc_date, f.point_id, a.category AS point_category,
                        b.category AS connector_category, \(shared) AS part_s
                    FROM fact_point_status f
                    JOIN (SELECT o.feed_key, o.utc_date, o.point_id FROM fact_connector_status o
                        WHERE \(context.covers("o")) GROUP BY o.feed_key, o.utc_date, o.point_id
                        HAVING COUNT(DISTINCT o.connector_id) = 1) s
                        ON s.feed_key = f.feed_key AND s.utc_date = f.utc_date AND s.point_id = f.point_id
                    JOIN fact_connector_status c ON c.feed_key = f.feed_key AND c.utc_date = f.utc_date
                        AND c.point_id = f.point_id AND c.valid_from < f.valid_to AND c.valid_to > f.valid_from
                    JOIN dim_status a ON a.status_key = f.status_key AND a.is_observed
                    JOIN dim_status b ON b.status_key = c.status_key AND b.is_observed
                    WHERE \(context.covers("f"))) x
                GROUP BY x.feed_key, x.utc_date
                """
        }
    )
}
