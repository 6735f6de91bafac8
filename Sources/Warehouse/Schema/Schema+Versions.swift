/// What each slice saw of the objects: from these the versions of the dimensions are derived, in any order of days.
extension Schema {
    static let versions: [TableDefinition] = [
        version("etl_operator_version", of: "operator", operatorAttributes),
        version("etl_station_version", of: "station", stationAttributes),
        version("etl_point_version", of: "point", pointRelations + pointAttributes + [reusePointID]),
        version("etl_connector_version", of: "connector", connectorRelations + connectorAttributes),
    ]

    private static let reusePointID = ColumnDefinition.must(
        "reuse_point_id",
        .bigint,
        "Durable id of the point if its source id stands for another point from the run on"
    )

    private static func version(
        _ name: String,
        of object: String,
        _ attributes: [ColumnDefinition]
    ) -> TableDefinition {
        TableDefinition(
            name,
            "One row per \(object), slice and run of equal attributes: what the slice saw.",
            key: ["feed_key", "utc_date", "\(object)_id", "seen_from"],
            sort: ["utc_date", "feed_key"],
            distribution: .even,
            columns: [
                utcDate, feedKey, loadID,
                .must("\(object)_id", .bigint, "The \(object), durable"),
                .must("\(object)_sk", .bigint, "Key of the version that starts with the run, if one does"),
                .must("seen_from", .timestamp, "Slot of the first poll of the run"),
                .must("seen_to", .timestamp, "Slot of the last poll of the run"),
                .must(
                    "settles_at",
                    .timestamp,
                    "Where the former values return by then, the run was flapping and makes no version"
                ),
                .must("attr_hash", .text(32), "Hash over the attributes that make a version"),
            ] + attributes
        )
    }
}
