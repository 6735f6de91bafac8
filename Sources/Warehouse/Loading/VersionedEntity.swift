import ChargingModel
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

    var id: String { "\(name)_id" }
    var key: String { "\(name)_sk" }
    var staging: String { "stg_\(file.rawValue)" }
    var continued: String { "continued_\(name)" }
    var touched: String { "touched_\(name)" }
    var numbered: String { "numbered_\(name)" }
    var chain: String { "chain_\(name)" }
    var changed: String { "changed_\(name)" }
    var match: String { "match_\(name)" }

    /// Whether a source id can come to stand for another object: a point's.
    var canBeReused: Bool { name == "point" }
    /// The column of the dimension that holds the key of the source's id.
    var sourceKey: String { canBeReused ? "source_\(name)_key" : id }

    /// Columns of the dimension by the bit that `change_mask` gets when one of them changes.
    var changeGroups: [(bit: Int64, columns: [String])] {
        AttributeGroup.allCases.compactMap { group in
            let columns = file.versionedAttributes.filter { $0.group == group }.map(\.column)
            return columns.isEmpty ? nil : (group.rawValue, columns)
        }
    }

    static let all = [chargingOperator, station, point, connector]

    static let chargingOperator = VersionedEntity(
        name: "operator",
        file: .operators,
        versions: "etl_operator_version",
        dimension: "dim_operator"
    )

    static let station = VersionedEntity(
        name: "station",
        file: .chargingStations,
        versions: "etl_station_version",
        dimension: "dim_charging_station"
    )

    static let point = VersionedEntity(
        name: "point",
        file: .chargingPoints,
        versions: "etl_point_version",
        dimension: "dim_charging_point"
    )

    static let connector = VersionedEntity(
        name: "connector",
        file: .connectors,
        versions: "etl_connector_version",
        dimension: "dim_connector"
    )
}
