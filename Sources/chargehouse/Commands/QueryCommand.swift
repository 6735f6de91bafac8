public import Analytics
public import ArgumentParser
import ChargingModel
import Foundation
public import Reporting
import Sources
import Warehouse
import WarehouseDuckDB

extension TableFormat: ExpressibleByArgument {}
extension ReportFormat: ExpressibleByArgument {}
extension UtilizationGrouping: ExpressibleByArgument {}
extension HistoryGrouping: ExpressibleByArgument {}

/// `chargehouse query`.
struct QueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Ask the warehouse in SQL. It is opened read-only.",
        discussion: """
            Examples:
              chargehouse query "SELECT outcome, COUNT(*) AS polls FROM etl_poll GROUP BY outcome"
              chargehouse query -f question.sql -o csv > answer.csv
            """
    )

    @OptionGroup var options: GlobalOptions

    @Argument(help: "One SQL statement.")
    var sql: String?

    @Option(name: [.customShort("f"), .long], help: "A file with the statement.")
    var file: String?

    @Option(name: [.customShort("o"), .long], help: "table, csv, json, ndjson or md.")
    var output = TableFormat.table

    func validate() throws {
        if (sql == nil) == (file == nil) {
            throw ValidationError("expected one statement: as an argument, or with -f FILE")
        }
    }

    func run() async throws {
        let settings = try options.settings()
        let text = try sql ?? file.map { try String(contentsOfFile: $0, encoding: .utf8) } ?? ""
        let pipeline = try Pipeline(settings: settings, catalog: settings.catalog(), isQuiet: options.quiet)
        let table = try await pipeline.withWarehouse(readOnly: true) { try await $0.query(text, []) }
        Console.output(TableRenderer(output, width: Console.width).render(AnswerTable(table)))
    }
}

/// `chargehouse status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show for each feed what is archived and loaded, and how its polls went.",
        discussion: """
            Examples:
              chargehouse status
              chargehouse status -o json
            """
    )

    @OptionGroup var options: GlobalOptions

    @Option(name: [.customShort("o"), .long], help: "table, csv, json, ndjson or md.")
    var output = TableFormat.table

    func run() async throws {
        let settings = try options.settings()
        let pipeline = try Pipeline(settings: settings, catalog: settings.catalog(), isQuiet: options.quiet)
        let table = try await pipeline.withWarehouse(readOnly: true) { engine in
            try await engine.query(Self.sql, [])
        }
        let renderer = TableRenderer(output, width: Console.width, schema: "chargehouse.status/1")
        Console.output(renderer.render(AnswerTable(table)))
    }

    private static let sql = """
        SELECT f.feed_id AS feed, l.slices, l.first_day, l.last_day, p.polls, p.good_polls,
            p.good_polls * 1.0 / NULLIF(p.polls, 0) AS poll_success, p.last_good_poll, l.records_read, l.records_rejected
        FROM dim_feed f
        JOIN (SELECT feed_key, COUNT(*) AS slices, MIN(slice_date) AS first_day, MAX(slice_date) AS last_day,
                SUM(rows_read) AS records_read, SUM(rows_rejected) AS records_rejected
            FROM etl_load GROUP BY feed_key) l ON l.feed_key = f.feed_key
        LEFT JOIN (SELECT feed_key, COUNT(*) AS polls, SUM(CASE WHEN is_chosen THEN 1 ELSE 0 END) AS good_polls,
                MAX(CASE WHEN is_chosen THEN slot_utc END) AS last_good_poll
            FROM etl_poll GROUP BY feed_key) p ON p.feed_key = f.feed_key
        ORDER BY f.feed_id
        """
}
