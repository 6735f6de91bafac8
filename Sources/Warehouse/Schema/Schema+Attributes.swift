/// The attributes of the objects, shared by the dimensions and by the tables of what a slice saw.
extension Schema {
    static let operatorAttributes: [ColumnDefinition] = [
        .must("family", .text(24), "Feed family, the name space of the source's ids"),
        .must("source_operator_id", .text(64), "The feed's own id of the operator; its name where it gives none"),
        .may("party_id", .text(8), "OCPI party id"),
        .must("name", .text(200), "Name of the operator"),
        .may("website", .text(512), "Web address"),
        .may("hotline", .text(64), "Telephone number"),
        .may("group_name", .text(200), "Group that the operator belongs to", null: "none known"),
    ]

    static let stationAttributes: [ColumnDefinition] =
        [
            .must("source_station_id", .text(128), "The feed's own id of the station"),
            .must("operator_id", .bigint, "Operator (dim_operator)"),
            .must("city_key", .bigint, "City (dim_city)"),
            .must("city_id", .text(64), "Country and name of the city in small letters: de/köln"),
            .must(
                "city_name",
                .text(120),
                "Name of the city as the feed writes it; the feed's name where it gives none"
            ),
            .may("name", .text(200), "Name of the station"),
            .may("address", .text(200), "Street and number"),
            .may("postal_code", .text(16), "Postal code"),
            .must("country", .text(2), "ISO 3166-1 alpha-2"),
        ] + coordinates + [
            .may("geo_cell", .text(16), "Cell of a grid, for joins by place", null: "no coordinates"),
            .must("tz_name", .text(40), "IANA time zone of the place"),
            .may("access_type", .text(24), "Who may use the station"),
            .may("parking_type", .text(24), "OCPI parking type"),
            .may("is_roaming", .boolean, "Whether roaming is offered"),
            .may("owner_name", .text(200), "Owner of the place"),
            .may("help_phone", .text(64), "Telephone number for help on the spot"),
            .may("open_24_7", .boolean, "Whether the station is open around the clock"),
            .may("opening_hours", .json, "The feed's opening times", null: "none given, or open around the clock"),
            .must("hours_key", .bigint, "Set of opening hours (map_opening_hours); one key stands for \"not told\""),
            .may("directions", .json, "List of language and text"),
            .may("facilities", .json, "List of OCPI facilities"),
            extra,
        ]

    static let pointRelations: [ColumnDefinition] = [
        .must("station_id", .bigint, "Charging station (dim_charging_station)")
    ]

    static let pointAttributes: [ColumnDefinition] =
        [
            .must("source_point_id", .text(128), "The feed's own id of the point (uid)"),
            .may("evse_id", .text(64), "Printed EVSE id; can be shared or re-used, so it is no key"),
            .may(
                "evse_key",
                .bigint,
                "Hash of the EVSE id without separators: matches one point over feeds and records",
                null: "no EVSE id that tells"
            ),
            .may("connector_hash", .text(32), "Hash over the connectors and what they are; makes no version"),
            .may("reported_at", .timestamp, "The source's own time of the newest record; makes no version"),
            .may("physical_reference", .text(64), "Mark on the device"),
            .may("floor_level", .text(16), "Floor"),
            .may("point_position", .text(128), "Place of the point at the station"),
            .may("station_position", .text(128), "Place of the station"),
            .may("parking_spaces", .text(128), "Parking spaces that the point serves"),
            .may("public_comment", .text(400), "Remark for users"),
            .may("vehicle_type", .text(24), "Kind of vehicle served"),
            .may("is_roaming", .boolean, "Whether roaming is offered"),
            .may("capabilities", .json, "Sorted list of OCPI capabilities"),
            .must("capability_set_key", .bigint, "Set of capabilities (map_capability)"),
            .may("is_reservable", .boolean, "Whether it can be reserved; volatile, makes no version"),
            .may("tariff_ids", .json, "List of tariff ids; volatile, makes no version"),
            .may(
                "has_remote_start",
                .boolean,
                "Whether charging can be started remotely",
                null: "no capabilities given"
            ),
            .may("has_rfid", .boolean, "Whether an RFID card is read", null: "no capabilities given"),
            .may(
                "has_plug_and_charge",
                .boolean,
                "Whether ISO 15118 plug and charge works",
                null: "no capabilities given"
            ),
            .may("parking_restrictions", .json, "List of OCPI parking restrictions"),
            .may("max_power_kw", .double, "Largest power of its connectors", null: "no connector says its power"),
            .may("current_type", .text(8), "AC, DC or AC+DC", null: "no connector says its power type"),
            .may("power_class", .text(12), "Class of max_power_kw", null: "max_power_kw is NULL"),
            .may("connector_count", .smallint, "Connectors of the point", null: "not known"),
            .may("lat", .coordinate, "Degrees north of its station, WGS 84; makes no version"),
            .may("lon", .coordinate, "Degrees east of its station, WGS 84; makes no version"),
            extra,
        ]

    /// What tells one life of a re-used source id from another.
    static let pointIdentity: [ColumnDefinition] = [
        .must("source_point_key", .bigint, "Hash of family and source_point_id: the point's id unless it was re-used")
    ]

    static let connectorRelations: [ColumnDefinition] = [
        .must("point_id", .bigint, "Charging point (dim_charging_point)"),
        .must("station_id", .bigint, "Charging station (dim_charging_station)"),
    ]

    static let connectorAttributes: [ColumnDefinition] = [
        .must("source_connector_id", .text(128), "The feed's own id of the connector"),
        .must("standard", .text(40), "OCPI name of the plug; unknown where the feed gave none"),
        .may("format", .text(12), "SOCKET or CABLE"),
        .may("power_type", .text(16), "OCPI power type: AC_1_PHASE, AC_3_PHASE, DC …"),
        .may("voltage_v", .integer, "Voltage"),
        .may("amperage_a", .integer, "Current"),
        .may("max_power_kw", .double, "Largest power", null: "neither given nor derivable"),
        .may("tariff_ids", .json, "List of tariff ids; volatile, makes no version"),
        .may("terms_url", .text(512), "Web address of the terms"),
        extra,
    ]
}
