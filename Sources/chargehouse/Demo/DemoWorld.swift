import Acquisition
import ChargingModel
import Foundation
import Logging
import RawArchive
import Simulation
import Sources

/// The simulated world of the demo, polled in fast-forward over real HTTP into a real archive.
struct DemoWorld {
    let world: SimulatedWorld
    let settings: Settings
    let isQuiet: Bool

    /// A Monday; the Sunday of that week has 23 hours in Berlin.
    static let firstDay = UTCDay(number: 20_535)  // 2026-03-23

    /// The feeds of the world at a server, as descriptors.
    static func feeds(at baseURL: String) -> [FeedDescriptor] {
        SimulatedWorld.feeds(baseURL: baseURL).map { feed in
            FeedDescriptor(
                id: feed.id,
                name: feed.name,
                adapter: "chargecloud-poi",
                url: feed.url,
                intervalSeconds: 600,
                timeZone: "Europe/Berlin",
                notes: "Simulated: no such station exists."
            )
        }
    }

    /// Polls every slot of the world.
    ///
    /// - Returns: How the polls went, and the bytes received.
    func acquire() async throws -> PollCounts {
        let clock = VirtualClock(world.configuration.start)
        let server = SimulationServer(world: world, clock: clock)
        let port = try await server.start()
        let feeds = Self.feeds(at: "http://127.0.0.1:\(port)")
        try writeDescriptors(feeds)
        let writer = try openWriter()
        let counts: PollCounts
        do {
            counts = try await poll(feeds, clock, into: writer)
        } catch {
            try writer.close()
            try await server.stop()
            throw error
        }
        try writer.close()
        try await server.stop()
        return counts
    }

    private func poll(
        _ feeds: [FeedDescriptor],
        _ clock: VirtualClock,
        into writer: ArchiveWriter
    ) async throws -> PollCounts {
        var logger = Logger(label: "demo", factory: StreamLogHandler.standardError(label:))
        logger.logLevel = .critical
        let collector = Collector(settings: settings, logger: logger)
        var configuration = try collector.configuration(for: feeds)
        configuration.politeness.hostLimit = 8
        configuration.politeness.hostSpacing = .zero
        configuration.politeness.breakerThreshold = .max
        let targets = try collector.targets(feeds)
        let progress = ProgressLine("poll ", isQuiet: isQuiet)
        let slots = world.configuration.days * 86_400 / 600
        return try await HTTPTransport.withHTTPClient(configuration) { transport in
            let acquirer = Acquirer(
                configuration: configuration,
                transport: transport,
                store: collector.store(writer),
                clock: PollClock(
                    now: { clock.now },
                    sleep: { until in
                        try Task.checkCancellation()
                        if until > clock.now { clock.set(until) }
                    }
                ),
                random: PollRandom { 0.5 },
                logger: logger
            )
            var total = PollCounts()
            for index in 0..<slots {
                try Task.checkCancellation()
                let slot = world.configuration.start.adding(seconds: index * 600)
                clock.set(slot)
                total += try await acquirer.pollOnce(feeds: targets, slot: slot).counts
                progress.update(index + 1, of: slots, "\(total.polls) polls, \(total.bytes / 1_000_000) MB")
            }
            return total
        }
    }

    /// Writes every answer into the archive without a network, as a collector would that never fails.
    ///
    /// - Returns: The number of polls.
    func capture() throws -> Int {
        let feeds = Self.feeds(at: "http://127.0.0.1:1")
        try writeDescriptors(feeds)
        let collector = SimulatedCollector(world: world, faults: SimulatedCollector.Faults())
        let progress = ProgressLine("write", isQuiet: isQuiet)
        let writer = try openWriter()
        var polls = 0
        do {
            for (number, (feed, city)) in zip(feeds, world.cities).enumerated() {
                try Task.checkCancellation()
                polls += try collector.collect(feed, city: city.slug, into: writer).polls
                progress.update(number + 1, of: feeds.count, "\(number + 1) of \(feeds.count) feeds")
            }
        } catch {
            try writer.close()
            throw error
        }
        try writer.close()
        return polls
    }

    private func openWriter() throws -> ArchiveWriter {
        try settings.archive.openWriter(
            WriterOptions(durability: .operatingSystem, software: "chargehouse/\(Version.text)")
        )
    }

    /// The demo's folder works on its own afterwards: its configuration and descriptors are files in it.
    private func writeDescriptors(_ feeds: [FeedDescriptor]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let folder = URL(fileURLWithPath: settings.dataFolder)
        try encoder.encode(feeds).write(to: folder.appendingPathComponent("feeds.json"))
        let configuration = """
            # Written by `chargehouse demo`: a simulated world.
            data = "\(settings.dataFolder)"
            feeds = ["\(folder.appendingPathComponent("feeds.json").path)"]

            """
        try Data(configuration.utf8).write(to: folder.appendingPathComponent("chargehouse.toml"))
    }

    /// Only a folder that a demo wrote is emptied.
    static func prepareFolder(_ path: String) throws {
        let marker = path + "/chargehouse.toml"
        let files = FileManager.default
        if files.fileExists(atPath: path), try !files.contentsOfDirectory(atPath: path).isEmpty {
            guard let text = files.contents(atPath: marker), String(decoding: text, as: UTF8.self).contains("demo")
            else {
                throw ConfigurationError(
                    code: "CHG087",
                    subject: path,
                    detail: "the folder is not empty and no demo wrote it (expected a new folder)",
                    remedy: "chargehouse demo --dir another-folder",
                    exitCode: .cannotCreate
                )
            }
            try files.removeItem(atPath: path)
        }
        try files.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Data("# a demo is being made here\n".utf8).write(to: URL(fileURLWithPath: marker))
    }
}
