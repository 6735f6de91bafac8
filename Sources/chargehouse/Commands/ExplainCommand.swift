import Analytics
import ArgumentParser
import ChargingModel
import Foundation
import Lineage
import Sources
import Warehouse

/// `chargehouse explain`.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Walk from a figure or a row back to the raw bytes.",
        discussion: """
            Examples:
              chargehouse explain utilization --station 4711 --day 2026-03-01
              chargehouse explain row fact_point_status point_id=42 valid_from=2026-03-01T00:00:00Z
            """,
        subcommands: [ExplainUtilizationCommand.self, ExplainRowCommand.self]
    )
}

/// Options of every explanation.
struct ExplainOptions: ParsableArguments {
    @Option(name: .long, help: "Most points, hours, intervals and polls at each level.")
    var limit = 5

    @Option(name: .long, help: "Most bytes of an object that are shown.")
    var bytes = 200

    @Option(name: .shortAndLong, help: "text or json (schema chargehouse.explain/1).")
    var output = ChangeFormat.text

    func validate() throws {
        guard limit > 0, bytes >= 0 else {
            throw ValidationError("--limit \(limit) --bytes \(bytes) (expected at least 1 and 0)")
        }
    }

    func print(_ value: some Encodable, text: () -> String) throws {
        guard output == .json else { return Console.output(text()) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        Console.output(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// Opens warehouse and archive.
    func explaining<Value>(
        _ settings: Settings,
        _ body: (Explainer, any WarehouseEngine) async throws -> Value
    ) async throws -> Value {
        let catalog = try settings.catalog()
        let adapters = try settings.adapters()
        let pipeline = Pipeline(settings: settings, catalog: catalog, isQuiet: true)
        return try await pipeline.withWarehouse(readOnly: true) { engine in
            try await settings.withArchive { archive in
                let explainer = Explainer(
                    engine: engine,
                    library: RawLibrary(archive: archive, catalog: catalog, adapters: adapters),
                    limit: limit,
                    fragmentBytes: bytes
                )
                return try await body(explainer, engine)
            }
        }
    }
}

/// `chargehouse explain utilization`.
struct ExplainUtilizationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "utilization",
        abstract: "The sums, hours, intervals, polls, packs and raw bytes behind a utilization.",
        discussion: """
            --from and --to are UTC and full hours. --day is a UTC day, or a local one with --tz. Without them all that
            is loaded counts. docs/guide/explain-a-number.md walks through an answer.

            Examples:
              chargehouse explain utilization --station 4711 --day 2026-03-01
              chargehouse explain utilization --city Bonn --day 2026-03-01 --tz Europe/Berlin --limit 3
              chargehouse explain utilization --point DE*ABC*E1 --from 2026-03-01T08:00:00Z --to 2026-03-01T09:00:00Z
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var explain: ExplainOptions

    @Option(name: .long, help: "A charging point: its EVSE id, the feed's own id or its key.")
    var point: String?

    @Option(name: .long, help: "A station, by name, the feed's own id or its key.")
    var station: String?

    @Option(name: .long, help: "A city.")
    var city: String?

    @Option(name: .long, help: "An operator.")
    var `operator`: String?

    @Option(name: .long, help: "A feed.")
    var feed: String?

    @Option(name: .long, help: "The first hour, UTC.")
    var from: UTCTime?

    @Option(name: .long, help: "The end, exclusive, UTC.")
    var to: UTCTime?

    @Option(name: .long, help: "A whole day, UTC unless --tz is given.")
    var day: UTCDay?

    @Option(name: .long, help: "The IANA time zone of --day.")
    var tz: String?

    func validate() throws {
        if day != nil, from != nil || to != nil {
            throw ValidationError("--day and --from/--to (expected one of both)")
        }
        if tz != nil, day == nil { throw ValidationError("--tz without --day (expected both)") }
    }

    func run() async throws {
        let settings = try options.settings()
        let catalog = try settings.catalog()
        let filters = UtilizationFilters(
            feed: try feed.map { try catalog.feed($0).id },
            city: city,
            operator: `operator`,
            station: station
        )
        let wanted = try period()
        let figure = try await explain.explaining(settings) { explainer, engine in
            let loaded = try await LoadedPeriod(of: engine)
            let question = FigureQuestion(
                from: wanted.from ?? loaded.from,
                to: wanted.to ?? loaded.to,
                filters: filters,
                point: point
            )
            return try await explainer.explain(question)
        }
        try explain.print(figure) { ExplanationText.tree(figure) }
    }

    private func period() throws -> (from: UTCTime?, to: UTCTime?) {
        guard let day else { return (from, to) }
        guard let tz else { return (day.start, day.end) }
        guard let zone = TimeZone(identifier: tz) else {
            throw ValidationError("no time zone \"\(tz)\" (expected an IANA name, for example Europe/Berlin)")
        }
        return (try Self.start(of: day, in: zone), try Self.start(of: day.next, in: zone))
    }

    /// The first moment of a local day.
    private static func start(of day: UTCDay, in zone: TimeZone) throws -> UTCTime {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let date = day.calendarDate
        let parts = DateComponents(year: date.year, month: date.month, day: date.day, hour: 12)
        guard let noon = calendar.date(from: parts) else {
            throw ValidationError("no day \(day) in \(zone.identifier)")
        }
        return UTCTime(seconds: Int64(calendar.startOfDay(for: noon).timeIntervalSince1970))
    }
}

/// `chargehouse explain row`.
struct ExplainRowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "row",
        abstract: "The load, the runs, the polls and the raw bytes behind one row.",
        discussion: """
            A row is named by columns that only it has, usually its key; times are UTC. Tables: agg_point_hour,
            dim_charging_point, dim_charging_station, dim_connector, etl_poll, etl_reject, fact_connector_status,
            fact_point_status.

            Examples:
              chargehouse explain row fact_point_status point_id=42 valid_from=2026-03-01T00:00:00Z
              chargehouse explain row dim_charging_point point_sk=4711
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var explain: ExplainOptions

    @Argument(help: "The table.")
    var table: String

    @Argument(help: ArgumentHelp("A column and its value.", valueName: "column=value"))
    var key: [String]

    func run() async throws {
        let settings = try options.settings()
        let pairs = try key.map { text in
            guard let sign = text.firstIndex(of: "=") else {
                throw ValidationError("\"\(text)\" (expected column=value)")
            }
            return (column: String(text[..<sign]), value: String(text[text.index(after: sign)...]))
        }
        let row = try await explain.explaining(settings) { explainer, _ in
            try await explainer.explain(row: table, key: pairs)
        }
        try explain.print(row) { ExplanationText.tree(row) }
    }
}
