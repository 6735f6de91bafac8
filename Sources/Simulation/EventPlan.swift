import ChargingModel

/// Knows what happens to the stations and points of each city, and changes answers accordingly.
struct EventPlan: Sendable {
    /// An event with its place, in seconds since the start of the world.
    private struct Entry {
        var kind: WorldEvent.Kind
        var station: Int
        var point: Int
        var seconds: Range<Int64>
    }

    /// By time.
    let events: [WorldEvent]
    private let configuration: WorldConfiguration
    private let cities: [CityBlueprint]
    /// What changes answers, by city.
    private let entries: [[Entry]]
    /// When stations are away, by city and station.
    private let absences: [[Int: [Range<Int64>]]]

    init(configuration: WorldConfiguration, cities: [CityBlueprint]) throws(SimulationError) {
        self.configuration = configuration
        self.cities = cities
        let drawn = cities.flatMap { EventDraw(configuration: configuration, city: $0).events }
        events = (drawn + configuration.events.scripted).sorted {
            ($0.from, $0.point, $0.kind.rawValue) < ($1.from, $1.point, $1.kind.rawValue)
        }
        var entries = [[Entry]](repeating: [], count: cities.count)
        var absences = [[Int: [Range<Int64>]]](repeating: [:], count: cities.count)
        for event in events {
            guard let city = SimulatedCity.all.firstIndex(where: { $0.slug == event.city }) else {
                throw .unknownCity(event.city)
            }
            guard let number = Numbering.place(uid: event.point), number.city == city,
                let station = cities[city].station(ofPoint: number.point)
            else { throw .unknownPoint(event.point) }
            let start = configuration.start.seconds
            let seconds = event.from.seconds - start..<event.to.seconds - start
            if event.kind == .vanishedStation {
                absences[city][station, default: []].append(seconds)
            } else {
                entries[city].append(
                    Entry(kind: event.kind, station: station, point: number.point, seconds: seconds)
                )
            }
        }
        self.entries = entries
        self.absences = absences
    }

    /// Whether no answer of the city is changed at a second.
    func isQuiet(city: Int, second: Int32) -> Bool {
        entries[city].allSatisfy { !$0.seconds.contains(Int64(second)) }
    }

    /// A life with the times laid over it in which the station is away.
    func withAbsences(_ life: [Stretch], station: Int, city: Int) -> [Stretch] {
        (absences[city][station] ?? []).reduce(life) { $0.absent(in: $1) }
    }

    /// Changes an answer by what happens at its time.
    ///
    /// `renderer` gives the answer's renderer at another second.
    func apply(
        to parts: inout AnswerParts,
        city: Int,
        at time: UTCTime,
        second: Int32,
        renderer: (Int32) -> AnswerRenderer
    ) {
        for entry in entries[city] where entry.seconds.contains(Int64(second)) {
            guard let place = parts.place(of: entry.point) else { continue }
            let other = otherStation(than: entry, city: city)
            switch entry.kind {
            case .vanishedStation:
                continue  // is in the timelines
            case .movedPoint:
                let point = parts.stations[place.station].points.remove(at: place.point)
                parts.stations[other].points.append(point)
            case .reusedID:
                let point = parts.stations[place.station].points.remove(at: place.point)
                parts.stations.append(otherPlace(of: entry, point, city: cities[city], second: second))
            case .secondID:
                let point = parts.stations[place.station].points[place.point]
                parts.stations[other].points.append(underSecondID(point, of: entry, city: cities[city]))
            case .repeatedPoint:
                let begin = max(entry.seconds.lowerBound, 0)
                guard let stale = renderer(Int32(begin)).point(entry.point) else { continue }
                parts.stations[place.station].points[place.point].stamp(BerlinTime.text(time))
                var copy = AnswerParts.Point(number: entry.point, bytes: stale)
                copy.stamp(BerlinTime.text(configuration.start.adding(seconds: Int(begin))))
                parts.stations[other].points.append(copy)
            }
        }
    }

    /// The station after or before the point's own one, so that copies stand on both sides of their originals.
    private func otherStation(than entry: Entry, city: Int) -> Int {
        let count = cities[city].stations.count
        return (entry.station + (entry.point % 2 == 0 ? 1 : count - 1)) % count
    }

    /// A station elsewhere that has the point's id at a point of its own.
    private func otherPlace(
        of entry: Entry,
        _ point: AnswerParts.Point,
        city: CityBlueprint,
        second: Int32
    ) -> AnswerParts.Station {
        var station = city.stations[entry.station]
        let old = station.points[entry.point - city.firstPoint(of: entry.station)]
        station.number = Numbering.otherStation(ofPoint: entry.point)
        station.latitude = WorldBuilder.degrees((Double(station.latitude) ?? 0) + 0.02)  // 2.2 km to the north
        station.name = "Ersatz " + station.name
        station.address = "Neue Straße \(entry.point + 1)"
        let evseID = "DE*\(city.operatorCode)*E7\(1_000_000 + entry.point)"
        var point = point
        point.bytes = point.bytes
            .replacing(StationText.quoted(old.evseID), with: StationText.quoted(evseID))
            .replacing("\"id\":\"\(old.uid)", with: "\"id\":\"9\(old.uid)")
        return AnswerParts.Station(
            head: Array(StationText.head(station, of: city, at: Int64(second)).utf8),
            points: [point]
        )
    }

    private func underSecondID(_ point: AnswerParts.Point, of entry: Entry, city: CityBlueprint) -> AnswerParts.Point {
        let station = city.stations[entry.station]
        let old = station.points[entry.point - city.firstPoint(of: entry.station)]
        let second = Numbering.secondUID(of: old.uid)
        var copy = point
        copy.bytes = point.bytes
            .replacing("\"uid\":\"\(old.uid)\"", with: "\"uid\":\"\(second)\"")
            .replacing("\"id\":\"\(old.uid)", with: "\"id\":\"\(second)")
            .replacing(StationText.quoted(old.evseID), with: StationText.quoted(old.evseID.filter { $0 != "*" }))
        return copy
    }
}

/// Draws the events of one city.
private struct EventDraw {
    let configuration: WorldConfiguration
    let city: CityBlueprint

    private var length: Double { Double(configuration.days) * 86_400 }

    var events: [WorldEvent] {
        let shares = configuration.events.shares
        guard !shares.isEmpty else { return [] }
        return city.stations.flatMap { station in
            let away = shares[.vanishedStation].map { absence(of: station, share: $0) } ?? []
            return away + station.points.compactMap { event(of: $0, shares) }
        }
    }

    private func absence(of station: StationBlueprint, share: Double) -> [WorldEvent] {
        let id = Numbering.stationID(city: city.index, station: station.number)
        var stream = RandomStream(seed: configuration.seed, .event, UInt64(id))
        guard let point = station.points.first, stream.chance(share) else { return [] }
        let from = stream.uniform(0.1, 0.6) * length
        return [event(.vanishedStation, point.uid, from: from, seconds: stream.uniform(7_200, 43_200))]
    }

    private func event(of point: PointBlueprint, _ shares: [WorldEvent.Kind: Double]) -> WorldEvent? {
        var stream = RandomStream(seed: configuration.seed, .event, UInt64(point.uid))
        var rest = stream.uniform()
        for kind in WorldEvent.Kind.allCases where kind != .vanishedStation {
            rest -= shares[kind] ?? 0
            guard rest < 0 else { continue }
            let from = stream.uniform(0.1, 0.5) * length
            let isForGood = kind == .reusedID || kind == .movedPoint
            // Another station of the city is needed.
            guard city.stations.count > 1 || kind == .reusedID else { return nil }
            return event(kind, point.uid, from: from, seconds: isForGood ? length : stream.uniform(0.2, 0.4) * length)
        }
        return nil
    }

    private func event(_ kind: WorldEvent.Kind, _ point: Int, from: Double, seconds: Double) -> WorldEvent {
        let begin = configuration.start.adding(seconds: Int(from))
        return WorldEvent(
            kind: kind,
            city: SimulatedCity.all[city.index].slug,
            point: String(point),
            from: begin,
            to: min(begin.adding(seconds: Int(seconds)), configuration.end)
        )
    }
}

extension CityBlueprint {
    /// The index of the station to which a point belongs.
    fileprivate func station(ofPoint number: Int) -> Int? {
        var rest = number
        for (index, station) in stations.enumerated() {
            if rest < station.points.count { return index }
            rest -= station.points.count
        }
        return nil
    }

    /// The number of a station's first point.
    fileprivate func firstPoint(of station: Int) -> Int {
        stations[..<station].reduce(0) { $0 + $1.points.count }
    }
}

extension [Stretch] {
    /// The same life, absent in `seconds`; without hole, overlap or equal neighbours.
    fileprivate func absent(in seconds: Range<Int64>) -> [Stretch] {
        guard let first, let last, seconds.lowerBound < last.to, seconds.upperBound > first.from else { return self }
        let absent = Stretch(
            from: Swift.max(seconds.lowerBound, first.from),
            to: Swift.min(seconds.upperBound, last.to),
            status: .absent
        )
        let before = map { Stretch(from: $0.from, to: Swift.min($0.to, absent.from), status: $0.status) }
        let after = map { Stretch(from: Swift.max($0.from, absent.to), to: $0.to, status: $0.status) }
        var result: [Stretch] = []
        for stretch in before + [absent] + after where stretch.from < stretch.to {
            if let previous = result.last, previous.status == stretch.status {
                result[result.count - 1].to = stretch.to
            } else {
                result.append(stretch)
            }
        }
        return result
    }
}
