/// The facts and their aggregates.
extension Schema {
    static let facts: [TableDefinition] = [pointStatus, connectorStatus, openTime, pointHour]

    private static let pointStatus = TableDefinition(
        "fact_point_status",
        "One row per charging point and run of equal status within a UTC day and a version.",
        key: ["feed_key", "point_id", "valid_from"],
        sort: ["utc_date", "point_id"],
        distribution: .key("point_id"),
        columns: [
            utcDate, feedKey,
            .must("point_id", .bigint, "Charging point, durable"),
            .must("point_sk", .bigint, "Charging point as it was (dim_charging_point)"),
            .must("station_sk", .bigint, "Charging station as it was (dim_charging_station)"),
        ] + interval + [
            .may("parking_sensor_status", .text(24), "What the parking sensor said", null: "no parking sensor")
        ]
    )

    private static let connectorStatus = TableDefinition(
        "fact_connector_status",
        "One row per connector and run of equal status within a UTC day and a version.",
        key: ["feed_key", "connector_id", "valid_from"],
        sort: ["utc_date", "connector_id"],
        distribution: .key("point_id"),
        columns: [
            utcDate, feedKey,
            .must("connector_id", .bigint, "Connector, durable"),
            .must("connector_sk", .bigint, "Connector as it was (dim_connector)"),
            .must("point_id", .bigint, "Charging point, durable"),
            .must("station_sk", .bigint, "Charging station as it was (dim_charging_station)"),
        ] + interval
    )

    private static let interval: [ColumnDefinition] = [
        .must("status_key", .smallint, "Status (dim_status)"),
        .may("raw_status_key", .bigint, "The feed's own text (map_status)", null: "absent or unobserved"),
        .must("valid_from", .timestamp, "Start of the interval"),
        .must("valid_to", .timestamp, "End of the interval, exclusive; at most the end of the UTC day"),
        .must("observations", .smallint, "Good polls that showed the status"),
        .must("start_reason", .smallint, "1 change, 2 gap, 3 appeared, 4 midnight, 5 version, 7 text"),
        .must(
            "end_reason",
            .smallint,
            "1 change, 2 gap, 3 disappeared, 4 midnight, 5 version, 6 open: day not over, 7 text"
        ),
        .may("source_time", .timestamp, "The source's own stamp of the status; never trusted"),
        loadID,
    ]

    private static let openTime = TableDefinition(
        "fact_open_time",
        "One row per feed, UTC day, set of opening hours with limits, and stretch in which it is open.",
        key: ["feed_key", "utc_date", "hours_key", "opens_at"],
        sort: ["utc_date"],
        distribution: .all,
        columns: [
            utcDate, feedKey,
            .must("hours_key", .bigint, "Set of opening hours (map_opening_hours)"),
            .must("opens_at", .timestamp, "Start, exceptions and clock changes applied"),
            .must("closes_at", .timestamp, "End, exclusive; at most the end of the UTC day"),
            loadID,
        ]
    )

    private static let pointHour = TableDefinition(
        "agg_point_hour",
        "One row per charging point and UTC hour, of feeds polled at least once an hour; copies (etl_point_copy) are "
            + "not counted again.",
        key: ["feed_key", "point_id", "hour_utc"],
        sort: ["hour_utc", "point_id"],
        distribution: .key("point_id"),
        columns: [
            .must("hour_utc", .timestamp, "Start of the hour"),
            feedKey,
            .must("point_id", .bigint, "Charging point, durable"),
            .must("station_sk", .bigint, "Charging station as it was (dim_charging_station)"),
            .must("free_s", .smallint, "Seconds free"),
            .must("occupied_s", .smallint, "Seconds occupied"),
            .must("reserved_s", .smallint, "Seconds reserved"),
            .must("down_s", .smallint, "Seconds out of order or inoperative"),
            .must("unknown_s", .smallint, "Seconds in which the feed said unknown"),
            .must("outside_s", .smallint, "Seconds planned or removed"),
            .must("absent_s", .smallint, "Seconds in which the feed worked and did not show the point"),
            .must("unobserved_s", .smallint, "Seconds without a usable poll"),
            .must("open_observed_s", .smallint, "Observed seconds in opening hours; not told counts as always open"),
            .must("open_occupied_s", .smallint, "Seconds occupied in opening hours"),
            .must("changes", .smallint, "Status changes that start in the hour"),
            .must("session_starts", .smallint, "Inferred sessions that start in the hour"),
            loadID,
        ]
    )

    static let utcDate = ColumnDefinition.must("utc_date", .date, "UTC day")
    static let loadID = ColumnDefinition.must("load_id", .bigint, "Load that wrote the row (etl_load)")
}
