import ChargingModel

/// `agg_point_hour` of slices: seconds per category, point and UTC hour.
struct HourlyAggregate {
    let dialect: SQLDialect

    var replaceSlices: [String] {
        let categories = StatusCategory.allCases.map(\.rawValue)
        let columns = categories.map { "\($0)_s" }.joined(separator: ", ")
        let sums = categories.map { "SUM(CASE WHEN x.category = '\($0)' THEN x.part_s ELSE 0 END)" }
        let part = dialect.secondsBetween(
            "GREATEST(f.valid_from, h.hour_utc)",
            "LEAST(f.valid_to, h.hour_end)"
        )
        return [
            """
            CREATE TEMP TABLE agg_slice AS
            SELECT s.feed_key, s.utc_date FROM stg_slice s UNION SELECT m.feed_key, m.utc_date FROM moved_slice m
            """,
            """
            DELETE FROM agg_point_hour WHERE EXISTS (SELECT 1 FROM agg_slice a
            WHERE a.feed_key = agg_point_hour.feed_key AND a.utc_date = CAST(agg_point_hour.hour_utc AS DATE))
            """,
            """
            INSERT INTO agg_point_hour (hour_utc, feed_key, point_id, station_sk, \(columns), changes, session_starts,
                load_id)
            SELECT x.hour_utc, x.feed_key, x.point_id, MAX(x.station_sk), \(sums.joined(separator: ", ")),
                SUM(x.is_change), 0, MAX(x.load_id)
            FROM (SELECT h.hour_utc, f.feed_key, f.point_id, f.station_sk, f.load_id, d.category,
                    CASE WHEN f.start_reason = 1 AND f.valid_from >= h.hour_utc THEN 1 ELSE 0 END AS is_change,
                    \(part) AS part_s
                FROM fact_point_status f
                JOIN agg_slice a ON a.feed_key = f.feed_key AND a.utc_date = f.utc_date
                JOIN dim_status d ON d.status_key = f.status_key
                JOIN dim_hour h ON h.utc_date = f.utc_date AND h.tz_name = 'UTC'
                    AND f.valid_from < h.hour_end AND f.valid_to > h.hour_utc) x
            GROUP BY x.hour_utc, x.feed_key, x.point_id
            ORDER BY x.hour_utc, x.point_id
            """,
            "DROP TABLE agg_slice",
        ]
    }
}
