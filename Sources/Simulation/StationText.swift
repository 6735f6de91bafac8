/// Writes stations and points in the shape of chargecloud's surface A, compact.
enum StationText {
    /// A station up to and with the opening bracket of its points, which stand last here.
    static func head(_ station: StationBlueprint, of city: CityBlueprint, at second: Int64) -> String {
        let isRenamed = city.newHotline.map { second >= $0.second } ?? false
        let hotline = isRenamed ? city.newHotline?.hotline : city.hotline
        let zones = station.tariffZones.map(quoted).joined(separator: ",")
        let fields = [
            ("id", quoted(String(Numbering.stationID(city: city.index, station: station.number)))),
            ("name", quoted(station.name)),
            ("status", "\"active\""),
            ("address", quoted(station.address)),
            ("city", quoted(station.cityText)),
            ("postal_code", quoted(station.postalCode)),
            ("country", "\"DE\""),
            ("directions", quoted(station.directions)),
            ("comment", "\"\""),
            (
                "coordinates",
                "{\"latitude\":\(quoted(station.latitude)),\"longitude\":\(quoted(station.longitude))}"
            ),
            ("distance_in_m", "\"0\""),
            (
                "operator",
                "{\"operatorId\":\(quoted(city.operatorCode)),\"name\":\(quoted(city.operatorName)),"
                    + "\"hotline\":\(hotline.map(quoted) ?? "null")}"
            ),
            ("opening_times", station.openingTimesJSON),
            ("owner", "null"),
            ("roaming", String(station.isRoaming)),
            ("tariffZones", "[\(zones)]"),
        ]
        return "{" + fields.map { "\"\($0.0)\":\($0.1)," }.joined() + "\"evses\":["
    }

    /// The fixed parts of a point: before its status, before its flags, before the status of each connector, the end.
    static func parts(_ point: PointBlueprint, of station: StationBlueprint, at second: Int64) -> [String] {
        let isUpgraded = station.upgrade.map { second >= $0.second } ?? false
        let power = isUpgraded ? station.upgrade?.powerKilowatts ?? station.powerKilowatts : station.powerKilowatts
        var parts = [
            "{\"uid\":\"\(point.uid)\",\"id\":\(quoted(point.evseID)),\"status\":\"",
            "\",\"reservable\":",
            ",\"physical_reference\":\"\",\"floor_level\":\"\",\"vehicle_type\":\"four_wheeled\","
                + "\"chargePointPosition\":null,\"chargePointPublicComment\":null,"
                + "\"chargePointParkingSpaceNumbers\":\(point.parkingSpace.map(quoted) ?? "null"),"
                + "\"chargingStationPosition\":\(point.uid % 7 == 0 ? "\" \"" : "null"),"
                + "\"roaming\":\(station.isRoaming),\"connectors\":[" + connectorHead(point, 1),
        ]
        let first = connectorTail(station, number: 1, power: power)
        if point.connectorCount > 1 {
            parts.append(first + "," + connectorHead(point, 2))
            parts.append(connectorTail(station, number: 2, power: power) + "]}")
        } else {
            parts.append(first + "]}")
        }
        return parts
    }

    private static func connectorHead(_ point: PointBlueprint, _ number: Int) -> String {
        "{\"id\":\"\(point.uid)\(number)\",\"status\":\""
    }

    private static func connectorTail(_ station: StationBlueprint, number: Int, power: Int) -> String {
        let plug: (standard: String, format: String, type: String, ampere: Int, volt: Int, power: Int) =
            switch (station.kind, number) {
            case (.direct, 1): ("IEC_62196_T2_COMBO", "CABLE", "DC", power * 2, 500, power)
            case (.direct, _): ("CHADEMO", "CABLE", "DC", 100, 500, 50)
            case (.alternating, 1): ("IEC_62196_T2", "SOCKET", "AC_3_PHASE", power == 11 ? 16 : 32, 400, power)
            case (.alternating, _): ("IEC_62196_T2", "CABLE", "AC_3_PHASE", power == 11 ? 16 : 32, 400, power)
            }
        return "\",\"standard\":\"\(plug.standard)\",\"format\":\"\(plug.format)\",\"power_type\":\"\(plug.type)\","
            + "\"ampere\":\"\(plug.ampere)\",\"voltage\":\"\(plug.volt)\",\"max_power\":\(plug.power),"
            + "\"tariff_id\":null}"
    }

    /// A JSON string, with the slash escaped as the real feed's encoder does.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "/": result += "\\/"
            case "\r": result += "\\r"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
