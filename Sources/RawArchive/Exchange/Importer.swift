public import ChargingModel

/// Judges the pages of an answer, because the archive knows no feed format.
public typealias AnswerJudge = (_ pages: [CapturedPage]) -> (outcome: PollOutcome, detail: String?)

/// What an import did.
public struct ImportReport: Hashable, Sendable {
    /// Captures added.
    public var captures = 0
    /// Polls with the outcome `missing` added.
    public var missing = 0
    /// Captures that were there already.
    public var duplicates = 0
    /// Records that could not be used, by reason.
    public var skipped: [String: Int] = [:]
    /// What was cut off packs that were torn, by path.
    public var tornTails: [TornTail] = []

    /// Creates an empty report.
    public init() {}
}

/// Appends what is not yet in the archive.
final class Importer {
    /// Most slots that one folder can fill with `missing`: a year of minutes, twice.
    static let maximumMissing = 1_051_200
    /// Packs whose polls are remembered at the same time.
    private static let maximumKnownPacks = 64

    private struct PollKey: Hashable {
        var slot: UTCTime
        var requestedAt: UTCTime
        var digests: [ContentDigest]
    }

    private struct Known {
        var polls: Set<PollKey> = []
        var slots: Set<UTCTime> = []
    }

    private let archive: RawArchive
    private let writer: ArchiveWriter
    private var known: [String: Known] = [:]
    private(set) var report = ImportReport()

    init(_ archive: RawArchive, software: String) throws {
        self.archive = archive
        writer = try archive.openWriter(
            WriterOptions(
                durability: .operatingSystem,
                maximumBlockBytes: archive.maximumBlockBytes,
                software: software
            )
        )
    }

    /// Appends a capture unless one with the same slot, request time and bodies is there.
    func add(_ capture: Capture, digests: [ContentDigest]? = nil) throws {
        let digests = digests ?? capture.pages.map { ContentDigest(of: $0.body) }
        let poll = capture.poll
        let name = try load(poll.feed, poll.slot.day)
        let key = PollKey(slot: poll.slot, requestedAt: poll.requestedAt, digests: digests)
        guard known[name, default: Known()].polls.insert(key).inserted else {
            report.duplicates += 1
            return
        }
        known[name, default: Known()].slots.insert(poll.slot)
        try append(capture)
        report.captures += 1
    }

    /// Says that a recorded series has nothing for a slot, unless the archive has a poll there.
    func addMissing(_ feed: FeedID, _ slot: UTCTime) throws {
        let name = try load(feed, slot.day)
        guard known[name, default: Known()].slots.insert(slot).inserted else { return }
        let poll = PollRecord(
            feed: feed,
            slot: slot,
            requestedAt: slot,
            finishedAt: slot,
            outcome: .missing,
            attempts: 0,
            detail: "the recorded series has no answer for this slot",
            collector: "import"
        )
        known[name, default: Known()].polls.insert(PollKey(slot: slot, requestedAt: slot, digests: []))
        try append(Capture(poll: poll, pages: []))
        report.missing += 1
    }

    /// Counts a record that cannot be used.
    func skip(_ reason: String) {
        report.skipped[reason, default: 0] += 1
    }

    /// Ends the frames.
    func finish() throws -> ImportReport {
        try writer.close()
        return report
    }

    private func append(_ capture: Capture) throws {
        let receipt = try writer.append(capture)
        if let torn = receipt.tornTail { report.tornTails.append(torn) }
        if let error = receipt.closingErrors.first { throw error }
    }

    private func load(_ feed: FeedID, _ day: UTCDay) throws -> String {
        let name = "\(feed) \(day)"
        if known[name] != nil { return name }
        if known.count >= Self.maximumKnownPacks { known.removeAll() }
        var loaded = Known()
        let path = PackPath(root: archive.root, feed: feed, day: day)
        if fileLength(path.pack) != nil {
            _ = try archive.scan(path, feed, day, .init(keepsBodies: false)).run { capture in
                let poll = capture.poll
                loaded.slots.insert(poll.slot)
                loaded.polls.insert(
                    PollKey(slot: poll.slot, requestedAt: poll.requestedAt, digests: capture.digests)
                )
            }
        }
        known[name] = loaded
        return name
    }
}
