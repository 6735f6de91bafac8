import ChargingModel
import RawArchive
import Sources

/// Reads the raw days of one feed in the order that cleaning needs.
///
/// Not `Sendable`: used by the walk over the feed.
final class DayReader {
    let archive: RawArchive
    private let feed: FeedID
    private let isStrict: Bool
    private lazy var replay = PackReplay(archive: archive, feed: feed)
    private lazy var packs = Result { try archive.days(of: feed) }
    private var digests: [UTCDay: PackDigest?] = [:]

    /// Creates a reader; a strict one reads record by record and checks everything, which gives the same.
    init(archive: RawArchive, feed: FeedID, isStrict: Bool) {
        self.archive = archive
        self.feed = feed
        self.isStrict = isStrict
    }

    /// The last day that has a pack, as it was when it was first asked for.
    var latestDay: UTCDay? {
        get throws { try packs.get().last }
    }

    /// What a pack says without its bodies; known without reading where the day was run before.
    func digest(_ day: UTCDay) throws -> PackDigest? {
        if let known = digests[day] { return known }
        let digest = try archive.digest(feed, day)
        digests[day] = .some(digest)
        return digest
    }

    /// Whether the digest of a day is known without reading.
    func knowsDigest(_ day: UTCDay) -> Bool { digests[day] != nil }

    /// Runs a pass over a day.
    ///
    /// Captures are streamed where the pack is in order, as live packs are; else sorted first.
    func run(_ pass: SlicePass, _ day: UTCDay) async throws -> SlicePass {
        guard !isStrict else { return try await runStrictly(pass, day) }
        var streamed = pass
        do {
            let digest = try await replay.read(day) { try streamed.take($0) }
            if digests[day] == nil, let digest { digests[day] = .some(digest) }
            return streamed
        } catch is SlicePass.OutOfOrder {
            return try await runStrictly(pass, day)
        } catch is ReplaySurprise {
            return try await runStrictly(pass, day)
        }
    }

    private func runStrictly(_ pass: SlicePass, _ day: UTCDay) async throws -> SlicePass {
        guard try packs.get().contains(day) else { return pass }
        var streamed = pass
        do {
            _ = try await archive.read(feed, day) { try streamed.take(ReplayedCapture($0)) }
            return streamed
        } catch is SlicePass.OutOfOrder {
            var captures: [ArchivedCapture] = []
            _ = try await archive.read(feed, day) { captures.append($0) }
            var sorted = pass
            for capture in captures.sorted(by: { comesBefore(($0.poll, $0.digests), ($1.poll, $1.digests)) }) {
                try sorted.take(ReplayedCapture(capture))
            }
            return sorted
        }
    }
}
