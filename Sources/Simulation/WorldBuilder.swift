import ChargingModel

/// Draws the stations and points of a city.
///
/// Every station and every point has a stream of its own.
struct WorldBuilder {
    let configuration: WorldConfiguration

    private var length: Int64 { Int64(configuration.days) * 86_400 }

    func pointCount(city index: Int) -> Int {
        max(1, Int((Double(SimulatedCity.all[index].pointsAtScaleOne) * configuration.scale).rounded()))
    }

    func city(_ index: Int) -> CityBlueprint {
        let city = SimulatedCity.all[index]
        var stream = RandomStream(seed: configuration.seed, .city, UInt64(index))
        let code = "X" + (index < 9 ? "0" : "") + String(index + 1)
        let hotline = stream.chance(0.12) ? nil : Self.hotline(&stream)
        // One city surely, so that every world has a change of an operator.
        let changes = stream.chance(0.05) || UInt64(index) == configuration.seed % 38
        let changeSecond = Int64(stream.uniform(0.3, 0.7) * Double(length))
        let newHotline = Self.hotline(&stream)
        var blueprint = CityBlueprint(
            index: index,
            operatorCode: code,
            operatorName: "Muster-Stadtwerke " + city.name + (index % 5 == 3 ? " GmbH & Co. KG" : " GmbH"),
            hotline: hotline,
            newHotline: changes ? (changeSecond, newHotline) : nil,
            stations: []
        )
        let wanted = pointCount(city: index)
        var points = 0
        while points < wanted {
            let station = station(blueprint.stations.count, firstPoint: points, atMost: wanted - points, city: index)
            points += station.points.count
            blueprint.stations.append(station)
        }
        return blueprint
    }

    private func station(_ number: Int, firstPoint: Int, atMost: Int, city index: Int) -> StationBlueprint {
        let city = SimulatedCity.all[index]
        var stream = RandomStream(seed: configuration.seed, .station, UInt64(index), UInt64(number))
        let size = Self.pick([(1, 0.14), (2, 0.62), (3, 0.07), (4, 0.11), (5, 0.02), (6, 0.04)], &stream)
        let kind = stream.chance(0.15) ? StationBlueprint.Kind.direct : .alternating
        let power =
            kind == .direct
            ? Self.pick([(50, 0.45), (150, 0.35), (300, 0.2)], &stream)
            : Self.pick([(11, 0.15), (22, 0.85)], &stream)
        let address = InventedNames.address(&stream)
        let isSite = stream.chance(0.2)
        let name = isSite ? InventedNames.site(&stream) : address
        let hasBlanks = stream.chance(0.03)
        let hasCityBlank = stream.chance(0.03)
        let latitude = city.latitude + stream.uniform(-0.03, 0.03)
        let longitude = city.longitude + stream.uniform(-0.04, 0.04)
        let postalCode = String(city.postalCode + stream.index(below: 6))
        let upgradeSecond = Int64(stream.uniform(0.2, 0.8) * Double(length))
        let isUpgraded = stream.chance(0.008) && (power == 11 || power == 50)
        let doubled = String(number + 1)
        var station = StationBlueprint(
            number: number,
            kind: kind,
            powerKilowatts: power,
            name: hasBlanks ? " " + name + "  " : name + " / " + doubled,
            address: address,
            cityText: city.name + (hasCityBlank ? " " : ""),
            postalCode: String(repeating: "0", count: 5 - postalCode.utf8.count) + postalCode,
            latitude: Self.degrees(latitude),
            longitude: Self.degrees(longitude),
            directions: InventedNames.directions(&stream),
            openingTimesJSON: Self.openingTimes(&stream),
            isRoaming: stream.chance(0.4),
            tariffZones: stream.chance(0.2) ? ["17", "23"] : ["17"],
            upgrade: isUpgraded ? (upgradeSecond, power == 11 ? 22 : 150) : nil,
            absence: stream.chance(0.003) ? absence(&stream) : nil,
            points: []
        )
        let stationCode = String(10_001 + number)
        station.points = (0..<min(size, atMost)).map { position in
            let suffix = position + 1
            let evse =
                "DE*" + (index < 9 ? "X0" : "X") + String(index + 1) + "*E" + stationCode + "*00" + String(suffix)
            return point(firstPoint + position, city: index, evseID: evse, kind: kind)
        }
        return station
    }

    private func point(_ number: Int, city: Int, evseID: String, kind: StationBlueprint.Kind) -> PointBlueprint {
        let uid = Numbering.uid(city: city, point: number)
        var stream = RandomStream(seed: configuration.seed, .point, UInt64(uid))
        let role = Self.pick([(0, 0.902), (1, 0.07), (2, 0.022), (3, 0.006)], &stream)
        let isDirect = kind == .direct
        // A lognormal spread of mean 1: most points stand below the mean, some far above.
        let spread = stream.lognormal(median: 0.835, sigma: 0.6)
        return PointBlueprint(
            uid: uid,
            evseID: stream.chance(0.01) ? evseID.filter { $0 != "*" } : evseID,
            connectorCount: Self.connectorCount(city: city, point: number),
            role: [.normal, .neverUsed, .faulty, .planned][role],
            reservability: [.always, .never, .onlyWhileFree][Self.pick([(0, 0.6), (1, 0.15), (2, 0.25)], &stream)],
            hasCardReader: stream.chance(0.93),
            reportsOutOfOrder: stream.chance(0.6),
            reportsBlocked: !isDirect && stream.chance(0.03),
            demand: min(max((isDirect ? 0.165 : 0.175) * spread, 0.01), 0.6),
            absence: stream.chance(0.006) ? absence(&stream) : nil,
            parkingSpace: stream.chance(0.04) ? "0" + String(1 + stream.index(below: 9)) : nil
        )
    }

    /// 383 of 2,423 points at scale 1 have two connectors, spread evenly over the cities.
    private static func connectorCount(city: Int, point: Int) -> Int {
        let before = SimulatedCity.all[..<city].reduce(0) { $0 + $1.pointsAtScaleOne }
        let extra = SimulatedCity.secondConnectorsAtScaleOne
        let total = SimulatedCity.totalPointsAtScaleOne
        let ordinal = before + point
        return (ordinal + 1) * extra / total > ordinal * extra / total ? 2 : 1
    }

    /// Appears, vanishes, or is away for some hours.
    private func absence(_ stream: inout RandomStream) -> Range<Int64> {
        let second = Int64(stream.uniform(0.15, 0.85) * Double(length))
        let hours = Int64(stream.uniform(2, 30))
        switch stream.index(below: 5) {
        case 0, 1: return Int64.min..<second
        case 2, 3: return second..<Int64.max
        default: return second..<second + hours * 3_600
        }
    }

    private static func pick(_ choices: [(Int, Double)], _ stream: inout RandomStream) -> Int {
        var rest = stream.uniform()
        for (value, share) in choices {
            rest -= share
            if rest < 0 { return value }
        }
        return choices.last?.0 ?? 0
    }

    private static func hotline(_ stream: inout RandomStream) -> String {
        "+49 000 " + String(1_000_000 + stream.index(below: 9_000_000))
    }

    private static func openingTimes(_ stream: inout RandomStream) -> String {
        guard stream.chance(0.08) else { return #"{"twentyfourseven":true}"# }
        let days = stream.chance(0.5) ? 1...5 : 1...6
        let hours = days.map {
            #"{"weekday":\#($0),"period_begin":"07:00","period_end":"22:30"}"#
        }
        return #"{"twentyfourseven":false,"regular_hours":["# + hours.joined(separator: ",") + "]}"
    }

    /// Six decimals without the C library: `50.941230`.
    static func degrees(_ value: Double) -> String {
        let millionths = Int((value * 1_000_000).rounded())
        let digits = String(millionths % 1_000_000)
        return String(millionths / 1_000_000) + "." + String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }
}
