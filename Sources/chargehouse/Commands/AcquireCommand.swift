import Acquisition
import ArgumentParser
import ChargingModel
import Foundation
import Logging
import RawArchive
import Sources

/// `chargehouse acquire`.
struct AcquireCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acquire",
        abstract: "Poll feeds and archive every answer.",
        discussion: """
            Polls the enabled feeds, or those that are named. Every poll leaves an outcome in the archive, failed ones
            too. Slots are aligned to the UTC clock. Ctrl-C and SIGTERM finish or abandon whole captures.

            Examples:
              chargehouse acquire chargecloud/bonn --once
              chargehouse acquire --every 10m
            """
    )

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Feeds, for example chargecloud/bonn (default: the enabled ones).")
    var feeds: [String] = []

    @Flag(name: .long, help: "Poll once, for the current slot, and end.")
    var once = false

    @Option(name: .long, help: "Poll for ever, every so often: 10m, 90s, 1h.")
    var every: Interval?

    @Option(name: .long, help: "With --once: the slot, for schedulers (default: the current one).")
    var slot: UTCTime?

    func validate() throws {
        if once == (every != nil) {
            throw ValidationError("expected either --once or --every, for example --every 10m")
        }
        if slot != nil, !once { throw ValidationError("--slot needs --once") }
    }

    func run() async throws {
        let settings = try options.settings()
        let catalog = try settings.catalog()
        let chosen = try feeds.isEmpty ? catalog.enabled : feeds.map { try catalog.feed($0) }
        let collector = Collector(settings: settings, logger: options.logger("acquire"))
        let configuration = try collector.configuration(for: chosen)
        let targets = try collector.targets(chosen)
        let writer = try settings.archive.openWriter(
            WriterOptions(durability: settings.durability, software: "chargehouse/\(Version.text)")
        )
        var failed = 0
        do {
            try await HTTPTransport.withHTTPClient(configuration) { transport in
                let acquirer = Acquirer(
                    configuration: configuration,
                    transport: transport,
                    store: collector.store(writer),
                    clock: .system,
                    random: .system,
                    logger: collector.logger
                )
                if once {
                    let interval = chosen.map(\.intervalSeconds).min() ?? 600
                    let round = try await acquirer.pollOnce(
                        feeds: targets,
                        slot: slot ?? systemTime().slot(every: interval)
                    )
                    failed = round.counts.failed
                    Console.output(
                        "acquire: \(round.counts.polls) polls, \(failed) failed, \(round.counts.bytes) bytes"
                    )
                } else {
                    _ = try await acquirer.run(feeds: targets, every: every?.seconds)
                }
            }
        } catch {
            try writer.close()
            throw error
        }
        try writer.close()
        if failed > 0 { throw PartialFailure(failed: failed, of: targets.count) }
    }
}

/// Some feeds failed; the rest is archived.
struct PartialFailure: DescribedError {
    let failed: Int
    let all: Int

    init(failed: Int, of all: Int) {
        self.failed = failed
        self.all = all
    }

    var code: String { "CHG086" }
    var subject: String { "acquire" }
    var detail: String { "\(failed) of \(all) polls failed (expected none)" }
    var kept: String? { "the answers of the others, and the outcome of each failed poll" }
    var remedy: String? { "chargehouse archive show FEED DAY" }
    var exitCode: ChargingModel.ExitCode { failed == all ? .unavailable : .partial }
}

/// `10m`, `90s`, `1h`: whole seconds from one second to a day.
struct Interval: ExpressibleByArgument {
    let seconds: Int

    init?(argument: String) {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600]
        guard let unit = argument.last.flatMap({ units[$0] }), let count = Int(argument.dropLast()),
            (1...86_400).contains(count), (1...86_400).contains(count * unit)
        else { return nil }
        seconds = count * unit
    }
}
