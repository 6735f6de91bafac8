import ChargingModel

extension ChargecloudMapping {
    typealias PointFields = WireObject<ChargecloudPointField>

    /// Reads the points of a station.
    mutating func points(_ node: JSONNode?, checksKeys: Bool) -> [PointRecord] {
        guard let node, !node.isNull else { return [] }
        guard node.kind == .array else {
            reader.note("wrong_type", .station, "evses")
            return []
        }
        var points: [PointRecord] = []
        for (index, element) in node.elements.enumerated() {
            read.points += 1
            let pointer = "/evses/\(index)"
            if index >= MappingLimits.points {
                rejectPoint(
                    element,
                    rule: "too_many",
                    pointer: pointer,
                    message: "point \(index + 1) of its station (expected at most \(MappingLimits.points))"
                )
            } else if let point = point(element, position: index, checksKeys: checksKeys) {
                points.append(point)
            }
        }
        return points
    }

    /// Reads a point; whether its id stands more than once is judged over the whole answer, by cleaning.
    private mutating func point(_ node: JSONNode, position: Int, checksKeys: Bool) -> PointRecord? {
        let pointer = "/evses/\(position)"
        guard node.kind == .object else {
            rejectPoint(
                node,
                rule: "not_an_object",
                pointer: pointer,
                message: "a JSON \(node.kind) (expected an object)"
            )
            return nil
        }
        if checksKeys, node.hasDuplicateKeys(outside: "connectors") {
            let message = "a key stands twice (expected once)"
            rejectPoint(node, rule: "duplicate_key", pointer: pointer, message: message)
            return nil
        }
        let fields = PointFields(node)
        let evseID = reader.text(fields[.evse_id], "evse_id", .point) ?? reader.text(fields[.id], "id", .point)
        let uid = reader.text(fields[.uid], "uid", .point)
        guard let id = uid ?? evseID else {
            let message = "there is no usable \"uid\", \"id\" or \"evse_id\" (expected a text or a number)"
            rejectPoint(node, rule: "no_id", pointer: pointer, message: message)
            return nil
        }
        if uid == nil { reader.note("fallback_id", .point, "uid") }
        var point = ChargingPoint(sourceID: id)
        point.evseID = evseID
        readAttributes(of: &point, fields)
        let reportedAt = reader.time(fields[.last_updated], "last_updated", .point)
        return PointRecord(
            point: point,
            status: status(fields[.status], reportedAt: reportedAt, .point),
            connectors: connectors(fields[.connectors], of: id, pointer: pointer, checksKeys: checksKeys),
            position: position
        )
    }

    private mutating func readAttributes(of point: inout ChargingPoint, _ fields: PointFields) {
        point.physicalReference = reader.text(fields[.physical_reference], "physical_reference", .point)
        point.floorLevel = reader.text(fields[.floor_level], "floor_level", .point)
        point.pointPosition = reader.text(fields[.chargePointPosition], "chargePointPosition", .point)
        point.stationPosition = reader.text(fields[.chargingStationPosition], "chargingStationPosition", .point)
        point.parkingSpaces = reader.text(
            fields[.chargePointParkingSpaceNumbers],
            "chargePointParkingSpaceNumbers",
            .point
        )
        point.publicComment = reader.text(fields[.chargePointPublicComment], "chargePointPublicComment", .point)
        point.vehicleType = reader.text(fields[.vehicle_type], "vehicle_type", .point)
        point.isRoaming = reader.boolean(fields[.roaming], "roaming", .point)
        point.parkingSensorStatus = reader.text(fields[.parkingsensor_status], "parkingsensor_status", .point)
        point.capabilities = reader.texts(fields[.capabilities], "capabilities", .point)
        point.isReservable = reader.boolean(fields[.reservable], "reservable", .point)
        if let reservable = point.capabilities.firstIndex(of: "RESERVABLE") {
            // It follows the status (all 523 points of Stuttgart): no attribute.
            point.capabilities.remove(at: reservable)
            point.isReservable = point.isReservable ?? true
        }
        point.tariffIDsJSON = jsonList(tariffIDs(fields[.tariffs]))
        point.extraJSON = extra(
            known: [("accepted_service_providers", fields[.accepted_service_providers])],
            unknown: fields.unknown,
            .point
        )
    }

    /// The ids of inline tariffs.
    ///
    /// Their prices stay in the raw answer.
    private mutating func tariffIDs(_ node: JSONNode?) -> [String] {
        guard let node, !node.isNull else { return [] }
        guard node.kind == .array else {
            reader.note("wrong_type", .point, "tariffs")
            return []
        }
        var ids: [String] = []
        for tariff in node.elements {
            let id = reader.text(tariff.kind == .object ? tariff["id"] : tariff, "tariffs.id", .point)
            if let id, !ids.contains(id), ids.count < 100 { ids.append(id) }
        }
        return ids.sorted()
    }
}
