import ArgumentParser
import ChargingModel
import Foundation
import RawArchive
import Sources

/// `chargehouse archive import`.
struct ArchiveImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take in recorded answers: a file, a folder of files named by slot, or a WARC file.",
        discussion: """
            A folder holds files such as 2026-03-01T102000Z.json; a slot without a file becomes a failed poll. An answer
            in pages is several files: 2026-03-01T102000Z.page1.json and so on. For mobie/weekly the folder holds the
            Parquet files of all exports. Importing again adds nothing.

            Examples:
              chargehouse archive import --feed chargecloud/bonn recorded-answers/
              chargehouse archive import --feed chargecloud/bonn --slot 2026-03-01T10:20:00Z answer.json
              chargehouse archive import --feed chargecloud/bonn crawl.warc
              chargehouse archive import --feed mobie/weekly exports/
            """
    )

    @OptionGroup var options: GlobalOptions

    @Option(name: .long, help: "The feed that the answers belong to.")
    var feed: String?

    @Option(name: .long, help: "The slot of a single answer.")
    var slot: UTCTime?

    @Argument(help: "A file or a folder.")
    var path: String

    func run() async throws {
        let settings = try options.settings()
        let catalog = try settings.catalog()
        let descriptor = try feed.map { try catalog.feed($0) }
        let isWARC = path.hasSuffix(".warc") || path.contains(".warc.")
        if descriptor == nil, !isWARC { throw ValidationError("expected --feed, for example --feed chargecloud/bonn") }
        let adapter = try descriptor.map { try AdapterRegistry.builtIn.adapter(for: $0) }
        let judge = Self.judge(adapter)
        let report = try await settings.withArchive { archive in
            if let descriptor, adapter is MobieExportAdapter, MobieImport.accepts(path) {
                let progress = ProgressLine("import", isQuiet: options.quiet)
                let exports = MobieImport(folder: path, feed: descriptor, archive: archive, progress: progress)
                return try await exports.run(judge: judge)
            }
            let origin = descriptor.map {
                ImportOrigin(feed: $0.id, url: $0.url, software: "chargehouse/\(Version.text)")
            }
            return try importing(archive, origin, descriptor?.intervalSeconds ?? 600, isWARC, judge)
        }
        Console.output(
            "import: \(report.captures) answers, \(report.missing) missing slots, "
                + "\(report.duplicates) were there already"
        )
        for (reason, count) in report.skipped.sorted(by: { $0.key < $1.key }) {
            Console.note("  skipped \(count) records: \(reason)")
        }
        if !options.quiet { Console.note("  next: chargehouse run") }
    }

    /// Judges an answer as its adapter does; without one every answer is an answer.
    private static func judge(_ adapter: (any FeedAdapter)?) -> AnswerJudge {
        { pages in
            guard let adapter else { return (.ok, nil) }
            for page in pages {
                do {
                    _ = try adapter.split(page.body)
                } catch let fault as AnswerFault {
                    return (fault.outcome, fault.detail)
                } catch {
                    return (.malformed, String(describing: error))
                }
            }
            return (.ok, nil)
        }
    }

    private func importing(
        _ archive: RawArchive,
        _ origin: ImportOrigin?,
        _ interval: Int,
        _ isWARC: Bool,
        _ judge: AnswerJudge
    ) throws -> ImportReport {
        if isWARC { return try archive.importWARC(path, from: origin, everySeconds: interval, judge: judge) }
        guard let origin else { throw ValidationError("expected --feed") }
        var isFolder: ObjCBool = false
        _ = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if isFolder.boolValue {
            return try archive.importFolder(path, from: origin, everySeconds: interval, judge: judge)
        }
        let named = slot ?? UTCTime(String((path as NSString).lastPathComponent.prefix { $0 != "." }))
        guard let named else {
            throw ValidationError("expected --slot, or a file named by its slot such as 2026-03-01T102000Z.json")
        }
        return try archive.importFile(path, from: origin, slot: named.slot(every: interval), judge: judge)
    }
}
