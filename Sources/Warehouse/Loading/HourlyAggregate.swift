import ChargingModel
import Cleaning

/// `agg_point_hour` of slices: seconds per category, point and UTC hour.
///
/// A feed that is polled less than once an hour says nothing of hours: it has facts, and no rows here.
struct HourlyAggregate {
    let dialect: SQLDialect

    private static let columns = StatusCategory.allCases.map { "\($0.rawValue)_s" }.joined(separator: ", ")

    /// Replaces the hours of the slices in `agg_slice`.
    var replaceSlices: [String] {
        [
            countedIntervals,
            """
            DELETE FROM agg_point_hour
            WHERE hour_utc >= (SELECT CAST(MIN(utc_date) AS TIMESTAMP) FROM agg_slice)
            AND hour_utc < (SELECT \(dialect.addingHours("24", to: "CAST(MAX(utc_date) AS TIMESTAMP)")) FROM agg_slice)
            AND EXISTS (SELECT 1 FROM agg_slice a
            WHERE a.feed_key = agg_point_hour.feed_key AND a.utc_date = CAST(agg_point_hour.hour_utc AS DATE))
            """,
            """
            INSERT INTO agg_point_hour (hour_utc, feed_key, point_id, station_sk, \(Self.columns),
                open_observed_s, open_occupied_s, changes, session_starts, load_id)
            \(wholeHours)
            UNION ALL
            \(mixedHours)\(dialect.keepsInsertionOrder ? "\nORDER BY 1, 3" : "")
            """,
            "DROP TABLE counted_interval",
        ]
    }

    /// Hours that one interval fills, around the clock: nine of ten, and nothing to sum.
    private var wholeHours: String {
        let seconds = StatusCategory.allCases.map { "CASE WHEN f.category = '\($0.rawValue)' THEN 3600 ELSE 0 END" }
        return """
            SELECT h.hour_utc, f.feed_key, f.point_id, f.station_sk, \(seconds.joined(separator: ", ")),
                CASE WHEN \(Self.isObserved("f")) THEN 3600 ELSE 0 END,
                CASE WHEN f.category = 'occupied' THEN 3600 ELSE 0 END,
                \(Self.isChange), 0, f.load_id
            FROM counted_interval f
            JOIN dim_hour h ON h.utc_date = f.utc_date AND h.tz_name = 'UTC' AND \(isWholeHour)
            """
    }

    private var isWholeHour: String {
        "f.valid_from <= h.hour_utc AND f.valid_to >= h.hour_end AND f.hours_key IN (\(Self.unlimited))"
    }

    /// The other hours, summed over the intervals that share them.
    private var mixedHours: String {
        let sums = StatusCategory.allCases.map {
            "SUM(CASE WHEN x.category = '\($0.rawValue)' THEN x.part_s ELSE 0 END)"
        }
        return """
            SELECT x.hour_utc, x.feed_key, x.point_id, MAX(x.station_sk), \(sums.joined(separator: ", ")),
                SUM(CASE WHEN \(Self.isObserved("x")) THEN x.open_s ELSE 0 END),
                SUM(CASE WHEN x.category = 'occupied' THEN x.open_s ELSE 0 END),
                SUM(x.is_change), 0, MAX(x.load_id)
            FROM (\(allTime)
                UNION ALL
                \(limitedTime)) x
            GROUP BY x.hour_utc, x.feed_key, x.point_id
            """
    }

    private static let isChange = "CASE WHEN f.start_reason = 1 AND f.valid_from >= h.hour_utc THEN 1 ELSE 0 END"

    private static func isObserved(_ interval: String) -> String {
        let observed = StatusCategory.allCases.filter(\.isObserved).map { "'\($0.rawValue)'" }
        return "\(interval).category IN (\(observed.joined(separator: ", ")))"
    }

    /// Hours without limits: around the clock, or not told.
    private static let unlimited = [OpeningHours.always.text, nil]
        .map { "\(ObjectKeys.openingHours($0).value)" }.joined(separator: ", ")

    /// The intervals of the slices; points that are counted by another record are left out.
    private var countedIntervals: String {
        """
        CREATE TEMP TABLE counted_interval AS
        SELECT f.utc_date, f.feed_key, f.point_id, f.station_sk, f.load_id, f.start_reason, f.valid_from, f.valid_to,
            d.category, st.hours_key
        FROM fact_point_status f
        JOIN agg_slice a ON a.feed_key = f.feed_key AND a.utc_date = f.utc_date
        JOIN dim_feed p ON p.feed_key = f.feed_key AND p.interval_s <= 3600
        JOIN dim_status d ON d.status_key = f.status_key
        JOIN dim_charging_station st ON st.station_sk = f.station_sk
        LEFT JOIN etl_point_copy y ON y.utc_date = f.utc_date AND y.feed_key = f.feed_key AND y.point_id = f.point_id
        WHERE y.point_id IS NULL
        """
    }

    /// Every interval by the hours that it does not fill alone.
    private var allTime: String {
        """
        SELECT h.hour_utc, f.feed_key, f.point_id, f.station_sk, f.load_id, f.category,
                \(Self.isChange) AS is_change,
                \(part(of: ["f.valid_from", "h.hour_utc"], ["f.valid_to", "h.hour_end"])) AS part_s,
                CASE WHEN f.hours_key IN (\(Self.unlimited)) THEN
                    \(part(of: ["f.valid_from", "h.hour_utc"], ["f.valid_to", "h.hour_end"])) ELSE 0 END AS open_s
            \(intervals)
            WHERE NOT (\(isWholeHour))
        """
    }

    /// The intervals within opening hours that have limits.
    private var limitedTime: String {
        let starts = ["f.valid_from", "h.hour_utc", "o.opens_at"]
        let ends = ["f.valid_to", "h.hour_end", "o.closes_at"]
        return """
            SELECT h.hour_utc, f.feed_key, f.point_id, f.station_sk, f.load_id, f.category, 0, 0,
                    \(part(of: starts, ends))
                \(intervals)
                JOIN fact_open_time o ON o.feed_key = f.feed_key AND o.utc_date = f.utc_date
                    AND o.hours_key = f.hours_key AND f.valid_from < o.closes_at AND f.valid_to > o.opens_at
                    AND h.hour_utc < o.closes_at AND h.hour_end > o.opens_at
            """
    }

    private var intervals: String {
        """
        FROM counted_interval f
            JOIN dim_hour h ON h.utc_date = f.utc_date AND h.tz_name = 'UTC'
                AND f.valid_from < h.hour_end AND f.valid_to > h.hour_utc
        """
    }

    /// At most 3,600 s; PostgreSQL sums integers in half the time of eight-byte ones.
    private func part(of starts: [String], _ ends: [String]) -> String {
        let seconds = dialect.secondsBetween(
            "GREATEST(\(starts.joined(separator: ", ")))",
            "LEAST(\(ends.joined(separator: ", ")))"
        )
        return "CAST(\(seconds) AS INTEGER)"
    }
}
