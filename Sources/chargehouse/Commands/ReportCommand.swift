import Analytics
import ArgumentParser
import ChargingModel
import Foundation
import Reporting
import Sources
import Warehouse
import WarehouseDuckDB

/// `chargehouse report`.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Answer how the infrastructure is used, and how it changed.",
        discussion: """
            Examples:
              chargehouse report utilization --by city
              chargehouse report utilization --by hour-of-week --city Bonn -o html > bonn.html
              chargehouse report history --by entity
            """,
        subcommands: [UtilizationReportCommand.self, HistoryReportCommand.self]
    )
}

/// `chargehouse report utilization`.
struct UtilizationReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "utilization",
        abstract: "Occupied time over observed time, with n, coverage and the error that polling causes.",
        discussion: """
            Definitions: docs/methods/utilization.md. Times are UTC and full hours; without --from and --to all that
            is loaded counts.

            Examples:
              chargehouse report utilization --by city
              chargehouse report utilization --by station --city Köln --from 2026-03-01T00:00:00Z -o csv
              chargehouse report utilization --by operator --as-of now
            """
    )

    @OptionGroup var options: GlobalOptions

    @Option(name: .long, help: "station, city, operator or hour-of-week.")
    var by = UtilizationGrouping.city

    @Option(name: .long, help: "The first hour, for example 2026-03-01T00:00:00Z.")
    var from: UTCTime?

    @Option(name: .long, help: "The end, exclusive.")
    var to: UTCTime?

    @Option(
        name: .long,
        help: """
            Whose names, cities and operators count: "was" for those of each moment, "now", or a time, for example \
            2026-03-01T00:00:00Z.
            """
    )
    var asOf = AttributeTime.asItWas

    @Option(name: .long, help: "Only this feed.")
    var feed: String?

    @Option(name: .long, help: "Only this city.")
    var city: String?

    @Option(name: .long, help: "Only this operator.")
    var `operator`: String?

    @Option(name: .long, help: "Only this station, by the feed's own id.")
    var station: String?

    @Option(name: [.customShort("o"), .long], help: "table, csv, json or html.")
    var output = ReportFormat.table

    func run() async throws {
        let settings = try options.settings()
        let catalog = try settings.catalog()
        let filters = UtilizationFilters(
            feed: try feed.map { try catalog.feed($0).id },
            city: city,
            operator: `operator`,
            station: station
        )
        let pipeline = Pipeline(settings: settings, catalog: catalog, isQuiet: options.quiet)
        let report = try await pipeline.withWarehouse(readOnly: true) { engine in
            let loaded = try await LoadedPeriod(of: engine)
            let query = try UtilizationQuery(
                by: by,
                from: from ?? loaded.from,
                to: to ?? loaded.to,
                filters: filters,
                attributesAsOf: asOf.time
            )
            return try await query.report(on: engine)
        }
        Console.output(UtilizationRenderer(output, width: Console.width).render(report))
    }
}

/// The argument of `--as-of`.
struct AttributeTime: ExpressibleByArgument {
    /// `nil` for the attributes of each moment.
    let time: UTCTime?

    static let asItWas = AttributeTime(time: nil)

    private init(time: UTCTime?) {
        self.time = time
    }

    init?(argument: String) {
        switch argument {
        case "was": self = .asItWas
        case "now": self.init(time: UtilizationQuery.now)
        default:
            guard let time = UTCTime(argument) else { return nil }
            self.init(time: time)
        }
    }

    var defaultValueDescription: String { "was" }
}

/// From the first good poll to the end of the last one's interval, on full hours: the default period of a report.
struct LoadedPeriod {
    let from: UTCTime
    let to: UTCTime

    init(of engine: some WarehouseEngine) async throws {
        let sql = """
            SELECT MIN(p.slot_utc), MAX(p.slot_utc), MAX(f.interval_s) FROM etl_poll p
            JOIN dim_feed f ON f.feed_key = p.feed_key WHERE p.is_chosen
            """
        let row = try await engine.query(sql, []).rows.first ?? []
        guard row.count == 3, case .timestamp(let first) = row[0], case .timestamp(let last) = row[1],
            case .integer(let interval) = row[2]
        else {
            throw ConfigurationError(
                code: "CHG084",
                subject: "warehouse",
                detail: "no good poll is loaded (expected at least one)",
                remedy: "chargehouse acquire --once, then chargehouse run",
                exitCode: .unavailable
            )
        }
        from = first.slot(every: 3_600)
        to = last.adding(seconds: Int(interval) + 3_599).slot(every: 3_600)
    }
}
