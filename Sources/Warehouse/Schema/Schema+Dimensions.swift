/// The dimensions.
extension Schema {
    static let dimensions: [TableDefinition] =
        [
            feed, chargingOperator, city, cityAlias, status, statusMap, hour, date, holiday, chargingStation,
            chargingPoint, connector,
        ] + attributeSets

    private static let feed = TableDefinition(
        "dim_feed",
        "One row per feed: one endpoint that is polled.",
        key: ["feed_key"],
        unique: [["feed_id"]],
        distribution: .all,
        columns: [
            .must("feed_key", .bigint, "Hash of feed_id"),
            .must("feed_id", .text(64), "Name of the feed, for example chargecloud/koeln"),
            .must("family", .text(24), "Feed family, the name space of the source's ids"),
            .must("adapter", .text(24), "Adapter that reads it"),
            .must("url", .text(512), "Address that is polled"),
            .may("country", .text(2), "ISO 3166-1 alpha-2", null: "more than one country"),
            .must("tz_name", .text(40), "IANA time zone of its stations"),
            .must("interval_s", .integer, "Seconds between polls"),
            .must("max_gap_s", .integer, "Longest gap between good polls over which a status is held"),
            .must("needs_credentials", .boolean, "Whether it wants a key or token"),
            .may("licence", .text(64), "Licence of the data", null: "none stated"),
            .may("attribution", .text(200), "Text that the licence wants shown", null: "none wanted"),
            .may("terms_url", .text(512), "Web address of the terms", null: "none known"),
            .may("notes", .text(400), "Remarks", null: "none"),
            .must("active", .boolean, "Whether it is polled now"),
        ]
    )

    private static let chargingOperator = TableDefinition(
        "dim_operator",
        "One row per version of an operator (CPO).",
        key: ["operator_sk"],
        unique: [["operator_id", "valid_from"]],
        distribution: .all,
        columns: [
            .must("operator_sk", .bigint, "Hash of operator_id and valid_from"),
            .must("operator_id", .bigint, "Hash of family and source_operator_id"),
        ] + operatorAttributes + versionColumns
    )

    private static let status = TableDefinition(
        "dim_status",
        "One row per status.",
        key: ["status_key"],
        unique: [["code"]],
        distribution: .all,
        columns: [
            .must("status_key", .smallint, "Number of the status; never renumbered"),
            .must("code", .text(24), "OCPI's nine in camel case, absent, unobserved"),
            .must("category", .text(12), "free, occupied, reserved, down, unknown, outside, absent, unobserved"),
            .must("is_observed", .boolean, "Whether its time belongs to the denominator of utilization"),
            .must("is_operational", .boolean, "Whether the object works: free, occupied or reserved"),
            .must("is_occupied", .boolean, "Whether its category is occupied"),
            .must("sort_order", .smallint, "Place in lists and legends"),
        ]
    )

    private static let statusMap = TableDefinition(
        "map_status",
        "One row per status text of an adapter.",
        key: ["raw_status_key"],
        distribution: .all,
        columns: [
            .must("raw_status_key", .bigint, "Hash of adapter and raw_status"),
            .must("adapter", .text(24), "Adapter that met the text"),
            .must("raw_status", .text(400), "The feed's own text, verbatim"),
            .must("status_key", .smallint, "What it is mapped to (dim_status)"),
            .must("first_seen", .timestamp, "Slot of the first poll that showed it"),
            .may(
                "map_version",
                .text(200),
                "Status map that read the text: names and versions of its files",
                null: "the adapter has no status map"
            ),
        ]
    )

    private static let hour = TableDefinition(
        "dim_hour",
        "One row per UTC hour and time zone: local time without time-zone functions.",
        key: ["hour_utc", "tz_name"],
        sort: ["hour_utc"],
        distribution: .all,
        columns: [
            .must("hour_utc", .timestamp, "Start of the hour"),
            .must("hour_end", .timestamp, "End of the hour, exclusive"),
            .must("utc_date", .date, "UTC day of the hour"),
            .must("tz_name", .text(40), "IANA time zone, or UTC"),
            .must("local_ts", .timestamp, "What local clocks show at hour_utc; occurs twice when clocks go back"),
            .must("local_date", .date, "Local day"),
            .must("local_hour", .smallint, "Local hour, 0 to 23"),
            .must("iso_dow", .smallint, "Local day of the ISO week: 1 Monday to 7 Sunday"),
            .must("hour_of_week", .smallint, "Local hour of the week: 0 is Monday 00:00, 167 Sunday 23:00"),
            .must("utc_offset_s", .integer, "Seconds that local time is ahead of UTC"),
            .must("is_dst", .boolean, "Whether daylight saving time applies"),
        ]
    )

    private static let date = TableDefinition(
        "dim_date",
        "One row per calendar day.",
        key: ["local_date"],
        sort: ["local_date"],
        distribution: .all,
        columns: [
            .must("local_date", .date, "The day"),
            .must("year", .smallint, "Calendar year"),
            .must("quarter", .smallint, "1 to 4"),
            .must("month", .smallint, "1 to 12"),
            .must("iso_week", .smallint, "ISO 8601 week, 1 to 53"),
            .must("iso_dow", .smallint, "1 Monday to 7 Sunday"),
            .must("is_weekend", .boolean, "Saturday or Sunday"),
            .must("season", .text(8), "Meteorological season of the northern half: winter, spring, summer, autumn"),
        ]
    )

    private static let chargingStation = TableDefinition(
        "dim_charging_station",
        "One row per version of a charging station.",
        key: ["station_sk"],
        unique: [["station_id", "valid_from"]],
        sort: ["station_id", "valid_from"],
        distribution: .all,
        columns: [
            .must("station_sk", .bigint, "Hash of station_id and valid_from"),
            .must("station_id", .bigint, "Hash of feed family and source_station_id"),
            feedKey,
        ] + stationAttributes + versionColumns
    )

    private static let chargingPoint = TableDefinition(
        "dim_charging_point",
        "One row per version of a charging point (EVSE).",
        key: ["point_sk"],
        unique: [["point_id", "valid_from"]],
        sort: ["point_id", "valid_from"],
        distribution: .all,
        columns: [
            .must("point_sk", .bigint, "Hash of point_id and valid_from"),
            .must(
                "point_id",
                .bigint,
                "Charging point, durable: source_point_key, or another where the id was re-used"
            ),
        ] + pointIdentity + pointRelations + [feedKey] + pointAttributes + versionColumns
    )

    private static let connector = TableDefinition(
        "dim_connector",
        "One row per version of a connector.",
        key: ["connector_sk"],
        unique: [["connector_id", "valid_from"]],
        sort: ["connector_id", "valid_from"],
        distribution: .all,
        columns: [
            .must("connector_sk", .bigint, "Hash of connector_id and valid_from"),
            .must("connector_id", .bigint, "Hash of feed family, point and source_connector_id"),
        ] + connectorRelations + [feedKey] + connectorAttributes + versionColumns
    )

    static let feedKey = ColumnDefinition.must("feed_key", .bigint, "Feed (dim_feed)")
}
