import Warehouse

/// Intervals tile every object-day: no hole, no overlap (`design.md`, decision 3).
enum TilingRules {
    static let all = [
        tiling("POINT", "fact_point_status", "point_id"), tiling("CONNECTOR", "fact_connector_status", "connector_id"),
        seenPoints,
    ]

    private static func tiling(_ name: String, _ table: String, _ id: String) -> QualityRule {
        QualityRule(
            "CHECK_TILING_\(name)",
            "the intervals of a \(name.lowercased()) sum to 86,400 s a UTC day, without hole and overlap",
            meaning:
                "Time is counted twice or not at all. A source id that is re-used within a day has two durable ids "
                + "that share the day.",
            method: .offences { context in
                """
                SELECT x.feed_key, x.utc_date, \(text("x.object_key")) AS subject FROM (
                    SELECT y.*, LAG(y.valid_to) OVER (PARTITION BY y.utc_date, y.feed_key, y.object_key
                        ORDER BY y.valid_from) AS former_to
                    FROM (SELECT f.utc_date, f.feed_key, f.valid_from, f.valid_to,
                            \(id == "point_id" ? "COALESCE(k.source_key, f.point_id)" : "f.\(id)") AS object_key,
                            \(context.dialect.secondsBetween("f.valid_from", "f.valid_to")) AS duration_s
                        FROM \(table) f LEFT JOIN (SELECT p.point_id, MIN(p.source_point_key) AS source_key
                            FROM dim_charging_point p GROUP BY p.point_id) k ON k.point_id = f.point_id
                        WHERE \(context.covers("f"))) y) x
                GROUP BY x.feed_key, x.utc_date, x.object_key
                HAVING SUM(x.duration_s) <> 86400 OR SUM(CASE WHEN x.former_to <> x.valid_from THEN 1 ELSE 0 END) > 0
                """
            }
        )
    }

    private static let seenPoints = QualityRule(
        "CHECK_TILING_SEEN_POINTS",
        "every point that a slice saw has intervals on that day",
        meaning: "Points are missing in every figure of the day.",
        method: .offences { context in
            """
            SELECT v.feed_key, v.utc_date, \(text("v.source_point_id")) AS subject FROM etl_point_version v
            LEFT JOIN (SELECT DISTINCT f.feed_key, f.utc_date, p.source_point_key FROM fact_point_status f
                JOIN dim_charging_point p ON p.point_sk = f.point_sk WHERE \(context.covers("f"))) x
                ON x.feed_key = v.feed_key AND x.utc_date = v.utc_date AND x.source_point_key = v.point_id
            WHERE \(context.covers("v")) AND x.feed_key IS NULL
            """
        }
    )
}
