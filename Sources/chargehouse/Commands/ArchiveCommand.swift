import Analytics
import ArgumentParser
import ChargingModel
import Foundation
import ObjectStore
import RawArchive
import Reporting
import Sources
import Warehouse

/// `chargehouse archive`.
struct ArchiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Look at, check, seal, store, import and export the raw archive.",
        discussion: """
            Examples:
              chargehouse archive ls
              chargehouse archive verify
              chargehouse archive import --feed chargecloud/bonn recorded-answers/
            """,
        subcommands: [
            ArchiveListCommand.self, ArchiveShowCommand.self, ArchiveVerifyCommand.self, ArchiveSealCommand.self,
            ArchiveImportCommand.self, ArchiveExportCommand.self, ArchivePullCommand.self,
        ]
    )
}

/// `chargehouse archive ls`.
struct ArchiveListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "One line a pack: a feed and a UTC day.",
        discussion: """
            Examples:
              chargehouse archive ls
              chargehouse archive ls --feed chargecloud/bonn -o json
            """,
        aliases: ["list"]
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var selection: SliceSelection

    @Option(name: [.customShort("o"), .long], help: "table, csv, json, ndjson or md.")
    var output = TableFormat.table

    func run() async throws {
        let packs = try await options.settings().withArchive { try $0.packs().filter(selection.contains) }
        let table = ResultTable(
            columns: ["feed", "day", "state", "bytes", "polls", "path"],
            rows: packs.map { pack in
                [
                    .text(pack.feed.description), .date(pack.day), .text(pack.state),
                    .integer(Int64(pack.bytes)), pack.polls.map { .integer(Int64($0)) } ?? .null, .text(pack.path),
                ]
            }
        )
        let renderer = TableRenderer(output, width: Console.width, schema: "chargehouse.packs/1")
        Console.output(renderer.render(AnswerTable(table)))
    }
}

/// `chargehouse archive show`.
struct ArchiveShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "The polls of a pack, or the body of one of them.",
        discussion: """
            Examples:
              chargehouse archive show chargecloud/bonn 2026-03-01
              chargehouse archive show chargecloud/bonn 2026-03-01 --slot 2026-03-01T10:20:00Z > answer.json
            """
    )

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The feed.")
    var feed: String

    @Argument(help: "The UTC day.")
    var day: UTCDay

    @Option(name: .long, help: "Write the body of this slot's answer to standard output.")
    var slot: UTCTime?

    @Option(name: [.customShort("o"), .long], help: "table, csv, json, ndjson or md.")
    var output = TableFormat.table

    func run() async throws {
        let settings = try options.settings()
        let id = try settings.catalog().feed(feed).id
        var table = ResultTable(
            columns: ["slot", "outcome", "http_status", "attempts", "pages", "bytes", "sha256", "detail"],
            rows: []
        )
        var bodies: [[UInt8]] = []
        try await settings.withArchive { archive in
            _ = try await archive.read(id, day) { capture in
                if let slot {
                    if capture.poll.slot == slot, bodies.isEmpty { bodies = capture.pages.map(\.body) }
                    return
                }
                table.rows.append([
                    .timestamp(capture.poll.slot), .text(capture.poll.outcome.rawValue),
                    capture.poll.httpStatus.map { .integer(Int64($0)) } ?? .null,
                    .integer(Int64(capture.poll.attempts)),
                    .integer(Int64(capture.pages.count)),
                    .integer(Int64(capture.pages.reduce(0) { $0 + $1.body.count })),
                    capture.digests.first.map { .text(String($0.description.prefix(12))) } ?? .null,
                    capture.poll.detail.map(SQLValue.text) ?? .null,
                ])
            }
        }
        guard let slot else {
            let renderer = TableRenderer(output, width: Console.width, schema: "chargehouse.polls/1")
            return Console.output(renderer.render(AnswerTable(table)))
        }
        guard !bodies.isEmpty else {
            throw ArchiveError(
                .notFound,
                "\(id) \(slot)",
                "no answer with a body (expected one)",
                remedy: "chargehouse archive show \(id) \(day)"
            )
        }
        for body in bodies { FileHandle.standardOutput.write(Data(body)) }
    }
}

/// `chargehouse archive verify`.
struct ArchiveVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check packs byte by byte: manifest, frames, records, digests.",
        discussion: """
            Examples:
              chargehouse archive verify
              chargehouse archive verify --feed chargecloud/bonn --since 2026-03-01
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var selection: SliceSelection

    func run() async throws {
        let damaged = try await options.settings().withArchive { try await verify($0) }
        if damaged > 0 { throw ArgumentParser.ExitCode(ChargingModel.ExitCode.badInput.rawValue) }
    }

    /// Tells what is wrong with packs; how many are damaged.
    private func verify(_ archive: RawArchive) async throws -> Int {
        var damaged = 0
        let packs = try archive.packs().filter(selection.contains)
        let progress = ProgressLine("verify", isQuiet: options.quiet)
        for (index, pack) in packs.enumerated() {
            try Task.checkCancellation()
            do {
                let report = try await archive.verify(pack.feed, pack.day)
                for finding in report.findings { Console.note(finding.error.description) }
                if !report.isIntact { damaged += 1 }
            } catch let error as ObjectStoreError where error.isDamage {
                Console.note(error.description)
                damaged += 1
            }
            progress.update(index + 1, of: packs.count, "\(pack.feed) \(pack.day)")
        }
        Console.output("verify: \(packs.count) packs, \(damaged) damaged")
        return damaged
    }
}

extension ObjectStoreError {
    /// Whether an object is missing or another one: the other packs can be read all the same.
    fileprivate var isDamage: Bool { errorCode == .changedContent || errorCode == .notFound }
}

extension PackSummary {
    /// How a list shows what a pack is.
    fileprivate var state: String { isStored ? "stored" : isSealed ? "sealed" : "live" }
}

/// `chargehouse archive export`.
struct ArchiveExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a pack as plain WARC, or its answers as files named by slot.",
        discussion: """
            Examples:
              chargehouse archive export chargecloud/bonn 2026-03-01 bonn.warc
              chargehouse archive export chargecloud/bonn 2026-03-01 answers/
            """
    )

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The feed.")
    var feed: String

    @Argument(help: "The UTC day.")
    var day: UTCDay

    @Argument(help: "A file that ends in .warc, or a folder.")
    var target: String

    func run() async throws {
        let settings = try options.settings()
        let id = try settings.catalog().feed(feed).id
        let report = try await settings.withArchive { archive in
            try await target.hasSuffix(".warc")
                ? archive.exportWARC(id, day, to: target) : archive.exportBodies(id, day, to: target)
        }
        Console.output("export: \(report.files) files, \(report.bytes) bytes, \(report.leftOut) polls left out")
    }
}
