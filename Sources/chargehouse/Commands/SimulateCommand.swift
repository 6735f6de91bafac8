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
            38 cities at http://127.0.0.1:PORT/<city>. The world is deterministic: the same seed, the same answers.

            Examples:
              chargehouse simulate --port 8399
              chargehouse simulate --seed 7 --scale 0.1 --factor 60
            """
    )

    @OptionGroup var options: GlobalOptions

    @Option(name: .long, help: "The port; 0 lets the system choose.")
    var port = 8_399

    @Option(name: .long, help: "The seed of the world.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "1 is the size of the original: 2,423 points.")
    var scale = 1.0

    @Option(name: .long, help: "How many days the world lasts, from today.")
    var days = 7

    @Option(name: .long, help: "Virtual seconds a real second.")
    var factor = 1.0

    func run() async throws {
        let now = systemTime()
        let world = try SimulatedWorld(
            configuration: WorldConfiguration(seed: seed, firstDay: now.day, days: days, scale: scale, faults: .light)
        )
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
}
