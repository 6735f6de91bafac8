import ChargingModel
import Cleaning
import EngineTestSupport
import Foundation
import RawArchive
import Simulation
import Sources
import TestSupport
import Warehouse
import chargehouse

/// Four weeks of a small simulated world in which everything goes wrong that the simulation knows, cleaned.
struct FourWeeks {
    static let firstDay = UTCDay(number: 20_521)  // 2026-03-09: the clocks change on the 29th
    static let days = 28
    static let cities = ["kiel", "bayreuth", "hof"]

    let world: SimulatedWorld
    let feeds: [FeedDescriptor]
    let workshop: Workshop
    let manifests: [SliceManifest]
    let folder: String

    /// Every fault of a feed, every event of a point, and what goes wrong at a collector.
    init(in folder: String) async throws {
        let lasting: Set<FeedFault> = [.outage, .frozen]
        let shares = FeedFault.allCases.filter { !lasting.contains($0) }.map { ($0, 0.004) }
        world = try SimulatedWorld(
            configuration: WorldConfiguration(
                seed: 11,
                firstDay: Self.firstDay,
                days: Self.days,
                scale: 0.1,
                faults: FeedFaults(
                    shares: Dictionary(uniqueKeysWithValues: shares),
                    episodes: [.outage: 6, .frozen: 3, .schemaDrift: 4, .lyingTimestamps: 4]
                ),
                events: WorldEvents(
                    shares: Dictionary(uniqueKeysWithValues: WorldEvent.Kind.allCases.map { ($0, 0.12) })
                )
            )
        )
        self.folder = folder
        feeds = try Self.cities.map { try Workshop.feed("simulation/\($0)") }
        // The command knows the built-in cities.
        workshop = Workshop(folder + "/data", places: try PlaceCatalog.builtIn())
        try FileManager.default.createDirectory(atPath: workshop.folder, withIntermediateDirectories: true)
        let collector = SimulatedCollector(
            world: world,
            faults: SimulatedCollector.Faults(missedShare: 0.01, missedHours: 5, clockStepHours: 2)
        )
        let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
        for (feed, city) in zip(feeds, Self.cities) { _ = try collector.collect(feed, city: city, into: writer) }
        try writer.close()
        manifests = try await workshop.clean(feeds).map(\.manifest)
        try JSONEncoder().encode(feeds).write(to: URL(fileURLWithPath: folder + "/feeds.json"))
    }

    /// The command with a place as its warehouse.
    func command(on place: WarehousePlace) throws -> PlacedCommand {
        let keys = "data = \"\(workshop.folder)\"\nfeeds = [\"\(folder)/feeds.json\"]"
        return try PlacedCommand(place, keys: keys, in: folder)
    }
}

/// The built command, with a configuration that names a place.
struct PlacedCommand {
    let configuration: String
    let binary: String
    let environment: [String: String]

    init(_ place: WarehousePlace, keys: String, in folder: String, file: String? = nil, changes: [String: String] = [:])
        throws
    {
        configuration = "\(folder)/\(file ?? "\(place.kind).toml")"
        binary = try Command.newest.orThrow("command")
        environment = try place.environment()
        let text = try place.configuration(in: folder, keys: keys, changes: changes)
        try Data(text.utf8).write(to: URL(fileURLWithPath: configuration))
    }

    func callAsFunction(_ arguments: [String]) throws -> (status: Int32, output: String, error: String) {
        try Command.output(arguments + ["--config", configuration], binary: binary, environment: environment)
    }
}
