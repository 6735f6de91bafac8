/// Opening hours and capabilities: each set once, under the key that stations and points name.
///
/// `bridge_station_hours`, `bridge_station_exception` and `bridge_point_capability` are views that join them to
/// versions.
extension Schema {
    static let attributeSets = [openingHours, openingException, capability]

    private static let openingHours = TableDefinition(
        "map_opening_hours",
        "One row per set of opening hours, weekday and stretch of time in which a station is open.",
        key: ["hours_key", "iso_dow", "open_minute"],
        distribution: .all,
        columns: [
            hoursKey,
            .must("iso_dow", .smallint, "Local day of the ISO week: 1 Monday to 7 Sunday"),
            .must("open_minute", .smallint, "Minutes after local midnight, 0 to 1439"),
            .must("close_minute", .smallint, "Minutes after local midnight, exclusive, at most 1440"),
        ]
    )

    private static let openingException = TableDefinition(
        "map_opening_exception",
        "One row per set of opening hours and stretch of time in which a station is open or closed by exception.",
        key: ["hours_key", "starts_at", "is_open"],
        distribution: .all,
        columns: [
            hoursKey,
            .must("starts_at", .timestamp, "Start of the exception"),
            .must("ends_at", .timestamp, "End of the exception, exclusive"),
            .must("is_open", .boolean, "Whether the station is open then; a closing wins over an opening"),
        ]
    )

    private static let capability = TableDefinition(
        "map_capability",
        "One row per set of capabilities and capability.",
        key: ["capability_set_key", "capability"],
        distribution: .all,
        columns: [
            .must("capability_set_key", .bigint, "Hash of the set"),
            .must("capability", .text(200), "OCPI capability, for example RFID_READER"),
        ]
    )

    private static let hoursKey = ColumnDefinition.must("hours_key", .bigint, "Hash of the feed's opening times")
}
