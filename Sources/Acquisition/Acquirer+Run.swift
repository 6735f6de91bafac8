import ChargingModel
import Logging
public import ServiceLifecycle
import Sources

extension Acquirer {
    /// Polls the feeds in their slots until the task is cancelled or a graceful shutdown begins.
    ///
    /// Feeds of one interval share rounds. A round ends before the next one of the same feeds begins. A capture that is
    /// being written when the end comes is written whole; polls on their way leave none.
    ///
    /// - Parameters:
    ///   - feeds: what to poll; each name once.
    ///   - every: seconds between two slots for all feeds; `nil` for each feed's own interval.
    /// - Returns: What was polled.
    /// - Throws: ``AcquisitionError`` with code `archiveUnwritable` or `unusableFeeds`.
    public func run(feeds: [PollTarget], every: Int?) async throws -> RunSummary {
        try check(feeds)
        if let every, !(1...86_400).contains(every) {
            throw AcquisitionError.unusableFeeds("acquisition", "an interval of \(every) s (expected 1 … 86400)")
        }
        let groups = Dictionary(grouping: feeds) { every ?? $0.feed.intervalSeconds }
        let summary = try await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup(of: RunSummary.self) { group in
                for (interval, feeds) in groups {
                    group.addTask { try await rounds(of: feeds, interval: interval) }
                }
                var total = RunSummary()
                while let part = try await group.next() { total += part }
                return total
            }
        }
        logger.notice(
            "acquisition ended",
            metadata: [
                "rounds": "\(summary.rounds)", "polls": "\(summary.counts.polls)",
                "polls.failed": "\(summary.counts.failed)", "slots.missed": "\(summary.missedSlots)",
                "bytes": "\(summary.counts.bytes)",
            ]
        )
        return summary
    }

    private func rounds(of feeds: [PollTarget], interval: Int) async throws -> RunSummary {
        var summary = RunSummary()
        var slots = SlotSequence(interval: interval)
        while !Task.isCancelled {
            switch slots.step(at: clock.now()) {
            case .wait(let until):
                do {
                    try await clock.sleep(until)
                } catch is CancellationError {
                    return summary
                }
            case .missed(let first, let count):
                summary.missedSlots += count
                logger.notice(
                    "slots went by without a poll: the machine slept, the clock stepped or a round took too long",
                    metadata: ["slot.first": "\(first)", "slots": "\(count)", "interval.s": "\(interval)"]
                )
            case .clockReset(let from):
                logger.warning(
                    "the clock went back by more than a day; slots start anew",
                    metadata: ["slot.last": "\(from)", "interval.s": "\(interval)"]
                )
            case .poll(let slot):
                let round = try await round(feeds, slot: slot, interval: interval, isSpread: true)
                summary.rounds += 1
                summary.counts += round.counts
            }
        }
        return summary
    }
}

/// Acquisition as a service of a process that ends on SIGTERM.
public struct AcquisitionService: Service {
    private let work: @Sendable () async throws -> Void

    /// Wraps ``Acquirer/run(feeds:every:)``.
    ///
    /// `finished` gets the summary when the service ends in good order.
    public init(
        _ acquirer: Acquirer,
        feeds: [PollTarget],
        every: Int?,
        finished: @escaping @Sendable (RunSummary) -> Void
    ) {
        work = { finished(try await acquirer.run(feeds: feeds, every: every)) }
    }

    /// Polls until the service group ends it or an error ends the run.
    public func run() async throws {
        try await work()
    }
}
