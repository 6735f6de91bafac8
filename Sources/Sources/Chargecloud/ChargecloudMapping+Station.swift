import ChargingModel

extension ChargecloudMapping {
    typealias StationFields = WireObject<ChargecloudStationField>

    /// Reads a station with its points; `nil` where it is rejected.
    mutating func station(_ root: JSONNode) -> StationRecord? {
        read.stations += 1
        guard root.kind == .object else {
            rejectStation(root, rule: "malformed_element", message: "a JSON \(root.kind) (expected an object)")
            return nil
        }
        let hasDuplicates = root.hasDuplicateKeys(deep: true)
        if hasDuplicates, root.hasDuplicateKeys(outside: "evses") {
            let id = root["id"].flatMap { $0.string ?? $0.numberText }?.cut(toBytes: FieldReader.longestText)
            rejectStation(root, rule: "duplicate_key", id: id, message: "a key stands twice (expected once)")
            return nil
        }
        let fields = StationFields(root)
        guard let id = reader.text(fields[.id], "id", .station) else {
            rejectStation(root, rule: "no_id", message: "there is no usable \"id\" (expected a text or a number)")
            return nil
        }
        var station = ChargingStation(sourceID: id)
        readAttributes(of: &station, fields)
        return StationRecord(station: station, points: points(fields[.evses], checksKeys: hasDuplicates))
    }

    private mutating func readAttributes(of station: inout ChargingStation, _ fields: StationFields) {
        var nested: [(name: String, value: JSONNode)] = []
        station.name = reader.text(fields[.name], "name", .station)
        station.address = reader.text(fields[.address], "address", .station)
        station.city = reader.text(fields[.city], "city", .station)
        station.postalCode = reader.text(fields[.postal_code], "postal_code", .station)
        station.country = country(fields[.country])
        readPlace(of: &station, fields[.coordinates], &nested)
        station.operator = chargingOperator(fields[.operator], &nested)
        station.ownerName = ownerName(fields[.owner], &nested)
        station.helpPhone = reader.text(fields[.help_phone], "help_phone", .station)
        station.isRoaming = reader.boolean(fields[.roaming], "roaming", .station)
        readOpeningTimes(of: &station, fields[.opening_times])
        station.directionsJSON = directions(fields[.directions])
        station.extraJSON = extra(
            known: [
                ("status", fields[.status]), ("comment", fields[.comment]), ("tariffZones", fields[.tariffZones]),
                ("party_id", fields[.party_id]), ("country_code", fields[.country_code]),
                ("publish", fields[.publish]), ("time_zone", fields[.time_zone]),
                ("charging_when_closed", fields[.charging_when_closed]), ("energy_mix", fields[.energy_mix]),
            ],
            unknown: fields.unknown,
            nested: nested,
            .station
        )
    }

    private mutating func country(_ node: JSONNode?) -> String? {
        guard let text = reader.text(node, "country", .station) else { return nil }
        if let code = CountryCode.alpha2(text) { return code }
        reader.note("unknown_country", .station, text)
        return nil
    }

    private mutating func readPlace(
        of station: inout ChargingStation,
        _ node: JSONNode?,
        _ nested: inout [(name: String, value: JSONNode)]
    ) {
        guard let node, !node.isBlank else { return }
        guard node.kind == .object else { return reader.note("wrong_type", .station, "coordinates") }
        let fields = WireObject<ChargecloudCoordinatesField>(node)
        for member in fields.unknown { nested.append(("coordinates." + member.name, member.value)) }
        let latitude = reader.number(fields[.latitude], "coordinates.latitude", .station)
        let longitude = reader.number(fields[.longitude], "coordinates.longitude", .station)
        guard let latitude, let longitude else {
            if latitude != nil || longitude != nil { reader.note("coordinates_incomplete", .station, "coordinates") }
            return
        }
        let checked = Coordinates.checked(latitude: latitude, longitude: longitude, box: feed.boundingBox)
        if let rule = checked.rule { reader.note(rule, .station, "\(latitude) \(longitude)") }
        station.latitude = checked.place?.latitude
        station.longitude = checked.place?.longitude
    }

    private mutating func chargingOperator(
        _ node: JSONNode?,
        _ nested: inout [(name: String, value: JSONNode)]
    ) -> ChargingOperator? {
        guard let node, !node.isNull else { return nil }
        guard node.kind == .object else {
            return reader.text(node, "operator", .station).map { ChargingOperator(sourceID: $0, name: $0) }
        }
        let fields = WireObject<ChargecloudOperatorField>(node)
        for member in fields.unknown { nested.append(("operator." + member.name, member.value)) }
        let id = reader.text(fields[.operatorId], "operator.operatorId", .station)
        let name = reader.text(fields[.name], "operator.name", .station)
        guard let key = id ?? name else { return nil }
        return ChargingOperator(
            sourceID: key,
            name: name ?? key,
            hotline: reader.text(fields[.hotline], "operator.hotline", .station),
            website: reader.text(fields[.website], "operator.website", .station)
        )
    }

    private mutating func ownerName(
        _ node: JSONNode?,
        _ nested: inout [(name: String, value: JSONNode)]
    ) -> String? {
        guard let node, node.kind == .object else { return reader.text(node, "owner", .station) }
        for member in node.members where !member.hasName("name") {
            nested.append(("owner." + member.name, member.value))
        }
        return reader.text(node["name"], "owner.name", .station)
    }

    private mutating func readOpeningTimes(of station: inout ChargingStation, _ node: JSONNode?) {
        guard let node, !node.isBlank else { return }
        guard node.kind == .object else { return reader.note("wrong_type", .station, "opening_times") }
        station.isOpenAroundTheClock = reader.boolean(
            node["twentyfourseven"],
            "opening_times.twentyfourseven",
            .station
        )
        var hours = OpeningHoursReader()
        station.openingHours = hours.read(node, isAroundTheClock: station.isOpenAroundTheClock)
        for name in hours.problems { reader.note("bad_opening_hours", .station, "opening_times.\(name)") }
        let hasMore = node.members.contains { !$0.hasName("twentyfourseven") && !$0.value.isBlank }
        guard hasMore else { return }
        var writer = JSONWriter(sortsKeys: true, unorderedLists: ["regular_hours"])
        writer.write(node)
        station.openingHoursJSON = bounded(writer.text, "opening_times", .station)
    }

    /// Surface A gives one text, C a list of texts with their languages.
    private mutating func directions(_ node: JSONNode?) -> String? {
        guard let node, !node.isBlank else { return nil }
        if node.kind == .array { return bounded(node.canonicalText, "directions", .station) }
        if node.kind == .object { return bounded("[" + node.canonicalText + "]", "directions", .station) }
        guard let text = reader.text(node, "directions", .station) else { return nil }
        var writer = JSONWriter(sortsKeys: true)
        writer.write(text)
        return "[{\"text\":" + writer.text + "}]"
    }
}
