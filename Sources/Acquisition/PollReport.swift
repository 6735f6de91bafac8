public import ChargingModel
public import RawArchive

/// What became of one poll.
///
/// Its capture is archived.
public struct PollReport: Hashable, Sendable {
    /// The line of the poll log, as archived.
    public var record: PollRecord
    /// Bytes of all pages, after content decoding.
    public var bytes: Int
    /// Pages of the answer that were received.
    public var pages: Int
    /// Station elements counted in the pages; 0 for an unchanged answer.
    public var stations: Int
    /// Whether the server said that nothing had changed (HTTP 304).
    public var isUnchanged: Bool
    /// The code under which a failure is logged; `nil` for `ok`.
    public var code: AcquisitionError.Code?
}

/// Counts over polls: plain values for logs, metrics and tests.
public struct PollCounts: Hashable, Sendable {
    /// Polls that ended, by outcome.
    ///
    /// Their sum is the number of captures archived.
    public var outcomes: [PollOutcome: Int] = [:]
    /// Polls given up because the process was stopping; they leave no capture.
    public var abandoned = 0
    /// Requests sent, repetitions included, redirects not.
    public var requests = 0
    /// Answers "not modified".
    public var unchanged = 0
    /// Bytes of all answers, after content decoding.
    public var bytes = 0
    /// Pages of all answers.
    public var pages = 0
    /// Station elements in the answers.
    public var stations = 0

    /// Creates counts of nothing.
    public init() {}

    /// Polls that ended, whatever their outcome.
    public var polls: Int { outcomes.values.reduce(0, +) }

    /// Polls that ended otherwise than `ok`.
    public var failed: Int { polls - outcomes[.ok, default: 0] }

    /// Counts one poll more.
    public mutating func add(_ report: PollReport) {
        outcomes[report.record.outcome, default: 0] += 1
        requests += report.record.attempts
        unchanged += report.isUnchanged ? 1 : 0
        bytes += report.bytes
        pages += report.pages
        stations += report.stations
    }

    /// Adds the counts of the right to the left.
    public static func += (left: inout PollCounts, right: PollCounts) {
        left.outcomes.merge(right.outcomes, uniquingKeysWith: +)
        left.abandoned += right.abandoned
        left.requests += right.requests
        left.unchanged += right.unchanged
        left.bytes += right.bytes
        left.pages += right.pages
        left.stations += right.stations
    }
}

/// One round: the polls of one slot.
public struct RoundSummary: Hashable, Sendable {
    /// The slot that was polled, UTC.
    public var slot: UTCTime
    /// When the round began, UTC.
    public var startedAt: UTCTime
    /// When the last poll of the round was archived or given up, UTC.
    public var finishedAt: UTCTime
    /// What the polls of the round came to.
    public var counts: PollCounts

    /// Creates a summary.
    public init(slot: UTCTime, startedAt: UTCTime, finishedAt: UTCTime, counts: PollCounts) {
        self.slot = slot
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.counts = counts
    }

    /// From the first request to the last byte archived.
    public var duration: Duration { finishedAt.duration(since: startedAt) }
}

/// All rounds of a run until it was stopped.
public struct RunSummary: Hashable, Sendable {
    /// Rounds that were run.
    public var rounds = 0
    /// Slots without a round: the machine slept, the clock stepped, or the round before took too long.
    public var missedSlots = 0
    /// What the polls of all rounds came to.
    public var counts = PollCounts()

    /// Creates a summary of nothing.
    public init() {}

    /// Adds the summary of the right to the left.
    public static func += (left: inout RunSummary, right: RunSummary) {
        left.rounds += right.rounds
        left.missedSlots += right.missedSlots
        left.counts += right.counts
    }
}
