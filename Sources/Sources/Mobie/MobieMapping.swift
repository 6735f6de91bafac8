import ChargingModel

/// One station element → station, points, connectors, statuses, rejects and findings.
///
/// Pure.
struct MobieMapping: ElementMapping {
    let feed: FeedDescriptor
    let statuses: StatusMap
    var reader = FieldReader()
    var read = RecordCounts()
    var rejects: [Reject] = []

    init(feed: FeedDescriptor, statuses: StatusMap) {
        self.feed = feed
        self.statuses = statuses
    }

    /// Reads a station with its points; `nil` where it is rejected.
    mutating func station(_ root: JSONNode) -> StationRecord? {
        read.stations += 1
        guard root.kind == .object else {
            rejectStation(root, rule: "malformed_element", message: "a JSON \(root.kind) (expected an object)")
            return nil
        }
        let hasDuplicates = root.hasDuplicateKeys(deep: true)
        if hasDuplicates, root.hasDuplicateKeys(outside: "evses") {
            let id = root["location_id"]?.string?.cut(toBytes: FieldReader.longestText)
            rejectStation(root, rule: "duplicate_key", id: id, message: "a key stands twice (expected once)")
            return nil
        }
        let fields = WireObject<MobieStationField>(root)
        guard let id = reader.text(fields[.location_id], "location_id", .station) else {
            let message = "there is no usable \"location_id\" (expected a text)"
            rejectStation(root, rule: "no_id", message: message)
            return nil
        }
        var station = ChargingStation(sourceID: id)
        station.address = reader.text(fields[.address], "address", .station)
        station.city = reader.text(fields[.city], "city", .station)
        readPlace(of: &station, fields)
        station.operator = reader.text(fields[.party_id], "party_id", .station)
            .map { ChargingOperator(sourceID: $0, name: $0) }
        station.extraJSON = extra(
            known: [("voltage_level", fields[.voltage_level])],
            unknown: fields.unknown,
            .station
        )
        return StationRecord(station: station, points: points(fields[.evses], checksKeys: hasDuplicates))
    }

    private mutating func readPlace(of station: inout ChargingStation, _ fields: WireObject<MobieStationField>) {
        let latitude = reader.number(fields[.lat], "lat", .station)
        let longitude = reader.number(fields[.lon], "lon", .station)
        guard let latitude, let longitude else {
            if latitude != nil || longitude != nil { reader.note("coordinates_incomplete", .station, "lat, lon") }
            return
        }
        let checked = Coordinates.checked(latitude: latitude, longitude: longitude, box: feed.boundingBox)
        if let rule = checked.rule { reader.note(rule, .station, "\(latitude) \(longitude)") }
        station.latitude = checked.place?.latitude
        station.longitude = checked.place?.longitude
    }

    // MARK: Points

    private mutating func points(_ node: JSONNode?, checksKeys: Bool) -> [PointRecord] {
        guard let node, !node.isNull else { return [] }
        guard node.kind == .array else {
            reader.note("wrong_type", .station, "evses")
            return []
        }
        var points: [PointRecord] = []
        var ids: Set<String> = []
        for (index, element) in node.elements.enumerated() {
            read.points += 1
            let pointer = "/evses/\(index)"
            if index >= MappingLimits.points {
                let message = "point \(index + 1) of its station (expected at most \(MappingLimits.points))"
                rejectPoint(element, rule: "too_many", pointer: pointer, message: message)
            } else if let point = point(element, pointer: pointer, ids: &ids, checksKeys: checksKeys) {
                points.append(point)
            }
        }
        return points
    }

    private mutating func point(
        _ node: JSONNode,
        pointer: String,
        ids: inout Set<String>,
        checksKeys: Bool
    ) -> PointRecord? {
        guard node.kind == .object else {
            let message = "a JSON \(node.kind) (expected an object)"
            rejectPoint(node, rule: "not_an_object", pointer: pointer, message: message)
            return nil
        }
        if checksKeys, node.hasDuplicateKeys(outside: "connectors") {
            let message = "a key stands twice (expected once)"
            rejectPoint(node, rule: "duplicate_key", pointer: pointer, message: message)
            return nil
        }
        let fields = WireObject<MobiePointField>(node)
        guard let id = reader.text(fields[.evse_id], "evse_id", .point) else {
            let message = "there is no usable \"evse_id\" (expected a text)"
            rejectPoint(node, rule: "no_id", pointer: pointer, message: message)
            return nil
        }
        guard ids.insert(id).inserted else {
            let message = "the id stands twice in its station (expected once)"
            rejectPoint(node, rule: "duplicate_id", id: id, pointer: pointer, message: message)
            return nil
        }
        var point = ChargingPoint(sourceID: id)
        point.evseID = id
        point.extraJSON = extra(known: [], unknown: fields.unknown, .point)
        let reportedAt = reader.time(fields[.last_updated], "last_updated", .point)
        return PointRecord(
            point: point,
            status: status(fields[.status], reportedAt: reportedAt, isExpected: true, .point),
            connectors: connectors(fields[.connectors], of: id, pointer: pointer, checksKeys: checksKeys)
        )
    }

    // MARK: Connectors

    private mutating func connectors(
        _ node: JSONNode?,
        of point: String,
        pointer: String,
        checksKeys: Bool
    ) -> [ConnectorRecord] {
        guard let node, !node.isNull else { return [] }
        guard node.kind == .array else {
            // The file's text was no JSON list, so that the export carries it as text.
            reader.note("wrong_type", .point, "connectors")
            return []
        }
        var connectors: [ConnectorRecord] = []
        for (index, element) in node.elements.enumerated() {
            read.connectors += 1
            let pointer = "\(pointer)/connectors/\(index)"
            if let fault = fault(of: element, index: index, checksKeys: checksKeys) {
                reject(.connector, element, rule: fault.rule, pointer: pointer, message: fault.message)
                continue
            }
            let fields = WireObject<MobieConnectorField>(element)
            let id = connectorID(fields, of: point, index: index)
            if connectors.contains(where: { $0.connector.sourceID == id }) {
                let message = "the id stands twice in its point (expected once)"
                reject(.connector, element, rule: "duplicate_id", id: id, pointer: pointer, message: message)
            } else {
                connectors.append(connector(fields, id: id))
            }
        }
        return connectors
    }

    private func fault(of node: JSONNode, index: Int, checksKeys: Bool) -> (rule: String, message: String)? {
        if index >= MappingLimits.connectors {
            return ("too_many", "connector \(index + 1) of its point (expected at most \(MappingLimits.connectors))")
        }
        guard node.kind == .object else { return ("not_an_object", "a JSON \(node.kind) (expected an object)") }
        let hasDuplicate = checksKeys && node.hasDuplicateKeys(deep: true)
        return hasDuplicate ? ("duplicate_key", "a key stands twice (expected once)") : nil
    }

    private mutating func connectorID(
        _ fields: WireObject<MobieConnectorField>,
        of point: String,
        index: Int
    ) -> String {
        if let id = reader.text(fields[.id], "id", .connector) { return id }
        reader.note("derived_id", .connector, "id")
        return "\(point)#\(index)"
    }

    private mutating func connector(_ fields: WireObject<MobieConnectorField>, id: String) -> ConnectorRecord {
        var connector = Connector(sourceID: id)
        connector.standard = reader.text(fields[.standard], "standard", .connector)
        connector.format = reader.text(fields[.format], "format", .connector)
        connector.powerType = reader.text(fields[.power_type], "power_type", .connector)
        connector.voltageVolts = reader.integer(
            fields[.max_voltage],
            "max_voltage",
            in: MappingLimits.plausibleVoltage,
            .connector
        )
        connector.currentAmperes = reader.integer(
            fields[.max_amperage],
            "max_amperage",
            in: MappingLimits.plausibleCurrent,
            .connector
        )
        connector.maxPowerKilowatts = kilowatts(fields[.max_electric_power])
        connector.extraJSON = extra(known: [], unknown: fields.unknown, .connector)
        // The export tells no status of connectors.
        return ConnectorRecord(connector: connector, status: ReportedStatus(.unknown))
    }

    /// A power in kW: OCPI's `max_electric_power` is in W.
    ///
    /// A value that is plausible in kW only is read in that unit.
    private mutating func kilowatts(_ node: JSONNode?) -> Double? {
        guard let watts = reader.number(node, "max_electric_power", .connector) else { return nil }
        if MappingLimits.plausiblePower.contains(watts / 1_000) { return watts / 1_000 }
        let isMixedUp = MappingLimits.plausiblePower.contains(watts)
        let rule = isMixedUp ? "power_unit_mixed" : "power_out_of_range"
        reader.note(rule, .connector, "max_electric_power \(watts)")
        return isMixedUp ? watts : nil
    }
}
