import Analytics
import ArgumentParser
import ChargingModel
import Cleaning
import Foundation
import Reporting
import Sources
import Warehouse
import WarehouseDuckDB

/// `chargehouse rejects`.
struct RejectsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejects",
        abstract: "Look at rejected records, and drive them again.",
        discussion: """
            Rules: docs/reference/rejects.md.

            Examples:
              chargehouse rejects ls
              chargehouse rejects show --rule duplicate_id
              chargehouse rejects redrive --rule duplicate_id
            """,
        subcommands: [RejectsListCommand.self, RejectsShowCommand.self, RejectsRedriveCommand.self]
    )
}

/// Which rejects a command works on.
struct RejectSelection: ParsableArguments {
    @Option(name: .long, help: "A rule (default: all).")
    var rule: String?

    @Flag(name: .long, help: "Findings too: odd records that were kept.")
    var findings = false

    func query(_ slices: SliceSelection, _ catalog: FeedCatalog) throws -> RejectQuery {
        RejectQuery(
            rule: rule,
            feeds: try slices.feed.map { try catalog.feed($0).id },
            since: slices.since,
            until: slices.until,
            includesFindings: findings
        )
    }
}

/// `chargehouse rejects ls`.
struct RejectsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "One line a rule: how many rejects, where, and an example.",
        discussion: """
            Examples:
              chargehouse rejects ls
              chargehouse rejects ls --findings --feed chargecloud/bonn -o json
            """,
        aliases: ["list"]
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var slices: SliceSelection
    @OptionGroup var selection: RejectSelection

    @Option(name: [.customShort("o"), .long], help: "table, csv, json, ndjson or md.")
    var output = TableFormat.table

    func run() async throws {
        let settings = try options.settings()
        let pipeline = try Pipeline(settings: settings, catalog: settings.catalog(), isQuiet: options.quiet)
        let query = try selection.query(slices, pipeline.catalog)
        let table = try await pipeline.withWarehouse(readOnly: true) { try await query.groups(on: $0) }
        let renderer = TableRenderer(output, width: Console.width, schema: "chargehouse.rejects/1")
        Console.output(renderer.render(table))
    }
}

/// `chargehouse rejects show`.
struct RejectsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Rejects with rule, message, place, and the raw bytes at that place.",
        discussion: """
            The bytes are read back from the archive: the page with the digest, at the JSON pointer.

            Examples:
              chargehouse rejects show -- -4611686018427387904
              chargehouse rejects show --rule duplicate_id --limit 3
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var slices: SliceSelection
    @OptionGroup var selection: RejectSelection

    @Argument(help: "The key of a reject, as ls shows it (default: those of the filter).")
    var id: Int64?

    @Option(name: .long, help: "How many are shown.")
    var limit = 10

    @Option(name: .long, help: "How many raw bytes of each are shown.")
    var bytes = 2_000

    @Option(name: [.customShort("o"), .long], help: "table, csv, json, ndjson or md.")
    var output = TableFormat.table

    func run() async throws {
        let settings = try options.settings()
        let pipeline = try Pipeline(settings: settings, catalog: settings.catalog(), isQuiet: options.quiet)
        let query = try selection.query(slices, pipeline.catalog)
        let records = try await pipeline.withWarehouse(readOnly: true) { engine in
            if let id { return [try await RejectQuery.record(id, on: engine)] }
            return try await query.records(limit: limit, on: engine)
        }
        let evidence = try await settings.withArchive { archive in
            var evidence: [RejectEvidence] = []
            for record in records {
                evidence.append(try await RejectEvidence(record, in: archive, maximumBytes: max(0, bytes)))
            }
            return evidence
        }
        if output == .table {
            return Console.output(evidence.map(\.text).joined(separator: "\n"))
        }
        let renderer = TableRenderer(output, width: nil, schema: "chargehouse.reject/1")
        Console.output(renderer.render(RejectEvidence.table(evidence)))
    }
}

/// `chargehouse rejects redrive`.
struct RejectsRedriveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redrive",
        abstract: "Clean and load the slices with rejects again, with the present mapping.",
        discussion: """
            A slice whose raw days, mapping and rules are what they were gives the same again, and stays as it is.

            Examples:
              chargehouse rejects redrive
              chargehouse rejects redrive --rule duplicate_id --since 2026-03-01 --dry-run
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var slices: SliceSelection
    @OptionGroup var selection: RejectSelection

    @Flag(name: .long, help: "Say which slices have rejects, and write nothing.")
    var dryRun = false

    func run() async throws {
        let settings = try options.settings()
        let pipeline = try Pipeline(settings: settings, catalog: settings.catalog(), isQuiet: options.quiet)
        let query = try selection.query(slices, pipeline.catalog)
        let before = try await pipeline.withWarehouse(readOnly: true) { try await query.slices(on: $0) }
        let known = before.values.flatMap(\.values).reduce(0, +)
        let count = before.values.reduce(0) { $0 + $1.count }
        guard !dryRun, count > 0 else {
            return Console.output("redrive: \(count) slices with \(known) records; nothing was written")
        }
        let (changed, loaded) = try await drive(before, pipeline)
        let after = try await pipeline.withWarehouse(readOnly: true) { try await query.slices(on: $0) }
        let left = before.reduce(0) { sum, feed in
            sum + feed.value.keys.reduce(0) { $0 + (after[feed.key]?[$1] ?? 0) }
        }
        Console.output(
            "redrive: \(count) slices, \(changed) changed, \(loaded) loaded; \(known) records before, \(left) now, "
                + "\(max(0, known - left)) gone"
        )
    }

    /// Feed by feed, each run of neighbouring days at once.
    private func drive(_ slices: [FeedID: [UTCDay: Int64]], _ pipeline: Pipeline) async throws -> (Int, Int) {
        var (changed, loaded) = (0, 0)
        for (feed, days) in slices.sorted(by: { $0.key < $1.key }) {
            for run in Self.runs(of: days.keys.sorted()) {
                let range = try SliceSelection.parse([
                    "--feed", feed.description, "--since", run.lowerBound.description, "--until",
                    run.upperBound.description,
                ])
                changed += try await pipeline.clean(range).filter { $0.outcome == .cleaned }.count
                loaded += try await pipeline.load(range, runID: "redrive").loaded.count
            }
        }
        return (changed, loaded)
    }

    private static func runs(of days: [UTCDay]) -> [ClosedRange<UTCDay>] {
        days.reduce(into: []) { runs, day in
            if let last = runs.last, last.upperBound.next == day {
                runs[runs.count - 1] = last.lowerBound...day
            } else {
                runs.append(day...day)
            }
        }
    }
}
