import Analytics
import ArgumentParser
import ChargingModel
import Reporting
import Sources

/// `chargehouse report history`.
struct HistoryReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "How many versions the objects have, and which groups of attributes changed.",
        discussion: """
            A change is a version after an object's first one. It counts in every group that it touches, and in
            "other" where it touches none.

            Examples:
              chargehouse report history --by entity
              chargehouse report history --by month --feed mobie/weekly -o csv
            """
    )

    @OptionGroup var options: GlobalOptions

    @Option(name: .long, help: "entity or month.")
    var by = HistoryGrouping.entity

    @Option(name: .long, help: "Only this feed.")
    var feed: String?

    @Option(name: [.customShort("o"), .long], help: "table, csv, json, ndjson or md.")
    var output = TableFormat.table

    func run() async throws {
        let settings = try options.settings()
        let catalog = try settings.catalog()
        let query = HistoryQuery(by: by, feed: try feed.map { try catalog.feed($0).id })
        let pipeline = Pipeline(settings: settings, catalog: catalog, isQuiet: options.quiet)
        let table = try await pipeline.withWarehouse(readOnly: true) { try await query.table(on: $0) }
        let renderer = TableRenderer(output, width: Console.width, schema: "chargehouse.history/1")
        Console.output(renderer.render(table))
    }
}
