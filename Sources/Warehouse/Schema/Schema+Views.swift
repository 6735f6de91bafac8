/// The views.
extension Schema {
    /// All views, in the order in which they are created.
    public static let views: [ViewDefinition] = bridges + seedViews

    private static let bridges = [
        ViewDefinition(
            "bridge_station_hours",
            "One row per version of a station and stretch of a weekday in which it is open.",
            [
                "station_sk": "Version of the station (dim_charging_station)",
                "iso_dow": "Local day of the ISO week: 1 Monday to 7 Sunday",
                "open_minute": "Minutes after local midnight, 0 to 1439",
                "close_minute": "Minutes after local midnight, exclusive, at most 1440",
            ],
            """
            SELECT d.station_sk, h.iso_dow, h.open_minute, h.close_minute
            FROM dim_charging_station d JOIN map_opening_hours h ON h.hours_key = d.hours_key
            """
        ),
        ViewDefinition(
            "bridge_station_exception",
            "One row per version of a station and stretch of time in which it is open or closed by exception.",
            [
                "station_sk": "Version of the station (dim_charging_station)",
                "starts_at": "Start of the exception, UTC",
                "ends_at": "End of the exception, exclusive, UTC",
                "is_open": "Whether the station is open then; a closing wins over an opening",
            ],
            """
            SELECT d.station_sk, h.starts_at, h.ends_at, h.is_open
            FROM dim_charging_station d JOIN map_opening_exception h ON h.hours_key = d.hours_key
            """
        ),
        ViewDefinition(
            "bridge_point_capability",
            "One row per version of a charging point and capability.",
            [
                "point_sk": "Version of the charging point (dim_charging_point)",
                "capability": "OCPI capability, for example RFID_READER",
            ],
            """
            SELECT d.point_sk, c.capability
            FROM dim_charging_point d JOIN map_capability c ON c.capability_set_key = d.capability_set_key
            """
        ),
    ]

    // MARK: The tables of the project that this one grew out of, under their names

    private static let seedViews = [statusChargingPoints, statusConnectors, station, point, plug, time]

    private static let statusChargingPoints = ViewDefinition(
        "status_chargingpoints",
        "One row per good poll and charging point in its answer: the row-per-poll snapshots, from intervals.",
        [
            "id_status_cp": "Hash (MD5) of id_chargingpoint, source id and query_time",
            "id_chargingpoint": "EVSE id; the feed's own id where it gives none",
            "query_time": "Slot of the poll, UTC",
            "status_cp": "The feed's own text",
            "status_parkingsensor": "What the parking sensor said; NULL where there is none",
        ],
        """
        SELECT MD5(COALESCE(o.evse_id, '') || '|' || o.source_point_id || '|' || CAST({p.slot_utc} AS VARCHAR(32))),
            COALESCE(o.evse_id, o.source_point_id), p.slot_utc, m.raw_status, f.parking_sensor_status
        FROM etl_poll p
        JOIN fact_point_status f ON f.utc_date = p.utc_date AND f.feed_key = p.feed_key
            AND f.valid_from <= p.slot_utc AND f.valid_to > p.slot_utc
        JOIN dim_status s ON s.status_key = f.status_key
        JOIN dim_charging_point o ON o.point_sk = f.point_sk
        LEFT JOIN map_status m ON m.raw_status_key = f.raw_status_key
        WHERE p.is_chosen AND s.category NOT IN ('absent', 'unobserved')
        """
    )

    private static let statusConnectors = ViewDefinition(
        "status_connectors",
        "One row per good poll and connector in its answer: the row-per-poll snapshots, from intervals.",
        [
            "id_status_connector": "Hash (MD5) of id_connector and query_time",
            "id_connector": "The feed's own id",
            "query_time": "Slot of the poll, UTC",
            "status_connector": "The feed's own text",
        ],
        """
        SELECT MD5(c.source_connector_id || '|' || CAST({p.slot_utc} AS VARCHAR(32))), c.source_connector_id,
            p.slot_utc, m.raw_status
        FROM etl_poll p
        JOIN fact_connector_status f ON f.utc_date = p.utc_date AND f.feed_key = p.feed_key
            AND f.valid_from <= p.slot_utc AND f.valid_to > p.slot_utc
        JOIN dim_status s ON s.status_key = f.status_key
        JOIN dim_connector c ON c.connector_sk = f.connector_sk
        LEFT JOIN map_status m ON m.raw_status_key = f.raw_status_key
        WHERE p.is_chosen AND s.category NOT IN ('absent', 'unobserved')
        """
    )

    private static let station = ViewDefinition(
        "charging_station",
        "One row per charging station, as it is now.",
        [
            "id_cs": "The feed's own id",
            "name": "Name of the station",
            "address": "Street and number",
            "city": "City as the feed writes it",
            "postal_code": "Postal code",
            "country": "ISO 3166-1 alpha-2",
            "owner": "Owner of the place",
            "roaming": "Whether roaming is offered",
            "latitude": "Degrees north, WGS 84",
            "longitude": "Degrees east, WGS 84",
            "operator_name": "Name of the operator",
            "operator_hotline": "Telephone number of the operator",
            "open_24_7": "Whether the station is open around the clock; NULL where the feed does not say",
        ],
        """
        SELECT d.source_station_id, d.name, d.address, d.city_name, d.postal_code, d.country, d.owner_name, d.is_roaming,
            d.lat, d.lon, o.name, o.hotline, d.open_24_7
        FROM dim_charging_station d
        LEFT JOIN dim_operator o ON o.operator_id = d.operator_id AND o.is_current
        WHERE d.is_current
        """
    )

    private static let point = ViewDefinition(
        "charging_point",
        "One row per charging point, as it is now.",
        [
            "id_cp": "EVSE id; the feed's own id where it gives none",
            "id_cs": "The feed's own id of the station",
            "charging_station_position": "Place of the station",
            "roaming": "Whether roaming is offered",
            "physical_reference": "Mark on the device",
            "cp_parking_space_numbers": "Parking spaces that the point serves",
            "cp_position": "Place of the point at the station",
            "vehicle_type": "Kind of vehicle served",
            "floor_level": "Floor",
        ],
        """
        SELECT COALESCE(d.evse_id, d.source_point_id), s.source_station_id, d.station_position, d.is_roaming,
            d.physical_reference, d.parking_spaces, d.point_position, d.vehicle_type, d.floor_level
        FROM dim_charging_point d
        LEFT JOIN dim_charging_station s ON s.station_id = d.station_id AND s.is_current
        WHERE d.is_current
        """
    )

    private static let plug = ViewDefinition(
        "connector",
        "One row per connector, as it is now.",
        [
            "id_connector": "The feed's own id",
            "id_cp": "EVSE id of the charging point; the feed's own id where it gives none",
            "format": "SOCKET or CABLE",
            "power_type": "OCPI power type",
            "ampere": "Current, A",
            "max_power": "Largest power, kW",
            "voltage": "Voltage, V",
            "standard": "OCPI name of the plug",
        ],
        """
        SELECT c.source_connector_id, COALESCE(p.evse_id, p.source_point_id), c.format, c.power_type, c.amperage_a,
            c.max_power_kw, c.voltage_v, c.standard
        FROM dim_connector c
        LEFT JOIN dim_charging_point p ON p.point_id = c.point_id AND p.is_current
        WHERE c.is_current
        """
    )

    private static let time = ViewDefinition(
        "time",
        "One row per slot with a good poll and time zone of its feeds; its parts are local time.",
        [
            "query_time": "Slot, UTC",
            "hour": "Local hour, 0 to 23",
            "day": "Local day of the month",
            "week": "ISO week of the local day",
            "month": "Local month",
            "year": "Local year",
            "weekday": "Local day of the week, 0 Sunday to 6 Saturday",
        ],
        """
        SELECT DISTINCT p.slot_utc, h.local_hour, EXTRACT(DAY FROM h.local_date), d.iso_week, d.month, d.year,
            MOD(h.iso_dow, 7)
        FROM etl_poll p
        JOIN dim_feed f ON f.feed_key = p.feed_key
        JOIN dim_hour h ON h.utc_date = p.utc_date AND h.tz_name = f.tz_name
            AND h.hour_utc <= p.slot_utc AND h.hour_end > p.slot_utc
        JOIN dim_date d ON d.local_date = h.local_date
        WHERE p.is_chosen
        """
    )
}
