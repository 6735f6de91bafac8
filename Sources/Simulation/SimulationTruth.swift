public import ChargingModel

/// A point of the simulated world.
public struct SimulatedPoint: Hashable, Sendable {
    /// The `uid` of the feed, as text.
    public let uid: String
    /// The slug of its city.
    public let city: String
    /// The `id` of its station in the feed, as text; before any ``WorldEvent``.
    public let stationID: String
    /// The ids of its connectors in the feed, as text, before any ``WorldEvent``; their status is the point's.
    public let connectorIDs: [String]
    /// Whether it charges with direct current.
    public let isDirectCurrent: Bool
}

/// A stretch of time `[from, to)` in which a point had one status.
public struct TruthInterval: Hashable, Sendable {
    /// The first second.
    public let from: UTCTime
    /// The second after the last one.
    public let to: UTCTime
    /// As the feed reports it; `.absent` while the point is not in the feed.
    public let status: ChargingStatus
}

/// A charging event: a maximal stretch `[from, to)` in which a point was occupied (charging or blocked).
public struct TruthSession: Hashable, Sendable {
    /// The `uid` of the point.
    public let point: String
    /// The first second.
    public let from: UTCTime
    /// The second after the last one.
    public let to: UTCTime
    /// Whether the session was already on when the world began.
    public let isCutAtStart: Bool
    /// Whether the session was still on when the world ended.
    public let isCutAtEnd: Bool
}

/// A change of an attribute that a warehouse should find.
public struct AttributeChange: Hashable, Sendable {
    /// What changes.
    public enum Kind: String, Hashable, Sendable {
        /// The operator's hotline, at all stations of the city.
        case operatorHotline
        /// The power of the first connector of each point of the station.
        case connectorPower
    }

    /// When the first answer with the new value is given.
    public let at: UTCTime
    /// The slug of the city.
    public let city: String
    /// The `id` of the station in the feed; `nil` where all stations of the city change.
    public let stationID: String?
    /// What changes.
    public let kind: Kind
    /// The text before, as the feed writes it; `nil` for null.
    public let before: String?
    /// The text afterwards.
    public let after: String
}

/// What really happened in a simulated world: no polling, no gaps, no guessing.
///
/// Invariant: the intervals of a point tile the world from its first to its last second.
public struct SimulationTruth: Sendable {
    /// The points of all cities, in the order of the answers.
    public let points: [SimulatedPoint]
    /// Changes of attributes within the world, by time.
    public let attributeChanges: [AttributeChange]

    let configuration: WorldConfiguration
    let timelines: [CityTimeline]
    /// Own uids by second ones.
    private let secondUIDs: [Int: Int]

    init(
        configuration: WorldConfiguration,
        cities: [CityBlueprint],
        timelines: [CityTimeline],
        events: [WorldEvent]
    ) {
        let doubled = events.filter { $0.kind == .secondID }.compactMap { Int($0.point) }
        secondUIDs = Dictionary(
            doubled.map { (Numbering.secondUID(of: $0), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        self.configuration = configuration
        self.timelines = timelines
        points = cities.flatMap { city in
            city.stations.flatMap { station in
                station.points.map { Self.point($0, of: station, in: city) }
            }
        }
        attributeChanges = cities.flatMap { Self.changes(of: $0, configuration) }.sorted { $0.at < $1.at }
    }

    /// The intervals of a point, in order.
    ///
    /// - Throws: ``SimulationError`` for an unknown point.
    public func intervals(of uid: String) throws(SimulationError) -> [TruthInterval] {
        let place = try place(of: uid)
        return timelines[place.city].stretches(of: place.point).map { stretch in
            TruthInterval(from: time(stretch.from), to: time(stretch.to), status: stretch.status)
        }
    }

    /// The `uid` of the point that a feed lists under `uid`: the same one, or, for a second uid
    /// (``WorldEvent/Kind/secondID``), the point's own; `nil` for a uid that no answer has.
    public func point(listedAs uid: String) -> String? {
        if let number = Int(uid), let own = secondUIDs[number] { return String(own) }
        guard let place = Numbering.place(uid: uid), place.city < timelines.count,
            place.point < timelines[place.city].pointCount
        else { return nil }
        return uid
    }

    /// The status of a point at a time.
    ///
    /// - Throws: ``SimulationError`` for an unknown point or a time outside the world.
    public func status(of uid: String, at moment: UTCTime) throws(SimulationError) -> ChargingStatus {
        let place = try place(of: uid)
        guard moment >= configuration.start, moment < configuration.end else {
            throw .outsideTime(moment, configuration.start, configuration.end)
        }
        let second = Int32(moment.seconds - configuration.start.seconds)
        return timelines[place.city].code(of: place.point, at: second).status
    }

    /// The sessions of a point, in order.
    ///
    /// - Throws: ``SimulationError`` for an unknown point.
    public func sessions(of uid: String) throws(SimulationError) -> [TruthSession] {
        let place = try place(of: uid)
        return sessions(city: place.city, point: place.point)
    }

    /// The sessions of a city, by point and time.
    ///
    /// - Throws: ``SimulationError`` for an unknown city.
    public func sessions(in city: String) throws(SimulationError) -> [TruthSession] {
        let index = try cityIndex(city)
        return (0..<timelines[index].pointCount).flatMap { sessions(city: index, point: $0) }
    }

    /// The sessions of all points, by city, point and time.
    public var sessions: [TruthSession] {
        timelines.indices.flatMap { city in
            (0..<timelines[city].pointCount).flatMap { sessions(city: city, point: $0) }
        }
    }

    /// Seconds that the points of a city, or of all cities, spent in a category within `[from, to)`.
    ///
    /// The city is named by its slug; `nil` means all of them.
    ///
    /// - Throws: ``SimulationError`` for an unknown city.
    public func seconds(
        of category: StatusCategory,
        city: String? = nil,
        from: UTCTime,
        to: UTCTime
    ) throws(SimulationError) -> Int {
        var selected = timelines[...]
        if let city {
            let index = try cityIndex(city)
            selected = timelines[index...index]
        }
        var sum = 0
        for timeline in selected {
            for point in 0..<timeline.pointCount {
                sum += seconds(of: category, in: timeline.stretches(of: point), from: from, to: to)
            }
        }
        return sum
    }

    /// Seconds that a point spent in a category within `[from, to)`.
    ///
    /// - Throws: ``SimulationError`` for an unknown point.
    public func seconds(
        of category: StatusCategory,
        point uid: String,
        from: UTCTime,
        to: UTCTime
    ) throws(SimulationError) -> Int {
        let place = try place(of: uid)
        return seconds(of: category, in: timelines[place.city].stretches(of: place.point), from: from, to: to)
    }
}

extension SimulationTruth {
    private func time(_ second: Int64) -> UTCTime {
        UTCTime(seconds: configuration.start.seconds + second)
    }

    private func cityIndex(_ slug: String) throws(SimulationError) -> Int {
        guard let index = SimulatedCity.all.firstIndex(where: { $0.slug == slug }) else { throw .unknownCity(slug) }
        return index
    }

    private func place(of uid: String) throws(SimulationError) -> (city: Int, point: Int) {
        guard let place = Numbering.place(uid: uid), place.city < timelines.count,
            place.point < timelines[place.city].pointCount
        else { throw .unknownPoint(uid) }
        return place
    }

    private func seconds(of category: StatusCategory, in stretches: [Stretch], from: UTCTime, to: UTCTime) -> Int {
        let low = from.seconds - configuration.start.seconds
        let high = to.seconds - configuration.start.seconds
        return stretches.reduce(0) { sum, stretch in
            guard stretch.status.category == category else { return sum }
            return sum + Int(max(0, min(stretch.to, high) - max(stretch.from, low)))
        }
    }

    private func sessions(city: Int, point: Int) -> [TruthSession] {
        let timeline = timelines[city]
        let uid = String(Numbering.uid(city: city, point: point))
        var runs: [(from: Int64, to: Int64)] = []
        for stretch in timeline.stretches(of: point) where stretch.status.category == .occupied {
            if let last = runs.last, last.to == stretch.from {
                runs[runs.count - 1].to = stretch.to
            } else {
                runs.append((stretch.from, stretch.to))
            }
        }
        return runs.map { run in
            TruthSession(
                point: uid,
                from: time(run.from),
                to: time(run.to),
                isCutAtStart: run.from == 0,
                isCutAtEnd: run.to == timeline.length
            )
        }
    }

    private static func point(
        _ point: PointBlueprint,
        of station: StationBlueprint,
        in city: CityBlueprint
    ) -> SimulatedPoint {
        SimulatedPoint(
            uid: String(point.uid),
            city: SimulatedCity.all[city.index].slug,
            stationID: String(Numbering.stationID(city: city.index, station: station.number)),
            connectorIDs: (1...point.connectorCount).map { String(point.uid) + String($0) },
            isDirectCurrent: station.kind == .direct
        )
    }

    private static func changes(of city: CityBlueprint, _ configuration: WorldConfiguration) -> [AttributeChange] {
        let slug = SimulatedCity.all[city.index].slug
        let time = { (second: Int64) in UTCTime(seconds: configuration.start.seconds + second) }
        var changes: [AttributeChange] = []
        if let (second, hotline) = city.newHotline {
            changes.append(
                AttributeChange(
                    at: time(second),
                    city: slug,
                    stationID: nil,
                    kind: .operatorHotline,
                    before: city.hotline,
                    after: hotline
                )
            )
        }
        for station in city.stations {
            guard let (second, power) = station.upgrade else { continue }
            changes.append(
                AttributeChange(
                    at: time(second),
                    city: slug,
                    stationID: String(Numbering.stationID(city: city.index, station: station.number)),
                    kind: .connectorPower,
                    before: String(station.powerKilowatts),
                    after: String(power)
                )
            )
        }
        return changes
    }
}
