/// The same charging point in two feeds, or twice in one: counted once a UTC day.
///
/// Records are matched by their EVSE id without separators, or by the source's id. Of several the one that is listed for
/// the whole day counts, since one that comes or goes would make the point absent for the rest of it; of such records
/// the newest by the source's own time; what is left equal is decided by the keys, so that any order of loading gives
/// the same. The others stay in the facts and are left out of aggregates.
enum PointCopies {
    /// Derives the copies of all days of the loaded slices, and adds slices whose counting changed to `agg_slice`.
    static let replace = [
        "CREATE TEMP TABLE copy_day AS SELECT DISTINCT utc_date FROM agg_slice",
        "CREATE TEMP TABLE former_copy AS SELECT y.* FROM etl_point_copy y JOIN copy_day d ON d.utc_date = y.utc_date",
        "DELETE FROM etl_point_copy WHERE EXISTS (SELECT 1 FROM copy_day d WHERE d.utc_date = etl_point_copy.utc_date)",
        derive,
        """
        INSERT INTO agg_slice
        SELECT DISTINCT x.feed_key, x.utc_date FROM (
            SELECT y.feed_key, y.utc_date FROM etl_point_copy y JOIN copy_day d ON d.utc_date = y.utc_date
            LEFT JOIN former_copy o ON o.utc_date = y.utc_date AND o.feed_key = y.feed_key AND o.point_id = y.point_id
            WHERE o.point_id IS NULL
            UNION ALL
            SELECT o.feed_key, o.utc_date FROM former_copy o
            LEFT JOIN etl_point_copy y ON y.utc_date = o.utc_date AND y.feed_key = o.feed_key AND y.point_id = o.point_id
            WHERE y.point_id IS NULL
        ) x LEFT JOIN agg_slice a ON a.feed_key = x.feed_key AND a.utc_date = x.utc_date WHERE a.feed_key IS NULL
        """,
        "DROP TABLE former_copy",
        "DROP TABLE copy_day",
    ]

    private static let derive = """
        INSERT INTO etl_point_copy (utc_date, feed_key, point_id, counted_feed_key, counted_point_id)
        WITH record AS (
            SELECT v.utc_date, v.feed_key, COALESCE(p.durable_id, v.point_id) AS point_id, v.evse_key, v.reported_at,
                v.seen_to, MIN(v.seen_from) OVER (PARTITION BY v.utc_date, v.feed_key, v.point_id) AS seen_from,
                ROW_NUMBER() OVER (PARTITION BY v.utc_date, v.feed_key, v.point_id
                    ORDER BY v.seen_from DESC) AS from_end
            FROM etl_point_version v JOIN copy_day d ON d.utc_date = v.utc_date
            LEFT JOIN point_life p ON p.source_key = v.point_id
                AND v.seen_from >= p.life_from AND v.seen_from < p.life_to
        ), matched AS (
            SELECT r.utc_date, r.feed_key, r.point_id, r.reported_at, r.seen_from, r.seen_to,
                COALESCE(MIN(r.evse_key) OVER (PARTITION BY r.utc_date, r.point_id), r.point_id) AS match_key
            FROM record r WHERE r.from_end = 1
        ), ranked AS (
            SELECT m.*, ROW_NUMBER() OVER (PARTITION BY m.utc_date, m.match_key
                ORDER BY m.seen_to DESC, m.seen_from,
                    COALESCE(m.reported_at, TIMESTAMP '0001-01-01 00:00:00') DESC, m.feed_key, m.point_id) AS place
            FROM matched m
        )
        SELECT r.utc_date, r.feed_key, r.point_id, w.feed_key, w.point_id
        FROM ranked r JOIN ranked w ON w.utc_date = r.utc_date AND w.match_key = r.match_key AND w.place = 1
        WHERE r.place > 1
        ORDER BY r.utc_date, r.feed_key, r.point_id
        """
}
