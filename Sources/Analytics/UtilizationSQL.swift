import ChargingModel
import Warehouse

/// The portable SQL of a utilization report: the same text on every engine.
///
/// Only sums of seconds are asked for; ratios are taken from them by ``MetricValue``.
struct UtilizationSQL: Sendable, Hashable {
    let grouping: UtilizationGrouping
    let scope: UtilizationScope
    /// The time of the stations' attributes; `nil` for those of each moment.
    let asOf: UTCTime?

    /// The statements behind the figures, in the order in which they run.
    var all: [SQLStatement] { [total, groups, occupiedRuns] }

    /// One row: the sums over everything in scope, without a dimension that could drop or double rows.
    ///
    /// The rows of ``groups`` must add up to it.
    var total: SQLStatement {
        let (condition, parameters) = hourCondition
        return SQLStatement(
            "total",
            """
            SELECT \(Self.sums(of: "x")),
                   COUNT(DISTINCT x.feed_key) AS feeds,
                   MIN(x.interval_s) AS interval_min_s,
                   MAX(x.interval_s) AS interval_max_s
            FROM (SELECT \(Self.hourColumns), a.feed_key, f.interval_s
                  FROM agg_point_hour a
                  LEFT JOIN dim_feed f ON f.feed_key = a.feed_key
                  WHERE \(condition)) x
            """,
            parameters
        )
    }

    /// One row a key: the sums, with the key's current name.
    var groups: SQLStatement {
        let (condition, parameters) = hourCondition
        return SQLStatement(
            "rows",
            """
            SELECT t.key_id, \(names.columns),
                   t.points, \(StatusCategory.allCases.map { "t.\($0.secondsColumn)" }.joined(separator: ", "))
            FROM (SELECT x.key_id,
                         \(Self.sums(of: "x"))
                  FROM (SELECT \(keyExpression) AS key_id, \(Self.hourColumns)
                        FROM agg_point_hour a
                        \(stationJoin("a"))\(hourJoin("a.hour_utc = h.hour_utc"))
                        WHERE \(condition)) x
                  GROUP BY x.key_id) t\(names.joins)
            ORDER BY t.key_id
            """,
            parameters
        )
    }

    /// One row a key: how many occupied runs began by an observed change, and the sum of their squared poll intervals.
    ///
    /// A run is not counted where the point was occupied already (`charging` to `blocked`). Facts of the day before
    /// are read so that the first run of the period knows its predecessor.
    var occupiedRuns: SQLStatement {
        let (condition, parameters) = objectCondition(alias: "f")
        let time = "f.valid_from >= h.hour_utc AND f.valid_from < h.hour_end AND h.utc_date = f.utc_date"
        return SQLStatement(
            "occupied runs",
            """
            SELECT \(keyExpression) AS key_id,
                   COUNT(*) AS runs,
                   CAST(SUM(CAST(d.interval_s AS BIGINT) * d.interval_s) AS BIGINT) AS interval_squares
            FROM (SELECT f.utc_date, f.feed_key, f.station_sk, f.valid_from, f.start_reason, s.category,
                         LAG(s.category) OVER (PARTITION BY f.point_id ORDER BY f.valid_from) AS previous_category
                  FROM fact_point_status f
                  JOIN dim_status s ON s.status_key = f.status_key
                  LEFT JOIN etl_point_copy y ON y.utc_date = f.utc_date AND y.feed_key = f.feed_key
                         AND y.point_id = f.point_id
                  WHERE y.point_id IS NULL AND f.utc_date >= ? AND f.utc_date <= ?\(condition)) f
            \(stationJoin("f"))
            JOIN dim_feed d ON d.feed_key = f.feed_key\(hourJoin(time))
            WHERE f.start_reason = 1 AND f.category = 'occupied'
              AND (f.previous_category IS NULL OR f.previous_category <> 'occupied')
              AND f.valid_from >= ? AND f.valid_from < ?
            GROUP BY \(keyExpression)
            ORDER BY key_id
            """,
            [.date(scope.from.day.previous), .date(scope.to.day)] + parameters
                + [.timestamp(scope.from), .timestamp(scope.to)]
        )
    }

    /// Point-hours whose eight sums are not 3,600 s, the first few; an hour that is still running, or in which
    /// an id came to stand for another point, may have less.
    var incompleteHours: SQLStatement {
        let (condition, parameters) = hourCondition
        return SQLStatement(
            "sums of hours",
            """
            SELECT x.hour_utc, x.point_id, x.known_s
            FROM (SELECT a.hour_utc, a.feed_key, a.point_id, \(Self.knownExpression) AS known_s
                  FROM agg_point_hour a
                  WHERE \(condition)) x
            LEFT JOIN (SELECT d.point_id FROM dim_charging_point d JOIN dim_charging_point o
                       ON o.source_point_key = d.source_point_key AND o.point_id <> d.point_id) reused
                   ON reused.point_id = x.point_id
            LEFT JOIN (SELECT feed_key, MAX(hour_utc) AS hour_utc FROM agg_point_hour GROUP BY feed_key) newest
                   ON newest.feed_key = x.feed_key
            WHERE x.known_s > 3600
               OR (x.known_s < 3600 AND x.hour_utc < newest.hour_utc AND reused.point_id IS NULL)
            ORDER BY x.hour_utc, x.point_id
            LIMIT 5
            """,
            parameters
        )
    }
}

extension UtilizationSQL {
    private static let hourColumns =
        "a.point_id, " + StatusCategory.allCases.map { "a.\($0.secondsColumn)" }.joined(separator: ", ")

    private static let knownExpression = StatusCategory.allCases.map { "a.\($0.secondsColumn)" }.joined(
        separator: " + "
    )

    private static func sums(of alias: String) -> String {
        let observed = StatusCategory.observed.map { "\(alias).\($0.secondsColumn)" }.joined(separator: " + ")
        let points = "COUNT(DISTINCT CASE WHEN \(observed) > 0 THEN \(alias).point_id END) AS points"
        let sums = StatusCategory.allCases.map {
            "CAST(COALESCE(SUM(\(alias).\($0.secondsColumn)), 0) AS BIGINT) AS \($0.secondsColumn)"
        }
        return ([points] + sums).joined(separator: ",\n       ")
    }

    /// The key of a row, over the station version `st` of the time and the local hour `h`.
    private var keyExpression: String {
        switch grouping {
        case .station: "st.station_id"
        case .city: "st.city_key"
        case .operator: "st.operator_id"
        case .hourOfWeek: "h.hour_of_week"
        }
    }

    /// The stations as they were at each moment (`*_sk`), or as they were at one time.
    private func stationJoin(_ alias: String) -> String {
        guard let asOf else { return "JOIN dim_charging_station st ON st.station_sk = \(alias).station_sk" }
        return """
            JOIN dim_charging_station sk ON sk.station_sk = \(alias).station_sk
            JOIN \(Self.stations(asOf: asOf)) st ON st.station_id = sk.station_id
            """
    }

    /// One version a station: the one in force at a time; the first one for stations that came later.
    private static func stations(asOf time: UTCTime) -> String {
        """
        (SELECT v.station_id, v.city_key, v.operator_id, v.tz_name FROM dim_charging_station v
              WHERE v.valid_to > TIMESTAMP '\(time.sqlText)' AND (v.valid_from <= TIMESTAMP '\(time.sqlText)'
                    OR NOT EXISTS (SELECT 1 FROM dim_charging_station e
                                   WHERE e.station_id = v.station_id AND e.valid_from < v.valid_from)))
        """
    }

    private func hourJoin(_ condition: String) -> String {
        grouping == .hourOfWeek ? "\nJOIN dim_hour h ON h.tz_name = st.tz_name AND \(condition)" : ""
    }

    /// The key's current name, its id at the source and, for a station, its city.
    private var names: (columns: String, joins: String) {
        switch grouping {
        case .station:
            (
                "n.source_station_id AS key_code, n.name AS key_name, c.name AS key_place",
                """

                LEFT JOIN dim_charging_station n ON n.station_id = t.key_id AND n.is_current
                LEFT JOIN dim_city c ON c.city_key = n.city_key
                """
            )
        case .city:
            (
                "n.city_id AS key_code, n.name AS key_name, NULL AS key_place",
                "\nLEFT JOIN dim_city n ON n.city_key = t.key_id"
            )
        case .operator:
            (
                "n.source_operator_id AS key_code, n.name AS key_name, NULL AS key_place",
                "\nLEFT JOIN dim_operator n ON n.operator_id = t.key_id AND n.is_current"
            )
        case .hourOfWeek:
            ("NULL AS key_code, NULL AS key_name, NULL AS key_place", "")
        }
    }

    private var hourCondition: (sql: String, parameters: [SQLValue]) {
        let (objects, parameters) = objectCondition(alias: "a")
        return (
            "a.hour_utc >= ? AND a.hour_utc < ?" + objects,
            [.timestamp(scope.from), .timestamp(scope.to)] + parameters
        )
    }

    /// The filters, as conditions on the feed and on the station version of the time.
    private func objectCondition(alias: String) -> (sql: String, parameters: [SQLValue]) {
        var sql = ""
        var parameters: [SQLValue] = []
        func list(_ keys: [Int64]) -> String {
            parameters += keys.map { .integer($0) }
            return "(" + keys.map { _ in "?" }.joined(separator: ", ") + ")"
        }
        if let keys = scope.feedKeys { sql += "\n AND \(alias).feed_key IN \(list(keys))" }
        let stationConditions: [(String, [Int64]?)] = [
            ("city_key", scope.cityKeys), ("operator_id", scope.operatorIDs), ("station_id", scope.stationIDs),
        ]
        let conditions = stationConditions.compactMap { column, keys in keys.map { "\(column) IN \(list($0))" } }
        if !conditions.isEmpty {
            let condition = conditions.joined(separator: " AND ")
            sql += "\n AND \(alias).station_sk IN (SELECT "
            if let asOf {
                sql += "k.station_sk FROM dim_charging_station k WHERE k.station_id IN (SELECT n.station_id"
                sql += " FROM \(Self.stations(asOf: asOf)) n WHERE \(condition)))"
            } else {
                sql += "station_sk FROM dim_charging_station WHERE \(condition))"
            }
        }
        return (sql, parameters)
    }
}
