import ArgumentParser
import ChargingModel
import Foundation
import Simulation

/// `chargehouse simulate`.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Serve a simulated charging world in chargecloud's shape, on loopback.",
        discussion: """
            38 cities at http://127.0.0.1:PORT/<city>. The world is deterministic: the same seed, the same answers. With \
            --into, nothing is served: all answers of the world's days are written to a raw archive at once.

            Examples:
              chargehouse simulate --port 8399
              chargehouse simulate --seed 7 --scale 0.1 --factor 60
              chargehouse simulate --days 365 --from 2026-01-01 --into year
            """
    )

    @OptionGroup var options: GlobalOptions

    @Option(name: .long, help: "The port; 0 lets the system choose.")
    var port = 8_399

    @Option(name: .long, help: "The seed of the world.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "1 is the size of the original: 2,423 points.")
    var scale = 1.0

    @Option(name: .long, help: "How many days the world lasts.")
    var days = 7

    @Option(name: .long, help: "The world's first day (default: today).")
    var from: UTCDay?

    @Option(name: .long, help: "A new folder that gets the answers, polled every 10 minutes, and a configuration.")
    var into: String?

    @Option(name: .long, help: "Virtual seconds a real second.")
    var factor = 1.0

    func run() async throws {
        let now = systemTime()
        let world = try SimulatedWorld(
            configuration: WorldConfiguration(
                seed: seed,
                firstDay: from ?? now.day,
                days: days,
                scale: scale,
                faults: .light
            )
        )
        if let into { return try write(world, into: into) }
        let clock = RealTimeClock(startingAt: now, factor: factor, wall: systemTime)
        let server = SimulationServer(world: world) { clock.now }
        let port = try await server.start(port: port)
        Console.output("http://127.0.0.1:\(port)/koeln")
        Console.note("\(world.points.count) simulated charging points in 38 cities; Ctrl-C ends it")
        do {
            while true { try await Task.sleep(for: .seconds(3_600)) }
        } catch is CancellationError {
            try await server.stop()
            throw CancellationError()
        }
    }

    /// Writes all answers of the world, and says so.
    private func write(_ world: SimulatedWorld, into folder: String) throws {
        var settings = Settings()
        settings.dataFolder = URL(fileURLWithPath: folder).path
        try DemoWorld.prepareFolder(settings.dataFolder)
        let polls = try DemoWorld(world: world, settings: settings, isQuiet: options.quiet).capture()
        Console.note(
            "\(polls) simulated polls of \(world.cities.count) cities, \(days) days from \(world.configuration.start.day), in \(folder)"
        )
        Console.output("chargehouse run --config \(folder)/chargehouse.toml")
    }
}
