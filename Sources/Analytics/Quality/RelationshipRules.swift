import Warehouse

/// Keys that name a row of another table.
package enum RelationshipRules {
    /// A column and what it names.
    package struct Link: Sendable, Hashable {
        package let table: String
        package let column: String
        package let parent: String
        package let parentColumn: String
        /// Whether a set stands here that something must name, not a key that names something.
        package let isOwned: Bool

        init(_ table: String, _ column: String, _ parent: String, _ parentColumn: String? = nil, isOwned: Bool = false)
        {
            self.table = table
            self.column = column
            self.parent = parent
            self.parentColumn = parentColumn ?? column
            self.isOwned = isOwned
        }

        /// The id of its rule.
        package var ruleID: String { "CHECK_REF_\(table)_\(column)".uppercased() }
    }

    package static let links =
        facts + dimensions + [
            Link("map_status", "status_key", "dim_status"),
            Link("map_opening_hours", "hours_key", "etl_station_version", isOwned: true),
            Link("map_opening_exception", "hours_key", "etl_station_version", isOwned: true),
            Link("map_capability", "capability_set_key", "etl_point_version", isOwned: true),
            Link("etl_poll", "feed_key", "dim_feed"), Link("etl_load", "feed_key", "dim_feed"),
            Link("etl_reject", "load_id", "etl_load"),
            Link("etl_point_copy", "point_id", "dim_charging_point"),
            Link("etl_point_copy", "counted_point_id", "dim_charging_point", "point_id"),
            Link("etl_operator_version", "load_id", "etl_load"), Link("etl_station_version", "load_id", "etl_load"),
            Link("etl_point_version", "load_id", "etl_load"), Link("etl_connector_version", "load_id", "etl_load"),
        ]

    private static let facts = [
        Link("fact_point_status", "feed_key", "dim_feed"), Link("fact_point_status", "load_id", "etl_load"),
        Link("fact_point_status", "point_sk", "dim_charging_point"),
        Link("fact_point_status", "station_sk", "dim_charging_station"),
        Link("fact_point_status", "status_key", "dim_status"),
        Link("fact_point_status", "raw_status_key", "map_status"),
        Link("fact_connector_status", "feed_key", "dim_feed"), Link("fact_connector_status", "load_id", "etl_load"),
        Link("fact_connector_status", "connector_sk", "dim_connector"),
        Link("fact_connector_status", "point_id", "dim_charging_point"),
        Link("fact_connector_status", "station_sk", "dim_charging_station"),
        Link("fact_connector_status", "status_key", "dim_status"),
        Link("fact_connector_status", "raw_status_key", "map_status"),
        Link("fact_open_time", "feed_key", "dim_feed"), Link("fact_open_time", "load_id", "etl_load"),
        Link("agg_point_hour", "feed_key", "dim_feed"), Link("agg_point_hour", "load_id", "etl_load"),
        Link("agg_point_hour", "hour_utc", "dim_hour"), Link("agg_point_hour", "point_id", "dim_charging_point"),
        Link("agg_point_hour", "station_sk", "dim_charging_station"),
    ]

    private static let dimensions = [
        Link("dim_charging_station", "operator_id", "dim_operator"),
        Link("dim_charging_station", "city_key", "dim_city"),
        Link("dim_charging_station", "feed_key", "dim_feed"),
        Link("dim_charging_point", "station_id", "dim_charging_station"),
        Link("dim_charging_point", "feed_key", "dim_feed"), Link("dim_connector", "point_id", "dim_charging_point"),
        Link("dim_connector", "station_id", "dim_charging_station"), Link("dim_connector", "feed_key", "dim_feed"),
        Link("dim_operator", "first_load_id", "etl_load", "load_id"),
        Link("dim_charging_station", "first_load_id", "etl_load", "load_id"),
        Link("dim_charging_point", "first_load_id", "etl_load", "load_id"),
        Link("dim_connector", "first_load_id", "etl_load", "load_id"),
    ]

    static let all =
        links.map { link in
            let isOfSlice = Schema.table(link.table)?.sliceDay("c") != nil && !link.table.hasPrefix("dim_")
            return QualityRule(
                link.ruleID,
                link.isOwned
                    ? "each \(link.column) of \(link.table) is named by a row of \(link.parent)"
                    : "each \(link.column) of \(link.table) is one of \(link.parent)",
                meaning: link.isOwned
                    ? "A set is left over that nothing has any more." : "Joins lose the row, and sums with it.",
                scope: isOfSlice ? .slice : .warehouse,
                method: .offences { offences(link, isOfSlice, $0) }
            )
        } + [pointVersion, stationVersion]

    private static func offences(_ link: Link, _ isOfSlice: Bool, _ context: QualityContext) -> String {
        let day = Schema.table(link.table)?.sliceDay("c") ?? ""
        let key = isOfSlice ? "c.feed_key, \(day) AS utc_date, " : ""
        let known = "SELECT DISTINCT q.\(link.parentColumn) AS k FROM \(link.parent) q"
        let bare = day.hasPrefix("c.") ? String(day.dropFirst(2)) : day
        let limit = isOfSlice ? "\(context.covers("c", day: bare)) AND " : ""
        return """
            SELECT \(key)\(text("c.\(link.column)")) AS subject FROM \(link.table) c
            LEFT JOIN (\(known)) p ON p.k = c.\(link.column)
            WHERE \(limit)c.\(link.column) IS NOT NULL AND p.k IS NULL
            """
    }

    private static let pointVersion = QualityRule(
        "CHECK_FACT_POINT_VERSION",
        "a fact names the version of its own point that was in force when it began",
        meaning:
            "The interval is shown with the attributes of another time. The first version also stands for the time before.",
        method: .offences { context in
            versionOffences(
                "dim_charging_point",
                "point_sk",
                "source_point_key",
                " OR v.point_id <> f.point_id",
                context
            )
        }
    )

    private static let stationVersion = QualityRule(
        "CHECK_FACT_STATION_VERSION",
        "a fact names the version of a station that was in force when it began",
        meaning:
            "The interval is shown with the attributes of another time. The first version also stands for the time before.",
        method: .offences { versionOffences("dim_charging_station", "station_sk", "station_id", "", $0) }
    )

    private static func versionOffences(
        _ dimension: String,
        _ key: String,
        _ object: String,
        _ more: String,
        _ context: QualityContext
    ) -> String {
        let columns = dimension == "dim_charging_point" ? ", d.point_id" : ""
        return """
            SELECT f.feed_key, f.utc_date, \(text("f.point_id")) AS subject FROM fact_point_status f
            JOIN (SELECT d.\(key), d.valid_from, d.valid_to\(columns),
                    MIN(d.valid_from) OVER (PARTITION BY d.\(object)) AS first_from
                FROM \(dimension) d) v ON v.\(key) = f.\(key)
            WHERE \(context.covers("f")) AND (f.valid_from >= v.valid_to
                OR (f.valid_from < v.valid_from AND v.valid_from > v.first_from)\(more))
            """
    }
}
