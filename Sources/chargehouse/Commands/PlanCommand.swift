import ArgumentParser
import ChargingModel
import Foundation
import Reporting
import Sources
import Warehouse
import WarehouseDuckDB

/// How changes are printed.
enum ChangeFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}

/// `chargehouse plan`.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Say what a run would add, close and change, and change nothing.",
        discussion: """
            Cleans into a temporary folder and loads into a copy of the warehouse, then compares the copy with it, row
            by row. Needs as much free space as the warehouse takes twice. The copy of a server's warehouse is a DuckDB
            file.

            Examples:
              chargehouse plan
              chargehouse plan --detailed-exitcode --output json
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var selection: SliceSelection

    @Flag(name: .long, help: "Exit with 2 where changes are pending.")
    var detailedExitcode = false

    @Option(name: .long, help: "Rows that are shown of each table.")
    var limit = 0

    @Option(name: .shortAndLong, help: "text or json.")
    var output = ChangeFormat.text

    func run() async throws {
        let settings = try options.settings()
        let pipeline = try Pipeline(settings: settings, catalog: settings.catalog(), isQuiet: options.quiet)
        let plan = try await pipeline.plan(selection, examples: limit)
        switch output {
        case .json: Console.output(try plan.text)
        case .text: Console.output(ChangeText.plan(plan))
        }
        if plan.hasChanges {
            if !options.quiet { Console.note("  next: chargehouse run") }
            if detailedExitcode { throw ArgumentParser.ExitCode(ChargingModel.ExitCode.changesPending.rawValue) }
        }
    }
}

/// `chargehouse rebuild`.
struct RebuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Build the warehouse anew from the archive, and put it in the place of the old one.",
        discussion: """
            The old warehouse stays in its place until the new one is whole; an interrupted rebuild changes nothing.
            With --verify both are compared and the old one stays: exit 0 where they are equal, 4 where they differ. The
            warehouse of a server is only compared; to build it anew, name an empty schema and run.

            Examples:
              chargehouse rebuild
              chargehouse rebuild --from flat
              chargehouse rebuild --verify
            """
    )

    @OptionGroup var options: GlobalOptions

    @Option(name: .long, help: "raw: from the raw packs; flat: from the flat files.")
    var from = RebuildOrigin.raw

    @Flag(name: .long, help: "Compare only; the warehouse stays as it is.")
    var verify = false

    @Option(name: .long, help: "Rows that are shown of each table that differs.")
    var limit = 5

    func run() async throws {
        let settings = try options.settings()
        let pipeline = try Pipeline(settings: settings, catalog: settings.catalog(), isQuiet: options.quiet)
        guard verify else {
            let rebuilt = try await pipeline.rebuild(from: from)
            Console.output("rebuild: \(rebuilt.slices) slices loaded into \(try settings.warehouseTarget())")
            return
        }
        let rebuilt = try await pipeline.verify(from: from, examples: limit)
        guard let difference = rebuilt.difference else { return }
        Console.output(ChangeText.difference(difference, left: "warehouse", right: "rebuilt", showsEqual: true))
        guard !difference.isEqual else { return }
        throw ArgumentParser.ExitCode(ChargingModel.ExitCode.qualityGateFailed.rawValue)
    }
}

/// `chargehouse diff`.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two warehouses row by row.",
        discussion: """
            Columns that say when and where a load ran are left out. Exit 0 where both are equal, 4 where they differ.

            Examples:
              chargehouse diff warehouse.duckdb other.duckdb
              chargehouse diff warehouse.duckdb other.duckdb --table dim_charging_point --limit 20
            """
    )

    @OptionGroup var options: GlobalOptions

    @Argument(help: "A DuckDB file.")
    var left: String

    @Argument(help: "Another DuckDB file.")
    var right: String

    @Option(name: .long, help: "Only this table.")
    var table: String?

    @Option(name: .long, help: "Rows that are shown of each table that differs.")
    var limit = 5

    @Option(name: .shortAndLong, help: "text or json.")
    var output = ChangeFormat.text

    func validate() throws {
        if let table, Schema.table(table) == nil {
            throw ValidationError("no table \"\(table)\" (expected one of docs/data-dictionary.md)")
        }
    }

    func run() async throws {
        let difference = try await DuckDBComparison.run(
            left,
            right,
            library: DuckDBLibrary.locate(environment: ProcessInfo.processInfo.environment),
            table: table,
            examples: limit
        )
        switch output {
        case .json: Console.output(try ChangeText.json(difference))
        case .text: Console.output(ChangeText.difference(difference, left: left, right: right, showsEqual: false))
        }
        guard !difference.isEqual else { return }
        throw ArgumentParser.ExitCode(ChargingModel.ExitCode.qualityGateFailed.rawValue)
    }
}

extension RebuildOrigin: ExpressibleByArgument {}
