package import ChargingModel
import RawArchive
import Sources

/// What a raw pack holds, without its bodies: the part of a slice's input hash that stands for its bytes.
package struct DaySummary: Sendable {
    /// Depends on polls and bodies, not on compression, sealing or order.
    package var digest: ContentDigest?
    /// Whether any poll was recorded as successful.
    package var hasSuccess: Bool
}

/// Reads raw days in the order that cleaning needs.
struct DayReader {
    let archive: RawArchive

    func summary(_ feed: FeedID, _ day: UTCDay) throws -> DaySummary {
        var hasSuccess = false
        guard try archive.days(of: feed).contains(day) else { return DaySummary(digest: nil, hasSuccess: false) }
        let digest = try archive.rawDigest(feed, day)
        try archive.read(feed, day) { hasSuccess = hasSuccess || $0.poll.outcome == .ok }
        return DaySummary(digest: digest, hasSuccess: hasSuccess)
    }

    /// Runs a pass over a day.
    ///
    /// Captures are streamed where the pack is in order, as live packs are; else sorted first.
    func run(_ pass: SlicePass, _ feed: FeedID, _ day: UTCDay) throws -> SlicePass {
        guard try archive.days(of: feed).contains(day) else { return pass }
        var streamed = pass
        do {
            _ = try archive.read(feed, day) { try streamed.take($0) }
            return streamed
        } catch is SlicePass.OutOfOrder {
            var captures: [ArchivedCapture] = []
            _ = try archive.read(feed, day) { captures.append($0) }
            var sorted = pass
            for capture in captures.sorted(by: { $0.comesBefore($1) }) { try sorted.take(capture) }
            return sorted
        }
    }
}
