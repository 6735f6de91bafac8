import Analytics
import ArgumentParser
import ChargingModel
import Cleaning
import Foundation
import ObjectStore
import RawArchive
import Reporting
import Sources
import Warehouse
import WarehousePostgres
import WarehouseRedshift

/// `chargehouse feed`.
struct FeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feed",
        abstract: "List and show the feeds that can be polled.",
        discussion: """
            Examples:
              chargehouse feed list
              chargehouse feed show chargecloud/koeln
            """,
        subcommands: [FeedListCommand.self, FeedShowCommand.self]
    )
}

/// `chargehouse feed list`.
struct FeedListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "One line a feed.",
        discussion: """
            Examples:
              chargehouse feed list
              chargehouse feed list -o csv
            """
    )

    @OptionGroup var options: GlobalOptions

    @Option(name: [.customShort("o"), .long], help: "table, csv, json, ndjson or md.")
    var output = TableFormat.table

    func run() async throws {
        let feeds = try options.settings().catalog().feeds
        let table = ResultTable(
            columns: ["feed", "name", "adapter", "enabled", "credentials", "interval_s", "licence"],
            rows: feeds.map { feed in
                [
                    .text(feed.id.description), .text(feed.name), .text(feed.adapter), .boolean(feed.isEnabled),
                    .boolean(feed.needsCredentials), .integer(Int64(feed.intervalSeconds)),
                    feed.licence.map(SQLValue.text) ?? .null,
                ]
            }
        )
        let renderer = TableRenderer(output, width: Console.width, schema: "chargehouse.feeds/1")
        Console.output(renderer.render(AnswerTable(table)))
    }
}

/// `chargehouse feed show`.
struct FeedShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "The descriptor of a feed, as JSON.",
        discussion: """
            Examples:
              chargehouse feed show chargecloud/koeln
              chargehouse feed show chargecloud/sw-stuttgart
            """
    )

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The feed's id.")
    var feed: String

    func run() async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let descriptor = try options.settings().catalog().feed(feed)
        Console.output(String(decoding: try encoder.encode(descriptor), as: UTF8.self))
    }
}

/// `chargehouse config`.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show the configuration that is in force.",
        discussion: """
            Examples:
              chargehouse config
              CHARGEHOUSE_DATA=/srv/chargehouse chargehouse config
            """
    )

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let settings = try options.settings()
        Console.output(
            """
            # from: \(settings.origin ?? "defaults, no file found")
            data = "\(settings.dataFolder)"
            warehouse = "\(try settings.warehouseTarget())"
            contact = "\(settings.contact ?? "")"
            feeds = [\(settings.feedFiles.map { "\"\($0)\"" }.joined(separator: ", "))]
            places = [\(settings.placeFiles.map { "\"\($0)\"" }.joined(separator: ", "))]
            status_maps = [\(settings.statusMapFiles.map { "\"\($0)\"" }.joined(separator: ", "))]

            [acquire]
            request_deadline_s = \(settings.requestDeadlineSeconds)
            connect_deadline_s = \(settings.connectDeadlineSeconds)
            max_page_mb = \(settings.maximumPageMegabytes)
            concurrency = \(settings.concurrency)
            host_concurrency = \(settings.hostConcurrency)
            host_spacing_ms = \(settings.hostSpacingMilliseconds)
            durability = "\(settings.durability.rawValue)"

            [archive]
            store = "\(settings.stores.archive ?? "")"
            cache_mb = \(settings.stores.cacheBytes >> 20)

            [slices]
            store = "\(settings.stores.slices ?? "")"

            [object_store]
            region = "\(settings.stores.buckets.region ?? "")"
            endpoint = "\(settings.stores.buckets.endpoint ?? "")"
            profile = "\(settings.stores.buckets.profile ?? "")"

            [clean]
            max_gap_intervals = \(settings.rules.maximumGapIntervals)
            suspect_share = \(settings.rules.suspectShare)

            [check]
            \(QualityThreshold.allCases.map { "\($0.rawValue) = \(settings.thresholds[$0])" }.joined(separator: "\n"))

            [postgres]
            password_file = "\(settings.postgresPasswordFile ?? "")"
            statement_timeout_s = \(settings.postgres.statementTimeoutSeconds)
            connect_timeout_s = \(settings.postgres.connectTimeoutSeconds)
            lock_timeout_s = \(settings.postgres.lockTimeoutSeconds)
            application_name = "\(settings.postgres.applicationName)"

            [redshift]
            stage = "\(settings.redshift.stage ?? "")"
            iam_role = "\(settings.redshift.role)"
            stage_region = "\(settings.redshift.stageRegion ?? "")"
            password_file = "\(settings.redshift.passwordFile ?? "")"
            statement_timeout_s = \(settings.redshift.options.statementTimeoutSeconds)
            connect_timeout_s = \(settings.redshift.options.connectTimeoutSeconds)
            attempts = \(settings.redshift.options.attempts)
            staged_file_mb = \(settings.redshift.options.stagedFileBytes >> 20)
            """
        )
    }
}
