/// What the facts are about.
///
/// Objects with a history have two views: one row an object as it is, by `*_id`, and one row a version, by `*_sk`.
extension Mart {
    package static let dimensions =
        stations + points + connectors + [chargingOperator, city, feed, status]

    /// Two views of a dimension with versions.
    private static func views(
        _ name: String,
        _ object: String,
        table: String,
        id: String,
        version: String,
        _ columns: [MartColumn]
    ) -> [MartView] {
        let times = MartColumn.taken("valid_from", "valid_to", "is_current", "last_seen", from: table, as: "d")
        return [
            MartView(
                name,
                "One row per \(object), as it is now, or as it was last where its id came to stand for another one.",
                key: [id],
                columns: columns + times,
                from: newest(of: table, by: id)
            ),
            MartView(
                name + "_version",
                "One row per version of a \(object): as it was.",
                key: [version],
                columns: columns + times,
                from: "FROM \(table) d"
            ),
        ]
    }

    /// The last version of each object, whether it is open or not: so that every fact finds its object.
    private static func newest(of table: String, by id: String) -> String {
        """
        FROM \(table) d
        JOIN (SELECT \(id), MAX(valid_from) AS newest_from FROM \(table) GROUP BY \(id)) n
            ON n.\(id) = d.\(id) AND n.newest_from = d.valid_from
        """
    }

    private static let stations = views(
        "charging_station",
        "charging station",
        table: "dim_charging_station",
        id: "station_id",
        version: "station_sk",
        MartColumn.taken(
            "station_id",
            "station_sk",
            "feed_key",
            "operator_id",
            "city_key",
            "source_station_id",
            "name",
            "address",
            "postal_code",
            "city_name",
            "country",
            "lat",
            "lon",
            "tz_name",
            "access_type",
            "parking_type",
            "is_roaming",
            "owner_name",
            "help_phone",
            "open_24_7",
            from: "dim_charging_station",
            as: "d"
        )
    )

    private static let points = views(
        "charging_point",
        "charging point",
        table: "dim_charging_point",
        id: "point_id",
        version: "point_sk",
        MartColumn.taken(
            "point_id",
            "point_sk",
            "station_id",
            "feed_key",
            "source_point_id",
            "evse_id",
            "physical_reference",
            "floor_level",
            "parking_spaces",
            "vehicle_type",
            "is_roaming",
            "is_reservable",
            "has_remote_start",
            "has_rfid",
            "has_plug_and_charge",
            "max_power_kw",
            "current_type",
            "power_class",
            "connector_count",
            "lat",
            "lon",
            from: "dim_charging_point",
            as: "d"
        )
    )

    private static let connectors = views(
        "connector",
        "connector",
        table: "dim_connector",
        id: "connector_id",
        version: "connector_sk",
        MartColumn.taken(
            "connector_id",
            "connector_sk",
            "point_id",
            "station_id",
            "feed_key",
            "source_connector_id",
            "standard",
            "format",
            "power_type",
            "voltage_v",
            "amperage_a",
            "max_power_kw",
            "terms_url",
            from: "dim_connector",
            as: "d"
        )
    )

    private static let chargingOperator = MartView(
        "operator",
        "One row per operator (CPO), under its current name.",
        key: ["operator_id"],
        columns: MartColumn.taken(
            "operator_id",
            "family",
            "source_operator_id",
            "party_id",
            "name",
            "website",
            "hotline",
            "group_name",
            from: "dim_operator",
            as: "d"
        ),
        from: newest(of: "dim_operator", by: "operator_id")
    )

    private static let city = MartView(
        "city",
        "One row per city.",
        key: ["city_key"],
        columns: MartColumn.taken(
            "city_key",
            "city_id",
            "name",
            "district",
            "state_code",
            "country",
            "ags",
            "tz_name",
            "lat",
            "lon",
            "population",
            "population_date",
            from: "dim_city",
            as: "d"
        ),
        from: "FROM dim_city d"
    )

    private static let feed = MartView(
        "feed",
        "One row per feed: one endpoint that is polled.",
        key: ["feed_key"],
        columns: MartColumn.taken(
            "feed_key",
            "feed_id",
            "family",
            "adapter",
            "country",
            "tz_name",
            "interval_s",
            "max_gap_s",
            "licence",
            "attribution",
            "terms_url",
            "active",
            from: "dim_feed",
            as: "d"
        ),
        from: "FROM dim_feed d"
    )

    private static let status = MartView(
        "status",
        "One row per status.",
        key: ["status_key"],
        columns: MartColumn.taken(
            "status_key",
            "code",
            "category",
            "is_observed",
            "is_operational",
            "is_occupied",
            "sort_order",
            from: "dim_status",
            as: "d"
        ),
        from: "FROM dim_status d"
    )
}
