import ChargingModel
import Foundation

/// Attributes of an object, of which some make a new version when they change and others do not.
protocol Versioned: Hashable, Sendable {
    /// The attributes that make a version; all others are set to one value.
    ///
    /// Coordinates are rounded to 1e-5 degrees, about 1 m.
    var versioned: Self { get }
    /// The flat file whose ``FlatFileKind/versionedAttributes`` are hashed.
    static var file: FlatFileKind { get }
    /// The text of each versioned attribute, by its column.
    var versionedTexts: [String: String?] { get }
    /// Whether the source's id has come to stand for another object.
    func isOther(than former: Self) -> Bool
}

extension Versioned {
    func isOther(than former: Self) -> Bool { false }

    /// 32 hexadecimal digits that stand for the versioned attributes, the same on every machine.
    ///
    /// Texts are compared in Unicode's form NFC.
    var attributeHash: String {
        let texts = versioned.versionedTexts
        let fields = Self.file.versionedAttributes.map { attribute in
            (texts[attribute.column] ?? nil).map { "=" + $0.precomposedStringWithCanonicalMapping } ?? "-"
        }
        return String(ContentDigest(of: Array(fields.joined(separator: "\u{1F}").utf8)).description.prefix(32))
    }
}

extension ChargingStation: Versioned {
    static var file: FlatFileKind { .chargingStations }

    var versioned: ChargingStation {
        var copy = self
        copy.latitude = latitude.map(roundedCoordinate)
        copy.longitude = longitude.map(roundedCoordinate)
        // How a feed spells a city is no change of the station: the city that it means is.
        copy.city = nil
        // The operator's own attributes have their own history.
        copy.operator = `operator`.map { ChargingOperator(sourceID: $0.sourceID, name: "") }
        // What is understood counts, not how it is written.
        if openingHours != nil { copy.openingHoursJSON = nil }
        copy.isOpenAroundTheClock = nil
        copy.extraJSON = nil
        return copy
    }

    var versionedTexts: [String: String?] {
        [
            "name": name, "address": address, "city_id": cityID, "postal_code": postalCode, "country": country,
            "lat": latitude.map { "\($0)" }, "lon": longitude.map { "\($0)" }, "operator_id": `operator`?.sourceID,
            "hours_key": openingHours?.text ?? openingHoursJSON, "owner_name": ownerName, "help_phone": helpPhone,
            "is_roaming": isRoaming.map { "\($0)" }, "directions": directionsJSON,
        ]
    }
}

extension ChargingOperator: Versioned {
    static var file: FlatFileKind { .operators }
    var versioned: ChargingOperator { self }
    var versionedTexts: [String: String?] { ["name": name, "hotline": hotline, "website": website] }
}

/// A charging point with the station that it belongs to: a move to another station is a new version.
struct PlacedPoint: Versioned {
    var point: ChargingPoint
    var stationID: String
    /// The strongest connector, in kW; `nil` where no connector tells.
    var maxPowerKilowatts: Double?
    var connectorCount: Int
    /// `AC` or `DC`, from the connectors; `nil` where they do not tell.
    var currentType: String?
    /// Where its station lies: the place that feeds give for a point.
    ///
    /// Makes no version of the point, but one of the station.
    var latitude: Double?
    var longitude: Double?
    /// Stands for the connectors and what they are; makes no version of the point.
    var connectorText: String
    /// The source's own time of the record; makes no version.
    var reportedAt: UTCTime?

    init(_ record: PointRecord, of station: ChargingStation) {
        point = record.point
        stationID = station.sourceID
        latitude = station.latitude
        longitude = station.longitude
        reportedAt = record.status.reportedAt
        connectorText = record.connectors.map(\.identityText).sorted().joined(separator: "\n")
        maxPowerKilowatts = record.connectors.compactMap(\.connector.maxPowerKilowatts).max()
        connectorCount = record.connectors.count
        let types = record.connectors.compactMap(\.connector.powerType)
        currentType = types.isEmpty ? nil : types.contains { $0.hasPrefix("DC") } ? "DC" : "AC"
    }

    /// 32 hexadecimal digits that stand for the connectors and what they are.
    var connectorHash: String {
        String(ContentDigest(of: Array(connectorText.utf8)).description.prefix(32))
    }

    /// Elsewhere, and with other connectors; the loader compares runs of different days by the same rule.
    func isOther(than former: PlacedPoint) -> Bool {
        guard connectorText != former.connectorText, let latitude, let longitude, let oldLatitude = former.latitude,
            let oldLongitude = former.longitude
        else { return false }
        let north = (latitude - oldLatitude) * Self.metresPerDegree
        let east = (longitude - oldLongitude) * Self.metresPerDegree * cos(latitude * .pi / 180)
        return north * north + east * east > Self.reuseMetres * Self.reuseMetres
    }

    private static let metresPerDegree = 111_195.0  // of a great circle
    private static let reuseMetres = 500.0  // `design.md`, awkward cases

    static var file: FlatFileKind { .chargingPoints }

    var versioned: PlacedPoint {
        var copy = self
        copy.point.isReservable = nil
        copy.point.parkingSensorStatus = nil
        copy.point.tariffIDsJSON = nil
        copy.point.extraJSON = nil
        copy.latitude = nil
        copy.longitude = nil
        copy.connectorText = ""
        copy.reportedAt = nil
        return copy
    }

    var versionedTexts: [String: String?] {
        [
            "evse_id": point.evseID, "station_id": stationID, "max_power_kw": maxPowerKilowatts.map { "\($0)" },
            "current_type": currentType, "connector_count": "\(connectorCount)",
            "capabilities": point.capabilities.joined(separator: ","), "physical_reference": point.physicalReference,
            "floor_level": point.floorLevel, "point_position": point.pointPosition,
            "station_position": point.stationPosition, "parking_spaces": point.parkingSpaces,
            "public_comment": point.publicComment, "vehicle_type": point.vehicleType,
            "is_roaming": point.isRoaming.map { "\($0)" },
        ]
    }
}

extension ConnectorRecord {
    /// Tells whether a re-used point id came with other connectors.
    fileprivate var identityText: String {
        let power = connector.maxPowerKilowatts.map { "\($0)" } ?? ""
        return [connector.sourceID, connector.standard ?? "", connector.format ?? "", power].joined(separator: "|")
    }
}

/// A connector with its point and station.
struct PlacedConnector: Versioned {
    var connector: Connector
    var pointID: String
    var stationID: String

    init(_ connector: Connector, pointID: String, stationID: String) {
        self.connector = connector
        self.pointID = pointID
        self.stationID = stationID
    }

    static var file: FlatFileKind { .connectors }

    var versioned: PlacedConnector {
        var copy = self
        copy.connector.tariffIDsJSON = nil
        copy.connector.extraJSON = nil
        return copy
    }

    var versionedTexts: [String: String?] {
        [
            "standard": connector.standard, "format": connector.format, "power_type": connector.powerType,
            "voltage_v": connector.voltageVolts.map { "\($0)" }, "amperage_a": connector.currentAmperes.map { "\($0)" },
            "max_power_kw": connector.maxPowerKilowatts.map { "\($0)" }, "point_id": pointID,
            "station_id": stationID,
        ]
    }
}

private func roundedCoordinate(_ degrees: Double) -> Double {
    (degrees * 100_000).rounded() / 100_000
}
