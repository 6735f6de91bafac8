public import ChargingModel
public import Logging
import Sources

/// Polls feeds: one round on demand, or rounds on a schedule until it is stopped.
///
/// One value serves a process: it remembers validators, failing feeds and failing hosts between rounds.
///
/// ## Topics
/// - ``pollOnce(feeds:slot:)``
/// - ``run(feeds:every:)``
public struct Acquirer: Sendable {
    let configuration: AcquisitionConfiguration
    let poller: Poller
    let clock: PollClock
    let logger: Logger

    /// Creates an acquirer.
    public init(
        configuration: AcquisitionConfiguration,
        transport: HTTPTransport,
        store: CaptureStore,
        clock: PollClock,
        random: PollRandom,
        logger: Logger
    ) {
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        poller = Poller(
            configuration: configuration,
            transport: transport,
            store: store,
            clock: clock,
            random: random,
            logger: logger
        )
    }

    /// Polls each feed once for a slot, at once, and archives one capture a feed.
    ///
    /// When the task is cancelled, polls that are still on their way leave no capture and count as abandoned.
    ///
    /// - Returns: Counts that do not depend on the order of feeds or answers.
    /// - Throws: ``AcquisitionError`` with code `archiveUnwritable` or `unusableFeeds`.
    public func pollOnce(feeds: [PollTarget], slot: UTCTime) async throws -> RoundSummary {
        try check(feeds)
        return try await round(feeds, slot: slot, interval: nil, isSpread: false)
    }

    /// One round: a bounded number of polls at once.
    func round(_ feeds: [PollTarget], slot: UTCTime, interval: Int?, isSpread: Bool) async throws -> RoundSummary {
        let startedAt = clock.now()
        var turns = feeds.map { target in
            let seconds = interval ?? target.feed.intervalSeconds
            let offset = isSpread ? PollSpread.offset(of: target.feed.id, interval: seconds) : .zero
            return Turn(target: target, interval: seconds, startsAt: slot.advanced(by: offset))
        }
        turns.sort { $0.startsAt < $1.startsAt }
        let counts = try await withThrowingTaskGroup(of: PollReport?.self) { group in
            var counts = PollCounts()
            var waiting = turns.makeIterator()
            var begun = 0
            while begun < roundWidth, let turn = waiting.next() {
                begun += 1
                group.addTask { try await take(turn, slot: slot, waits: isSpread) }
            }
            while let report = try await group.next() {
                if let report { counts.add(report) } else { counts.abandoned += 1 }
                if let turn = waiting.next() { group.addTask { try await take(turn, slot: slot, waits: isSpread) } }
            }
            return counts
        }
        let summary = RoundSummary(slot: slot, startedAt: startedAt, finishedAt: clock.now(), counts: counts)
        log(summary)
        return summary
    }

    private struct Turn: Sendable {
        let target: PollTarget
        let interval: Int
        let startsAt: UTCTime
    }

    /// Polls in flight or waiting for a place.
    ///
    /// Enough to keep all places busy when many feeds share a host.
    private var roundWidth: Int { max(1, configuration.politeness.overallLimit) * 8 }

    /// `nil` where the poll was given up because the task was cancelled.
    private func take(_ turn: Turn, slot: UTCTime, waits: Bool) async throws -> PollReport? {
        do {
            try Task.checkCancellation()
            if waits { try await clock.sleep(turn.startsAt) }
            return try await poller.poll(turn.target, slot: slot, interval: turn.interval)
        } catch is CancellationError {
            return nil
        }
    }

    func check(_ feeds: [PollTarget]) throws(AcquisitionError) {
        guard !feeds.isEmpty else { throw .unusableFeeds("acquisition", "0 feeds to poll (expected at least 1)") }
        var seen: Set<FeedID> = []
        for target in feeds {
            let name = target.feed.id.description
            guard seen.insert(target.feed.id).inserted else {
                throw .unusableFeeds(name, "the feed is listed twice (expected once)")
            }
            guard (1...86_400).contains(target.feed.intervalSeconds) else {
                throw .unusableFeeds(name, "interval_s = \(target.feed.intervalSeconds) (expected 1 … 86400)")
            }
        }
    }

    private func log(_ summary: RoundSummary) {
        let counts = summary.counts
        var metadata: Logger.Metadata = [
            "slot": "\(summary.slot)",
            "polls": "\(counts.polls)",
            "polls.ok": "\(counts.outcomes[.ok, default: 0])",
            "polls.unchanged": "\(counts.unchanged)",
            "requests": "\(counts.requests)",
            "bytes": "\(counts.bytes)",
            "duration.ms": "\(summary.duration.wholeMicroseconds / 1_000)",
        ]
        for (outcome, count) in counts.outcomes where outcome != .ok {
            metadata["polls.\(outcome.rawValue)"] = "\(count)"
        }
        if counts.abandoned > 0 { metadata["polls.abandoned"] = "\(counts.abandoned)" }
        logger.info("round finished", metadata: metadata)
    }
}
