import ChargingModel
import RawArchive
import Sources

/// Reads raw days in the order that cleaning needs.
struct DayReader {
    let archive: RawArchive

    /// Runs a pass over a day.
    ///
    /// Captures are streamed where the pack is in order, as live packs are; else sorted first.
    func run(_ pass: SlicePass, _ feed: FeedID, _ day: UTCDay) async throws -> SlicePass {
        guard try archive.days(of: feed).contains(day) else { return pass }
        var streamed = pass
        do {
            _ = try await archive.read(feed, day) { try streamed.take($0) }
            return streamed
        } catch is SlicePass.OutOfOrder {
            var captures: [ArchivedCapture] = []
            _ = try await archive.read(feed, day) { captures.append($0) }
            var sorted = pass
            for capture in captures.sorted(by: { $0.comesBefore($1) }) { try sorted.take(capture) }
            return sorted
        }
    }
}
