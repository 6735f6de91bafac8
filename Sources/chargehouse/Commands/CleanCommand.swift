import ArgumentParser
import ChargingModel
import Cleaning
import Sources
import Warehouse
import WarehouseDuckDB

/// `chargehouse clean`.
struct CleanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean",
        abstract: "Turn raw packs into flat files of stations, points, connectors and status intervals.",
        discussion: """
            Cleans what changed; the same input again is "unchanged".

            Examples:
              chargehouse clean
              chargehouse clean --feed chargecloud/bonn --since 2026-03-01 --until 2026-03-07
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var selection: SliceSelection
    @OptionGroup var lineage: OpenLineageOptions

    func run() async throws {
        let settings = try options.settings()
        let pipeline = try Pipeline(settings: settings, catalog: settings.catalog(), isQuiet: options.quiet)
        let verdict = RunVerdict(try await pipeline.clean(selection, lineage))
        Console.output(verdict.text)
        if !options.quiet { Console.note("  next: chargehouse load") }
        try verdict.check()
    }
}

/// `chargehouse load`.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Load flat files into the warehouse, one transaction a batch of slices.",
        discussion: """
            Examples:
              chargehouse load
              chargehouse load --since 2026-03-01 --run-id nightly-2026-03-02
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var selection: SliceSelection
    @OptionGroup var lineage: OpenLineageOptions

    @Option(name: .long, help: "A name for this run in the load log.")
    var runID: String?

    func run() async throws {
        let settings = try options.settings()
        let pipeline = try Pipeline(settings: settings, catalog: settings.catalog(), isQuiet: options.quiet)
        let summary = try await pipeline.load(selection, runID: runID, lineage)
        Console.output("load: \(summary.loaded.count) slices loaded, \(summary.unchanged.count) unchanged")
        if !options.quiet { Console.note("  next: chargehouse report utilization --by city") }
    }
}

/// `chargehouse run`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Clean and load what is new: everything after acquisition.",
        discussion: """
            Killed anywhere and started again it ends in the same tables. The last line on standard output is one JSON
            object for a scheduler.

            Examples:
              chargehouse run
              chargehouse run --since 2026-03-01 --run-id nightly
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var selection: SliceSelection
    @OptionGroup var lineage: OpenLineageOptions

    @Option(name: .long, help: "A name for this run in the load log.")
    var runID: String?

    func run() async throws {
        let settings = try options.settings()
        let pipeline = try Pipeline(settings: settings, catalog: settings.catalog(), isQuiet: options.quiet)
        let results = try await pipeline.clean(selection, lineage)
        let verdict = RunVerdict(results)
        Console.output(verdict.text)
        let summary = try await pipeline.load(selection, runID: runID, lineage)
        Console.output("load: \(summary.loaded.count) slices loaded, \(summary.unchanged.count) unchanged")
        Console.output(try RunSummaryJSON(runID: runID, verdict: verdict, summary: summary).text)
        try verdict.check()
    }
}
