/// The flat files of a slice, one a kind: `charging_points.csv.gz`.
///
/// CSV after RFC 4180, UTF-8, `,`, a header, `\N` for null, gzip. One row per line of ``columns``' doc.
public enum FlatFileKind: String, CaseIterable, Sendable, Codable {
    /// One row per operator and run of equal attributes.
    case operators
    /// One row per charging station and run of equal attributes.
    case chargingStations = "charging_stations"
    /// One row per charging point and run of equal attributes.
    case chargingPoints = "charging_points"
    /// One row per connector and run of equal attributes.
    case connectors
    /// One row per charging point and status interval.
    case pointStatus = "status_chargingpoints"
    /// One row per connector and status interval.
    case connectorStatus = "status_connectors"
    /// One row per set of opening hours and stretch of the UTC day in which it is open; none for sets without limits.
    case openTimes = "open_times"
    /// One row per set of opening hours, ISO weekday and stretch of minutes in which a station is open.
    case openingHours = "opening_hours"
    /// One row per set of opening hours and stretch of time in which a station is open or closed by exception.
    case openingExceptions = "opening_exceptions"
    /// One row per set of capabilities and capability.
    case capabilities
    /// One row per poll.
    case polls
    /// One row per rejected record or finding.
    case rejects
}

/// A column of a flat file.
public struct FlatColumn: Hashable, Sendable, Codable {
    /// How the text of a value reads.
    public enum Kind: String, Sendable, Codable {
        case bigint
        case integer
        case double
        case boolean
        case date
        case timestamp
        case text
        case json
    }

    /// The name in the file's header.
    public var name: String
    /// How the values read.
    public var kind: Kind

    init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

extension FlatFileKind {
    /// The columns in file order.
    public var columns: [FlatColumn] {
        switch self {
        case .operators: Self.version("operator") + Self.operatorAttributes
        case .chargingStations: Self.version("station") + Self.stationAttributes
        case .chargingPoints: Self.version("point") + Self.pointAttributes
        case .connectors: Self.version("connector") + Self.connectorAttributes
        case .pointStatus: Self.status(["point_id", "station_id"]) + [FlatColumn("parking_sensor_status", .text)]
        case .connectorStatus: Self.status(["connector_id", "point_id", "station_id"])
        case .openTimes:
            Self.slice + [
                FlatColumn("hours_key", .bigint), FlatColumn("opens_at", .timestamp),
                FlatColumn("closes_at", .timestamp),
            ]
        case .openingHours:
            Self.slice + [
                FlatColumn("hours_key", .bigint), FlatColumn("iso_dow", .integer), FlatColumn("open_minute", .integer),
                FlatColumn("close_minute", .integer),
            ]
        case .openingExceptions:
            Self.slice + [
                FlatColumn("hours_key", .bigint), FlatColumn("starts_at", .timestamp),
                FlatColumn("ends_at", .timestamp), FlatColumn("is_open", .boolean),
            ]
        case .capabilities:
            Self.slice + [FlatColumn("capability_set_key", .bigint), FlatColumn("capability", .text)]
        case .polls: Self.pollColumns
        case .rejects: Self.rejectColumns
        }
    }

    private static let slice = [
        FlatColumn("utc_date", .date), FlatColumn("feed_key", .bigint), FlatColumn("load_id", .bigint),
    ]

    private static func version(_ object: String) -> [FlatColumn] {
        slice + [
            FlatColumn("\(object)_id", .bigint), FlatColumn("\(object)_sk", .bigint),
            FlatColumn("seen_from", .timestamp), FlatColumn("seen_to", .timestamp),
            FlatColumn("settles_at", .timestamp), FlatColumn("attr_hash", .text),
        ]
    }

    private static func status(_ ids: [String]) -> [FlatColumn] {
        slice + ids.map { FlatColumn($0, .bigint) } + [
            FlatColumn("status", .text), FlatColumn("raw_status", .text), FlatColumn("raw_status_key", .bigint),
            FlatColumn("valid_from", .timestamp), FlatColumn("valid_to", .timestamp),
            FlatColumn("observations", .integer), FlatColumn("start_reason", .integer),
            FlatColumn("end_reason", .integer), FlatColumn("source_time", .timestamp),
        ]
    }

    private static let operatorAttributes = [
        FlatColumn("family", .text), FlatColumn("source_operator_id", .text), FlatColumn("name", .text),
        FlatColumn("website", .text), FlatColumn("hotline", .text),
    ]

    private static let stationAttributes = [
        FlatColumn("source_station_id", .text), FlatColumn("operator_id", .bigint), FlatColumn("city_key", .bigint),
        FlatColumn("city_id", .text), FlatColumn("city_name", .text), FlatColumn("name", .text),
        FlatColumn("address", .text), FlatColumn("postal_code", .text), FlatColumn("country", .text),
        FlatColumn("lat", .double),
        FlatColumn("lon", .double), FlatColumn("tz_name", .text), FlatColumn("is_roaming", .boolean),
        FlatColumn("owner_name", .text), FlatColumn("help_phone", .text), FlatColumn("open_24_7", .boolean),
        FlatColumn("opening_hours", .json), FlatColumn("hours_key", .bigint), FlatColumn("directions", .json),
        FlatColumn("extra", .json),
    ]

    private static let pointAttributes = [
        FlatColumn("station_id", .bigint), FlatColumn("source_point_id", .text), FlatColumn("evse_id", .text),
        FlatColumn("evse_key", .bigint), FlatColumn("reuse_point_id", .bigint), FlatColumn("connector_hash", .text),
        FlatColumn("reported_at", .timestamp), FlatColumn("lat", .double), FlatColumn("lon", .double),
        FlatColumn("physical_reference", .text), FlatColumn("floor_level", .text),
        FlatColumn("point_position", .text), FlatColumn("station_position", .text),
        FlatColumn("parking_spaces", .text), FlatColumn("public_comment", .text), FlatColumn("vehicle_type", .text),
        FlatColumn("is_roaming", .boolean), FlatColumn("capabilities", .json),
        FlatColumn("capability_set_key", .bigint), FlatColumn("is_reservable", .boolean),
        FlatColumn("has_remote_start", .boolean), FlatColumn("has_rfid", .boolean),
        FlatColumn("has_plug_and_charge", .boolean),
        FlatColumn("tariff_ids", .json), FlatColumn("max_power_kw", .double), FlatColumn("current_type", .text),
        FlatColumn("power_class", .text), FlatColumn("connector_count", .integer), FlatColumn("extra", .json),
    ]

    private static let connectorAttributes = [
        FlatColumn("point_id", .bigint), FlatColumn("station_id", .bigint), FlatColumn("source_connector_id", .text),
        FlatColumn("standard", .text), FlatColumn("format", .text), FlatColumn("power_type", .text),
        FlatColumn("voltage_v", .integer), FlatColumn("amperage_a", .integer), FlatColumn("max_power_kw", .double),
        FlatColumn("tariff_ids", .json), FlatColumn("extra", .json),
    ]

    private static let pollColumns =
        slice + [
            FlatColumn("poll_id", .bigint), FlatColumn("slot_utc", .timestamp), FlatColumn("requested_at", .timestamp),
            FlatColumn("finished_at", .timestamp), FlatColumn("outcome", .text), FlatColumn("http_status", .integer),
            FlatColumn("attempts", .integer), FlatColumn("is_chosen", .boolean), FlatColumn("page_count", .integer),
            FlatColumn("bytes", .bigint), FlatColumn("raw_sha256", .text), FlatColumn("same_as_previous", .boolean),
            FlatColumn("stations", .integer), FlatColumn("points", .integer), FlatColumn("connectors", .integer),
            FlatColumn("source_time", .timestamp), FlatColumn("error", .text), FlatColumn("collector", .text),
        ]

    private static let rejectColumns =
        slice + [
            FlatColumn("reject_id", .bigint), FlatColumn("severity", .text), FlatColumn("rule_id", .text),
            FlatColumn("entity", .text), FlatColumn("source_id", .text), FlatColumn("slot_utc", .timestamp),
            FlatColumn("raw_sha256", .text), FlatColumn("json_pointer", .text), FlatColumn("message", .text),
            FlatColumn("fragment", .text), FlatColumn("occurrences", .integer),
        ]
}
