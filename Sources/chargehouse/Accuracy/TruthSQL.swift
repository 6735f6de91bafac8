import ChargingModel
import Cleaning
import Warehouse

/// What a comparison with the truth asks the warehouse.
struct TruthSQL {
    let dialect: SQLDialect
    let period: ComparedPeriod
    /// Seconds between two polls.
    let interval: Int

    /// A status holds over missed polls for so long, in seconds: the documented rule, not the configured one.
    private var maximumGap: Int { CleaningRules().maximumGapIntervals * interval }
    private var from: String { dialect.literal(period.from) }
    private var to: String { dialect.literal(period.to) }

    private static let observedCategories = StatusCategory.allCases.filter(\.isObserved).map(\.rawValue)

    /// Leaves out other copies of a point that is listed under several ids, as the aggregates do.
    private static let isNoCopy = """
        NOT EXISTS (SELECT 1 FROM etl_point_copy c WHERE c.utc_date = f.utc_date AND c.feed_key = f.feed_key
                    AND c.point_id = f.point_id)
        """

    /// Feed; points, occupied, observed, unobserved and all seconds.
    var totals: String {
        let observed = Self.observedCategories.map { "a.\($0)_s" }.joined(separator: " + ")
        let all = StatusCategory.allCases.map { "a.\($0.rawValue)_s" }.joined(separator: " + ")
        let hours =
            period.localDay.map { "h.tz_name = 'Europe/Berlin' AND h.local_date = \(dialect.literal($0))" }
            ?? "h.tz_name = 'UTC' AND h.hour_utc >= \(from) AND h.hour_utc < \(to)"
        return """
            SELECT d.feed_id, COUNT(DISTINCT a.point_id), SUM(a.occupied_s), SUM(\(observed)), SUM(a.unobserved_s),
                SUM(\(all))
            FROM agg_point_hour a
            JOIN dim_feed d ON d.feed_key = a.feed_key
            JOIN dim_hour h ON h.hour_utc = a.hour_utc
            WHERE \(hours)
            GROUP BY d.feed_id ORDER BY d.feed_id
            """
    }

    /// The whole; utilization of the busiest hour less that of the quietest one.
    var hourlySpread: String {
        let observed = Self.observedCategories.map { "\($0)_s" }.joined(separator: " + ")
        return """
            SELECT 'all', MAX(u.share) - MIN(u.share) FROM (
                SELECT hour_utc, SUM(occupied_s) * 1.0 / NULLIF(SUM(\(observed)), 0) AS share
                FROM agg_point_hour GROUP BY hour_utc) u
            """
    }

    /// The feed's id of a point, beginning and end of a time, and the category that the warehouse says.
    var knownTimes: String {
        """
        SELECT p.source_point_id, f.valid_from, f.valid_to, s.category FROM fact_point_status f
        JOIN dim_charging_point p ON p.point_sk = f.point_sk
        JOIN dim_status s ON s.status_key = f.status_key
        WHERE s.category <> 'unobserved' AND f.valid_to > \(from) AND f.valid_from < \(to)
            AND \(Self.isNoCopy)
        """
    }

    /// Feed; for beginnings and for ends of occupied runs the sum of the gaps before the polls that saw them, s; the
    /// sum of their squares, s²; the number of runs whose end nobody saw.
    ///
    /// A change that lies up to one interval after the period may have happened in it.
    var changes: String {
        let gap = "LEAST(COALESCE(p.gap_s, \(interval)), \(maximumGap))"
        let isSeen = "t.category <> 'unobserved'"
        return """
            WITH poll AS (
                SELECT feed_key, slot_utc, \(dialect.secondsBetween(
                    "LAG(slot_utc) OVER (PARTITION BY feed_key ORDER BY slot_utc)", "slot_utc"
                )) AS gap_s
                FROM etl_poll WHERE is_chosen
            ), turn AS (
                SELECT f.feed_key, f.valid_from, s.category,
                    LAG(s.category) OVER (PARTITION BY f.feed_key, f.point_id ORDER BY f.valid_from) AS before
                FROM fact_point_status f JOIN dim_status s ON s.status_key = f.status_key
                WHERE \(Self.isNoCopy)
            )
            SELECT d.feed_id,
                SUM(CASE WHEN t.category = 'occupied' THEN \(gap) ELSE 0 END),
                SUM(CASE WHEN t.before = 'occupied' AND \(isSeen) THEN \(gap) ELSE 0 END),
                SUM(CASE WHEN \(isSeen) THEN CAST(\(gap) AS BIGINT) * \(gap) ELSE 0 END),
                SUM(CASE WHEN \(isSeen) THEN 0 ELSE 1 END)
            FROM turn t
            JOIN dim_feed d ON d.feed_key = t.feed_key
            LEFT JOIN poll p ON p.feed_key = t.feed_key AND p.slot_utc = t.valid_from
            WHERE (t.category = 'occupied' AND t.before IN ('free', 'reserved', 'down', 'unknown')
                    OR t.before = 'occupied' AND t.category <> 'occupied')
                AND t.valid_from >= \(from) AND t.valid_from < \(dialect.literal(period.to.adding(seconds: interval)))
            GROUP BY d.feed_id
            """
    }

    /// Feed; seconds in a status whose word is not known and was therefore read as `unknown`.
    var unmappedStatuses: String {
        let seconds = dialect.secondsBetween("GREATEST(f.valid_from, \(from))", "LEAST(f.valid_to, \(to))")
        return """
            SELECT d.feed_id, SUM(\(seconds)) FROM fact_point_status f
            JOIN dim_feed d ON d.feed_key = f.feed_key
            JOIN dim_status s ON s.status_key = f.status_key
            JOIN map_status m ON m.raw_status_key = f.raw_status_key
            WHERE s.category = 'unknown' AND UPPER(TRIM(m.raw_status)) <> 'UNKNOWN'
                AND f.valid_to > \(from) AND f.valid_from < \(to)
                AND \(Self.isNoCopy)
            GROUP BY d.feed_id
            """
    }
}
