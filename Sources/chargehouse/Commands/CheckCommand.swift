public import Analytics
public import ArgumentParser
import ChargingModel
import Reporting
import Sources
import Warehouse
import WarehouseDuckDB

extension QualityGate: ExpressibleByArgument {}

/// The suites of `check`, and all of them.
enum CheckSuite: String, CaseIterable, ExpressibleByArgument {
    case structure
    case content
    case freshness
    case all

    /// `nil` for all.
    var suite: QualityRule.Suite? { QualityRule.Suite(rawValue: rawValue) }
}

/// `chargehouse check`.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the warehouse by the rules of data quality, and keep the results.",
        discussion: """
            Rules and limits: docs/methods/quality.md. Results stand in etl_quality_result, one a rule, feed and day. The
            exit code is 4 where a rule of the level of --fail-on does not hold.

            Examples:
              chargehouse check
              chargehouse check --suite structure --since 2026-03-01 -o json
              chargehouse check --fail-on warn --now 2026-03-02T00:00:00Z --results
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var selection: SliceSelection

    @Option(name: .long, help: "structure, content, freshness or all.")
    var suite = CheckSuite.all

    @Option(name: .long, help: "The level that fails the check: warn or error.")
    var failOn = QualityGate.error

    @Option(name: .long, help: "The present for rules about age, UTC (default: the clock).")
    var now: UTCTime?

    @Flag(name: .long, help: "Show one row a result, not one a rule.")
    var results = false

    @Flag(name: .long, help: "Show also what is in order or skipped.")
    var all = false

    @Flag(name: .long, help: "Check, and write nothing.")
    var dryRun = false

    @Option(name: [.customShort("o"), .long], help: "table, csv, json, ndjson or md.")
    var output = TableFormat.table

    func run() async throws {
        let settings = try options.settings()
        let catalog = try settings.catalog()
        let pipeline = Pipeline(settings: settings, catalog: catalog, isQuiet: options.quiet)
        let check = QualityCheck(
            suite: suite.suite,
            selection: QualityCheck.Selection(
                feeds: try selection.feed.map { try catalog.feed($0).id },
                since: selection.since,
                until: selection.until
            ),
            thresholds: settings.thresholds,
            now: now ?? systemTime()
        )
        let report = try await pipeline.withWarehouse(readOnly: true) { try await check.run(on: $0) }
        if !dryRun {
            try await pipeline.withWarehouse { engine in
                try await engine.transact(report.storingSteps(in: engine.dialect))
            }
        }
        let table = results ? report.resultTable(all: all) : report.ruleTable(all: all)
        let renderer = TableRenderer(output, width: Console.width, schema: "chargehouse.check/1")
        if output != .table || !table.rows.isEmpty { Console.output(renderer.render(table)) }
        if !options.quiet { Console.note(report.summary) }
        try report.check(failOn)
    }
}
