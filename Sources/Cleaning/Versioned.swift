import ChargingModel

/// Attributes of an object, of which some make a new version when they change and others do not.
protocol Versioned: Hashable, Sendable {
    /// The attributes that make a version: volatile ones left out, coordinates rounded to 1e-5 degrees (about 1 m).
    var versioned: Self { get }
    /// The versioned attributes as text fields in a fixed order, for ``attributeHash``.
    var hashFields: [String?] { get }
}

extension Versioned {
    /// 32 hexadecimal digits that stand for the versioned attributes, the same on every machine.
    var attributeHash: String {
        let text = versioned.hashFields.map { $0.map { "=" + $0 } ?? "-" }.joined(separator: "\u{1F}")
        return String(ContentDigest(of: Array(text.utf8)).description.prefix(32))
    }
}

extension ChargingStation: Versioned {
    var versioned: ChargingStation {
        var copy = self
        copy.latitude = latitude.map(roundedCoordinate)
        copy.longitude = longitude.map(roundedCoordinate)
        // How a feed spells a city is no change of the station: the city that it means is.
        copy.city = nil
        // The operator's own attributes have their own history.
        copy.operator = `operator`.map { ChargingOperator(sourceID: $0.sourceID, name: "") }
        return copy
    }

    var hashFields: [String?] {
        [
            name, address, cityID, postalCode, country, latitude.map { "\($0)" }, longitude.map { "\($0)" },
            `operator`?.sourceID, ownerName, helpPhone, isRoaming.map { "\($0)" },
            isOpenAroundTheClock.map { "\($0)" }, openingHoursJSON, directionsJSON, extraJSON,
        ]
    }
}

extension ChargingOperator: Versioned {
    var versioned: ChargingOperator { self }
    var hashFields: [String?] { [name, hotline, website] }
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

    init(_ record: PointRecord, stationID: String) {
        point = record.point
        self.stationID = stationID
        maxPowerKilowatts = record.connectors.compactMap(\.connector.maxPowerKilowatts).max()
        connectorCount = record.connectors.count
        let types = record.connectors.compactMap(\.connector.powerType)
        currentType = types.isEmpty ? nil : types.contains { $0.hasPrefix("DC") } ? "DC" : "AC"
    }

    var versioned: PlacedPoint {
        var copy = self
        copy.point.isReservable = nil
        copy.point.parkingSensorStatus = nil
        copy.point.tariffIDsJSON = nil
        return copy
    }

    var hashFields: [String?] {
        [
            stationID, point.evseID, point.physicalReference, point.floorLevel, point.pointPosition,
            point.stationPosition, point.parkingSpaces, point.publicComment, point.vehicleType,
            point.isRoaming.map { "\($0)" }, point.capabilities.joined(separator: ","),
            maxPowerKilowatts.map { "\($0)" }, "\(connectorCount)", currentType, point.extraJSON,
        ]
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

    var versioned: PlacedConnector {
        var copy = self
        copy.connector.tariffIDsJSON = nil
        return copy
    }

    var hashFields: [String?] {
        [
            pointID, stationID, connector.standard, connector.format, connector.powerType,
            connector.voltageVolts.map { "\($0)" }, connector.currentAmperes.map { "\($0)" },
            connector.maxPowerKilowatts.map { "\($0)" }, connector.extraJSON,
        ]
    }
}

private func roundedCoordinate(_ degrees: Double) -> Double {
    (degrees * 100_000).rounded() / 100_000
}
