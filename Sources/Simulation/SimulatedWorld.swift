public import ChargingModel

/// A charging world that is known to the second, and that answers as its feeds would.
///
/// Invariant: equal configurations give equal truth and equal bytes. A point does not depend on how many others there
/// are: a world of another scale has the same lives for the points that both have.
///
/// ## Topics
/// - What really happened: ``truth``
/// - What a feed answers: ``answer(city:at:)``, ``response(city:at:attempt:)``
/// - Who can be asked: ``cities``, ``feeds(baseURL:)``, ``points``
public struct SimulatedWorld: Sendable {
    /// What the world was made from.
    public let configuration: WorldConfiguration
    /// What really happened.
    public let truth: SimulationTruth

    let templates: [AnswerTemplate]
    let faultPlan: FaultPlan
    let eventPlan: EventPlan

    /// Builds a world.
    ///
    /// - Throws: ``SimulationError`` where the configuration is out of bounds.
    /// - Complexity: O(points × days); 7 days at scale 1: see `docs/methods/simulation.md`.
    public init(configuration: WorldConfiguration) throws(SimulationError) {
        try configuration.validate()
        let world = WorldBuilder(configuration: configuration)
        let lives = TimelineBuilder(configuration: configuration)
        let cities = SimulatedCity.all.indices.map(world.city)
        let eventPlan = try EventPlan(configuration: configuration, cities: cities)
        var timelines: [CityTimeline] = []
        var templates: [AnswerTemplate] = []
        for city in cities {
            var timeline = CityTimeline(length: lives.length)
            for station in city.stations {
                for point in station.points {
                    let life = lives.timeline(of: point, in: station)
                    timeline.append(eventPlan.withAbsences(life, station: station.number, city: city.index))
                }
            }
            timelines.append(timeline)
            templates.append(AnswerTemplate(city: city))
        }
        self.configuration = configuration
        self.templates = templates
        self.eventPlan = eventPlan
        faultPlan = try FaultPlan(configuration: configuration)
        truth = SimulationTruth(
            configuration: configuration,
            cities: cities,
            timelines: timelines,
            events: eventPlan.events
        )
    }

    /// The cities, largest first.
    public var cities: [SimulatedCity] { SimulatedCity.all }

    /// The points of all cities, in the order of the answers.
    public var points: [SimulatedPoint] { truth.points }

    /// What happens to stations and points, by time.
    public var events: [WorldEvent] { eventPlan.events }

    /// A city's index by its slug.
    func index(of slug: String) throws(SimulationError) -> Int {
        guard let index = SimulatedCity.all.firstIndex(where: { $0.slug == slug }) else { throw .unknownCity(slug) }
        return index
    }

    /// Whole seconds since the start of the world.
    func second(at time: UTCTime) throws(SimulationError) -> Int32 {
        guard time >= configuration.start, time < configuration.end else {
            throw .outsideTime(time, configuration.start, configuration.end)
        }
        return Int32(time.seconds - configuration.start.seconds)
    }
}

/// A feed of the simulation as plain values, for a descriptor file or a registry.
public struct SimulatedFeed: Hashable, Sendable {
    /// `simulation/koeln`.
    public let id: FeedID
    /// For people: `Köln (simulated)`.
    public let name: String
    /// Where it answers: `http://127.0.0.1:8080/koeln`.
    public let url: String
}

extension SimulatedWorld {
    /// The 38 feeds of a server at `baseURL`, which ends before the city: `http://127.0.0.1:8080`.
    public static func feeds(baseURL: String) -> [SimulatedFeed] {
        let base = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        return SimulatedCity.all.compactMap { city in
            FeedID("simulation/" + city.slug).map { id in
                SimulatedFeed(id: id, name: city.name + " (simulated)", url: base + "/" + city.slug)
            }
        }
    }

    /// The 38 feeds of a server; the same for every world.
    public func feeds(baseURL: String) -> [SimulatedFeed] {
        Self.feeds(baseURL: baseURL)
    }
}
