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
            meaning: "Time is counted twice or not at all.",
            method: .offences { context in
                """
                SELECT x.feed_key, x.utc_date, \(text("x.\(id)")) AS subject FROM (
                    SELECT f.utc_date, f.feed_key, f.\(id),
                        \(context.dialect.secondsBetween("f.valid_from", "f.valid_to")) AS duration_s,
                        LAG(f.valid_to) OVER (PARTITION BY f.utc_date, f.feed_key, f.\(id) ORDER BY f.valid_from)
                            AS former_to, f.valid_from
                    FROM \(table) f WHERE \(context.covers("f"))) x
                GROUP BY x.feed_key, x.utc_date, x.\(id)
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
