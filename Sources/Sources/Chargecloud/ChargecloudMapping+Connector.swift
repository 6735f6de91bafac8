import ChargingModel

extension ChargecloudMapping {
    typealias ConnectorFields = WireObject<ChargecloudConnectorField>

    /// Reads the connectors of a point.
    mutating func connectors(
        _ node: JSONNode?,
        of point: String,
        pointer: String,
        checksKeys: Bool
    ) -> [ConnectorRecord] {
        guard let node, !node.isNull else { return [] }
        guard node.kind == .array else {
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
            let fields = ConnectorFields(element)
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

    private mutating func connectorID(_ fields: ConnectorFields, of point: String, index: Int) -> String {
        if let id = reader.text(fields[.id], "id", .connector) { return id }
        reader.note("derived_id", .connector, "id")
        return "\(point)#\(index)"
    }

    private mutating func connector(_ fields: ConnectorFields, id: String) -> ConnectorRecord {
        var connector = Connector(sourceID: id)
        connector.standard = reader.text(fields[.standard], "standard", .connector)
        connector.format = reader.text(fields[.format], "format", .connector)
        connector.powerType = reader.text(fields[.power_type], "power_type", .connector)
        let (voltage, current) = (MappingLimits.plausibleVoltage, MappingLimits.plausibleCurrent)
        connector.voltageVolts =
            reader.integer(fields[.voltage], "voltage", in: voltage, .connector)
            ?? reader.integer(fields[.max_voltage], "max_voltage", in: voltage, .connector)
        connector.currentAmperes =
            reader.integer(fields[.ampere], "ampere", in: current, .connector)
            ?? reader.integer(fields[.max_amperage], "max_amperage", in: current, .connector)
        connector.maxPowerKilowatts =
            kilowatts(fields[.max_power], "max_power", perUnit: 1)
            ?? kilowatts(fields[.max_electric_power], "max_electric_power", perUnit: 1_000)
        connector.tariffIDsJSON = jsonList(
            reader.texts(fields[.tariff_ids] ?? fields[.tariff_id], "tariff_id", .connector)
        )
        connector.extraJSON = extra(known: [], unknown: fields.unknown, .connector)
        return ConnectorRecord(
            connector: connector,
            status: status(fields[.status], reportedAt: nil, .connector)
        )
    }

    /// A power in kW.
    ///
    /// `max_power` is in kW and `max_electric_power` in W; a value that is plausible in the other unit only is read in
    /// that one.
    private mutating func kilowatts(_ node: JSONNode?, _ name: String, perUnit: Double) -> Double? {
        guard let value = reader.number(node, name, .connector) else { return nil }
        let power = value / perUnit
        if MappingLimits.plausiblePower.contains(power) { return power }
        let other = perUnit == 1 ? value / 1_000 : value
        let isMixedUp = MappingLimits.plausiblePower.contains(other)
        reader.note(isMixedUp ? "power_unit_mixed" : "power_out_of_range", .connector, "\(name) \(value)")
        return isMixedUp ? other : nil
    }
}
