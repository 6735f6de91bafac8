public import ChargingModel

/// An attribute whose change makes a new version of its object.
///
/// What is in no list never makes one: status, the source's own times, `is_reservable`, tariffs, the parking sensor,
/// the distance from a query, the station's own status, and `extra`, the fields that this version does not know.
public struct VersionedAttribute: Hashable, Sendable {
    /// The column of the flat file.
    public let column: String
    /// Which bit of the change mask it sets.
    public let group: AttributeGroup

    init(_ column: String, _ group: AttributeGroup) {
        self.column = column
        self.group = group
    }
}

extension FlatFileKind {
    /// The attributes that make a version, in the order in which they are hashed; empty for files without versions.
    ///
    /// - SeeAlso: `docs/methods/history.md`.
    public var versionedAttributes: [VersionedAttribute] {
        switch self {
        case .operators: Self.operatorVersions
        case .chargingStations: Self.stationVersions
        case .chargingPoints: Self.pointVersions
        case .connectors: Self.connectorVersions
        case .pointStatus, .connectorStatus, .openTimes, .openingHours, .openingExceptions, .capabilities, .polls,
            .rejects:
            []
        }
    }

    private static let operatorVersions: [VersionedAttribute] = [
        VersionedAttribute("name", .name), VersionedAttribute("hotline", .operator),
        VersionedAttribute("website", .operator),
    ]

    private static let stationVersions: [VersionedAttribute] = [
        VersionedAttribute("name", .name), VersionedAttribute("address", .place),
        VersionedAttribute("city_id", .place), VersionedAttribute("postal_code", .place),
        VersionedAttribute("country", .place), VersionedAttribute("lat", .place), VersionedAttribute("lon", .place),
        VersionedAttribute("operator_id", .operator), VersionedAttribute("hours_key", .hours),
        VersionedAttribute("owner_name", .details), VersionedAttribute("help_phone", .details),
        VersionedAttribute("is_roaming", .details), VersionedAttribute("directions", .details),
    ]

    private static let pointVersions: [VersionedAttribute] = [
        VersionedAttribute("evse_id", .name), VersionedAttribute("station_id", .relation),
        VersionedAttribute("max_power_kw", .power), VersionedAttribute("current_type", .power),
        VersionedAttribute("connector_count", .power), VersionedAttribute("capabilities", .capabilities),
        VersionedAttribute("physical_reference", .details), VersionedAttribute("floor_level", .details),
        VersionedAttribute("point_position", .details), VersionedAttribute("station_position", .details),
        VersionedAttribute("parking_spaces", .details), VersionedAttribute("public_comment", .details),
        VersionedAttribute("vehicle_type", .details), VersionedAttribute("is_roaming", .details),
    ]

    private static let connectorVersions: [VersionedAttribute] = [
        VersionedAttribute("standard", .name), VersionedAttribute("format", .name),
        VersionedAttribute("power_type", .power), VersionedAttribute("voltage_v", .power),
        VersionedAttribute("amperage_a", .power), VersionedAttribute("max_power_kw", .power),
        VersionedAttribute("point_id", .relation), VersionedAttribute("station_id", .relation),
    ]
}
