-- total: TIMESTAMP '2026-03-01 00:00:00', TIMESTAMP '2026-03-01 04:00:00'
SELECT COUNT(DISTINCT CASE WHEN x.free_s + x.occupied_s + x.reserved_s + x.down_s + x.unknown_s > 0 THEN x.point_id END) AS points,
       CAST(COALESCE(SUM(x.free_s), 0) AS BIGINT) AS free_s,
       CAST(COALESCE(SUM(x.occupied_s), 0) AS BIGINT) AS occupied_s,
       CAST(COALESCE(SUM(x.reserved_s), 0) AS BIGINT) AS reserved_s,
       CAST(COALESCE(SUM(x.down_s), 0) AS BIGINT) AS down_s,
       CAST(COALESCE(SUM(x.unknown_s), 0) AS BIGINT) AS unknown_s,
       CAST(COALESCE(SUM(x.outside_s), 0) AS BIGINT) AS outside_s,
       CAST(COALESCE(SUM(x.absent_s), 0) AS BIGINT) AS absent_s,
       CAST(COALESCE(SUM(x.unobserved_s), 0) AS BIGINT) AS unobserved_s,
       COUNT(DISTINCT x.feed_key) AS feeds,
       MIN(x.interval_s) AS interval_min_s,
       MAX(x.interval_s) AS interval_max_s
FROM (SELECT a.point_id, a.free_s, a.occupied_s, a.reserved_s, a.down_s, a.unknown_s, a.outside_s, a.absent_s, a.unobserved_s, a.feed_key, f.interval_s
      FROM agg_point_hour a
      LEFT JOIN dim_feed f ON f.feed_key = a.feed_key
      WHERE a.hour_utc >= ? AND a.hour_utc < ?) x;

-- rows: TIMESTAMP '2026-03-01 00:00:00', TIMESTAMP '2026-03-01 04:00:00'
SELECT t.key_id, n.source_operator_id AS key_code, n.name AS key_name, NULL AS key_place,
       t.points, t.free_s, t.occupied_s, t.reserved_s, t.down_s, t.unknown_s, t.outside_s, t.absent_s, t.unobserved_s
FROM (SELECT x.key_id,
             COUNT(DISTINCT CASE WHEN x.free_s + x.occupied_s + x.reserved_s + x.down_s + x.unknown_s > 0 THEN x.point_id END) AS points,
       CAST(COALESCE(SUM(x.free_s), 0) AS BIGINT) AS free_s,
       CAST(COALESCE(SUM(x.occupied_s), 0) AS BIGINT) AS occupied_s,
       CAST(COALESCE(SUM(x.reserved_s), 0) AS BIGINT) AS reserved_s,
       CAST(COALESCE(SUM(x.down_s), 0) AS BIGINT) AS down_s,
       CAST(COALESCE(SUM(x.unknown_s), 0) AS BIGINT) AS unknown_s,
       CAST(COALESCE(SUM(x.outside_s), 0) AS BIGINT) AS outside_s,
       CAST(COALESCE(SUM(x.absent_s), 0) AS BIGINT) AS absent_s,
       CAST(COALESCE(SUM(x.unobserved_s), 0) AS BIGINT) AS unobserved_s
      FROM (SELECT st.operator_id AS key_id, a.point_id, a.free_s, a.occupied_s, a.reserved_s, a.down_s, a.unknown_s, a.outside_s, a.absent_s, a.unobserved_s
            FROM agg_point_hour a
            JOIN dim_charging_station st ON st.station_sk = a.station_sk
            WHERE a.hour_utc >= ? AND a.hour_utc < ?) x
      GROUP BY x.key_id) t
LEFT JOIN dim_operator n ON n.operator_id = t.key_id AND n.is_current
ORDER BY t.key_id;

-- occupied runs: DATE '2026-02-28', DATE '2026-03-01', TIMESTAMP '2026-03-01 00:00:00', TIMESTAMP '2026-03-01 04:00:00'
SELECT st.operator_id AS key_id,
       COUNT(*) AS runs,
       CAST(SUM(CAST(d.interval_s AS BIGINT) * d.interval_s) AS BIGINT) AS interval_squares
FROM (SELECT f.utc_date, f.feed_key, f.station_sk, f.valid_from, f.start_reason, s.category,
             LAG(s.category) OVER (PARTITION BY f.point_id ORDER BY f.valid_from) AS previous_category
      FROM fact_point_status f
      JOIN dim_status s ON s.status_key = f.status_key
      LEFT JOIN etl_point_copy y ON y.utc_date = f.utc_date AND y.feed_key = f.feed_key
             AND y.point_id = f.point_id
      WHERE y.point_id IS NULL AND f.utc_date >= ? AND f.utc_date <= ?) f
JOIN dim_charging_station st ON st.station_sk = f.station_sk
JOIN dim_feed d ON d.feed_key = f.feed_key
WHERE f.start_reason = 1 AND f.category = 'occupied'
  AND (f.previous_category IS NULL OR f.previous_category <> 'occupied')
  AND f.valid_from >= ? AND f.valid_from < ?
GROUP BY st.operator_id
ORDER BY key_id;
