import Cleaning

/// An object whose attributes are kept with their history: what slices saw of it, and the dimension made of that.
struct VersionedEntity: Sendable {
    /// `station`.
    let name: String
    /// The flat file, and the staging table `stg_charging_stations`.
    let file: FlatFileKind
    /// `etl_station_version`.
    let versions: String
    /// `dim_charging_station`.
    let dimension: String
    /// Columns of the dimension by the bit that `change_mask` gets when one of them changes.
    let changeGroups: [(bit: Int, columns: [String])]

    var id: String { "\(name)_id" }
    var key: String { "\(name)_sk" }
    var staging: String { "stg_\(file.rawValue)" }
    var touched: String { "touched_\(name)" }
    var numbered: String { "numbered_\(name)" }
    var chain: String { "chain_\(name)" }
    var changed: String { "changed_\(name)" }
    var match: String { "match_\(name)" }

    /// Columns that the dimension takes over from what was seen last in the version.
    var attributes: [String] {
        let own: Set = [id, key, "utc_date", "feed_key", "load_id", "seen_from", "seen_to", "attr_hash"]
        return (Schema.table(versions)?.columnNames ?? []).filter { !own.contains($0) }
    }

    /// Whether rows of the dimension name a feed: all but operators, which feeds of a family share.
    var hasFeed: Bool { Schema.table(dimension)?.columnNames.contains("feed_key") ?? false }

    static let all = [chargingOperator, station, point, connector]

    static let chargingOperator = VersionedEntity(
        name: "operator",
        file: .operators,
        versions: "etl_operator_version",
        dimension: "dim_operator",
        changeGroups: [(1, ["name"]), (4, ["hotline", "website"])]
    )

    static let station = VersionedEntity(
        name: "station",
        file: .chargingStations,
        versions: "etl_station_version",
        dimension: "dim_charging_station",
        changeGroups: [
            (1, ["name"]), (2, ["address", "city_id", "postal_code", "country", "lat", "lon"]), (4, ["operator_id"]),
            (16, ["open_24_7", "opening_hours"]),
        ]
    )

    static let point = VersionedEntity(
        name: "point",
        file: .chargingPoints,
        versions: "etl_point_version",
        dimension: "dim_charging_point",
        changeGroups: [
            (1, ["evse_id"]), (8, ["max_power_kw", "connector_count"]), (32, ["capabilities"]), (64, ["station_id"]),
        ]
    )

    static let connector = VersionedEntity(
        name: "connector",
        file: .connectors,
        versions: "etl_connector_version",
        dimension: "dim_connector",
        changeGroups: [
            (1, ["standard", "format"]), (8, ["power_type", "voltage_v", "amperage_a", "max_power_kw"]),
            (64, ["point_id", "station_id"]),
        ]
    )
}
