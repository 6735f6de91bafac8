import Analytics
import ArgumentParser
import ChargingModel
import Foundation
import RawArchive
import Reporting
import Sources
import Warehouse

/// `chargehouse archive`.
struct ArchiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Look at, check, seal, import and export the raw archive.",
        discussion: """
            Examples:
              chargehouse archive ls
              chargehouse archive verify
              chargehouse archive import --feed chargecloud/bonn recorded-answers/
            """,
        subcommands: [
            ArchiveListCommand.self, ArchiveShowCommand.self, ArchiveVerifyCommand.self, ArchiveSealCommand.self,
            ArchiveImportCommand.self, ArchiveExportCommand.self,
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
        let packs = try options.settings().archive.packs().filter { pack in
            selection.contains(pack.day)
                && (selection.feed.isEmpty || selection.feed.contains(pack.feed.description))
        }
        let table = ResultTable(
            columns: ["feed", "day", "state", "bytes", "polls", "path"],
            rows: packs.map { pack in
                [
                    .text(pack.feed.description), .date(pack.day), .text(pack.isSealed ? "sealed" : "live"),
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
        try settings.archive.read(id, day) { capture in
            if let slot {
                if capture.poll.slot == slot, bodies.isEmpty { bodies = capture.pages.map(\.body) }
                return
            }
            table.rows.append([
                .timestamp(capture.poll.slot), .text(capture.poll.outcome.rawValue),
                capture.poll.httpStatus.map { .integer(Int64($0)) } ?? .null, .integer(Int64(capture.poll.attempts)),
                .integer(Int64(capture.pages.count)),
                .integer(Int64(capture.pages.reduce(0) { $0 + $1.body.count })),
                capture.digests.first.map { .text(String($0.description.prefix(12))) } ?? .null,
                capture.poll.detail.map(SQLValue.text) ?? .null,
            ])
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
        let archive = try options.settings().archive
        var damaged = 0
        let packs = try archive.packs().filter {
            selection.contains($0.day) && (selection.feed.isEmpty || selection.feed.contains($0.feed.description))
        }
        let progress = ProgressLine("verify", isQuiet: options.quiet)
        for (index, pack) in packs.enumerated() {
            try Task.checkCancellation()
            let report = try archive.verify(pack.feed, pack.day)
            for finding in report.findings { Console.note(finding.error.description) }
            if !report.isIntact { damaged += 1 }
            progress.update(index + 1, of: packs.count, "\(pack.feed) \(pack.day)")
        }
        Console.output("verify: \(packs.count) packs, \(damaged) damaged")
        if damaged > 0 { throw ArgumentParser.ExitCode(ChargingModel.ExitCode.badInput.rawValue) }
    }
}

/// `chargehouse archive seal`.
struct ArchiveSealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal",
        abstract: "Rewrite packs of days that are over as small as can be, with a manifest.",
        discussion: """
            Examples:
              chargehouse archive seal
              chargehouse archive seal --feed chargecloud/bonn --until 2026-03-01
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var selection: SliceSelection

    func run() async throws {
        let archive = try options.settings().archive
        let today = systemTime().day
        let packs = try archive.packs().filter {
            !$0.isSealed && $0.day < today && selection.contains($0.day)
                && (selection.feed.isEmpty || selection.feed.contains($0.feed.description))
        }
        let progress = ProgressLine("seal", isQuiet: options.quiet)
        var bytes = (before: 0, after: 0)
        for (index, pack) in packs.enumerated() {
            try Task.checkCancellation()
            let manifest = try archive.seal(pack.feed, pack.day, at: systemTime())
            bytes.before += pack.bytes
            bytes.after += manifest.bytes
            progress.update(index + 1, of: packs.count, "\(pack.feed) \(pack.day)")
        }
        Console.output("seal: \(packs.count) packs, \(bytes.before) bytes before, \(bytes.after) after")
    }
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
        let report =
            try target.hasSuffix(".warc")
            ? settings.archive.exportWARC(id, day, to: target) : settings.archive.exportBodies(id, day, to: target)
        Console.output("export: \(report.files) files, \(report.bytes) bytes, \(report.leftOut) polls left out")
    }
}
