import Acquisition
import Analytics
import ArgumentParser
import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Reporting
import Simulation
import Sources
import Warehouse
import WarehouseDuckDB

/// `chargehouse demo`.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run the whole pipeline on a simulated world, and compare the result with the truth.",
        discussion: """
            Seven simulated days of 38 cities and 2,423 charging points, through real HTTP on loopback, the real archive
            and a real warehouse. No network is needed.

            Examples:
              chargehouse demo
              chargehouse demo --days 1 --scale 0.1 --dir /tmp/demo
            """
    )

    @Option(name: .long, help: "The folder to write; an earlier demo in it is replaced.")
    var dir = "chargehouse-demo"

    @Option(name: .long, help: "Simulated days.")
    var days = 7

    @Option(name: .long, help: "1 is the size of the original: 2,423 points.")
    var scale = 1.0

    @Option(name: .long, help: "The seed of the world.")
    var seed: UInt64 = 1

    @Flag(name: [.short, .long], help: "Say only what went wrong, and the result.")
    var quiet = false

    func run() async throws {
        let started = ContinuousClock.now
        var settings = Settings()
        settings.dataFolder = URL(fileURLWithPath: dir).path
        try DemoWorld.prepareFolder(settings.dataFolder)
        let world = try SimulatedWorld(
            configuration: WorldConfiguration(
                seed: seed,
                firstDay: DemoWorld.firstDay,
                days: days,
                scale: scale,
                faults: .light
            )
        )
        note(
            "This world is SIMULATED: 38 cities, \(world.points.count) charging points, \(days) days from "
                + "\(DemoWorld.firstDay), seed \(seed). No such station exists."
        )
        let counts = try await DemoWorld(world: world, settings: settings, isQuiet: quiet).acquire()
        note(
            "archived \(counts.polls) polls (\(counts.failed) failed as planned) of \(counts.bytes / 1_000_000) MB "
                + "in \(try archivedBytes(settings) / 1_000_000) MB of day packs"
        )
        settings.feedFiles = [settings.dataFolder + "/feeds.json"]
        let pipeline = Pipeline(settings: settings, catalog: try settings.catalog(), isQuiet: quiet)
        let verdict = RunVerdict(try await pipeline.clean(SliceSelection.parse([])))
        note(verdict.text)
        let summary = try await pipeline.load(SliceSelection.parse([]), runID: "demo")
        note("loaded \(summary.loaded.count) slices into \(try settings.warehouseTarget())")
        let comparison = try await pipeline.withWarehouse(readOnly: true) { engine in
            try await TruthComparison(world: world, engine: engine, interval: 600)
        }
        Console.output(TableRenderer(.table, width: Console.width).render(AnswerTable(comparison.table)))
        Console.output(closingText(comparison, elapsed: started.duration(to: .now)))
    }

    private func note(_ text: String) {
        if !quiet { Console.note(text) }
    }

    private func closingText(_ comparison: TruthComparison, elapsed: Duration) -> String {
        let configuration = dir + "/chargehouse.toml"
        return """
            Simulated world: utilization of \(comparison.withinBound) of \(comparison.cities.count) cities differs from \
            the truth by less than polling alone explains (bound: 3 standard errors).
            Took \(elapsed.formatted(.units(allowed: [.seconds], width: .narrow))).

            Next:
              chargehouse report utilization --by hour-of-week --config \(configuration)
              chargehouse query "SELECT * FROM dim_charging_station LIMIT 5" --config \(configuration)
              chargehouse acquire chargecloud/bonn --once        # the real world: see docs/guide/poll-for-real.md
            """
    }

    private func archivedBytes(_ settings: Settings) throws -> Int {
        try settings.archive.packs().reduce(0) { $0 + $1.bytes }
    }
}
