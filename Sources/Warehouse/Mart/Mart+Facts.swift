import ChargingModel

/// What happened, in seconds that can be added over everything; ratios are taken last.
///
/// A charging point that several records tell of is counted by one of them, as in reports.
extension Mart {
    package static let facts = [pointStatus, connectorStatus, pointHour, pointDay]

    // MARK: Intervals

    private static let pointStatus = MartView(
        "point_status",
        "One row per charging point and run of equal status within a UTC day and a version.",
        key: ["feed_key", "point_id", "valid_from"],
        day: "utc_date",
        columns: MartColumn.taken(
            "utc_date",
            "feed_key",
            "point_id",
            "point_sk",
            from: "fact_point_status",
            as: "f"
        ) + place + interval(in: "fact_point_status"),
        from: intervals(in: "fact_point_status")
    )

    private static let connectorStatus = MartView(
        "connector_status",
        "One row per connector and run of equal status within a UTC day and a version.",
        key: ["feed_key", "connector_id", "valid_from"],
        day: "utc_date",
        columns: MartColumn.taken(
            "utc_date",
            "feed_key",
            "connector_id",
            "connector_sk",
            "point_id",
            from: "fact_connector_status",
            as: "f"
        ) + place + interval(in: "fact_connector_status"),
        from: intervals(in: "fact_connector_status")
    )

    /// Where it happened, as it was then.
    private static let place =
        MartColumn.taken("station_id", "station_sk", "city_key", "operator_id", from: "dim_charging_station", as: "st")
        .map { column in
            switch column.definition.name {
            case "station_id": column.renamed("station_id", "Charging station, durable")
            case "station_sk": column.renamed("station_sk", "Charging station as it was (charging_station_version)")
            case "city_key": column.renamed("city_key", "City of the station at the time (city)")
            default: column.renamed("operator_id", "Operator of the station at the time (operator)")
            }
        }

    private static func interval(in table: String) -> [MartColumn] {
        MartColumn.taken("status_key", "valid_from", "valid_to", from: table, as: "f") + [
            MartColumn("b.local_date", .must("start_date", .date, "Local day of the start (status_start_date)")),
            MartColumn(
                "b.hour_of_week",
                .must("start_hour_of_week", .smallint, "Local hour of the week of the start (local_hour)")
            ),
            MartColumn("e.local_date", .must("end_date", .date, "Local day of the last second (status_end_date)")),
            MartColumn("CAST({f.valid_from to f.valid_to} AS INTEGER)", .must("duration_s", .integer, "Its length")),
        ] + MartColumn.taken("observations", "start_reason", "end_reason", from: table, as: "f")
    }

    private static func intervals(in table: String) -> String {
        """
        FROM \(table) f
        JOIN dim_charging_station st ON st.station_sk = f.station_sk
        JOIN dim_hour b ON b.utc_date = f.utc_date AND b.tz_name = st.tz_name
            AND b.hour_utc <= f.valid_from AND b.hour_end > f.valid_from
        JOIN dim_hour e ON e.utc_date = f.utc_date AND e.tz_name = st.tz_name
            AND e.hour_utc < f.valid_to AND e.hour_end >= f.valid_to
        LEFT JOIN etl_point_copy y ON y.utc_date = f.utc_date AND y.feed_key = f.feed_key AND y.point_id = f.point_id
        WHERE y.point_id IS NULL
        """
    }

    // MARK: Hours and days

    private static let pointHour = MartView(
        "point_hour",
        "One row per charging point and UTC hour, of feeds polled at least once an hour.",
        key: ["feed_key", "point_id", "hour_utc"],
        day: "utc_date",
        columns: MartColumn.taken("utc_date", "hour_utc", from: "dim_hour", as: "h")
            + MartColumn.taken("feed_key", "point_id", from: "agg_point_hour", as: "a") + place
            + MartColumn.taken("local_date", "hour_of_week", from: "dim_hour", as: "h")
            + measures { "CAST(\($0) AS INTEGER)" },
        from: hours
    )

    private static let pointDay = MartView(
        "point_day",
        "One row per charging point, local day and station version, of feeds polled at least once an hour.",
        key: ["feed_key", "point_id", "local_date", "station_sk"],
        day: "local_date",
        columns: MartColumn.taken("local_date", from: "dim_hour", as: "h")
            + MartColumn.taken("feed_key", "point_id", from: "agg_point_hour", as: "a") + place
            + measures { "CAST(SUM(\($0)) AS INTEGER)" },
        from: """
            \(hours)
            GROUP BY h.local_date, a.feed_key, a.point_id, st.station_id, st.station_sk, st.city_key, st.operator_id
            """
    )

    private static let hours = """
        FROM agg_point_hour a
        JOIN dim_charging_station st ON st.station_sk = a.station_sk
        JOIN dim_hour h ON h.hour_utc = a.hour_utc AND h.tz_name = st.tz_name
        """

    /// Seconds a category, their sums, and what else can be added.
    private static func measures(_ expression: (String) -> String) -> [MartColumn] {
        let seconds = StatusCategory.allCases.map { "\($0.rawValue)_s" }
        let observed = StatusCategory.allCases.filter(\.isObserved).map { "a.\($0.rawValue)_s" }
        let table = Schema.table("agg_point_hour")?.columns ?? []
        let taken = (seconds + ["open_observed_s", "open_occupied_s", "changes"]).map { name in
            let meaning = table.first { $0.name == name }?.meaning ?? ""
            return MartColumn(expression("a.\(name)"), .must(name, .integer, meaning))
        }
        return [
            MartColumn(
                expression(observed.joined(separator: " + ")),
                .must("observed_s", .integer, "Seconds free, occupied, reserved, down or unknown: below utilization")
            )
        ] + taken
    }
}
