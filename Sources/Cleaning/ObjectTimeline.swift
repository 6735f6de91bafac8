import ChargingModel

/// The state of one object that an interval starts with.
struct ObservedState: Hashable {
    var status: ChargingStatus
    var rawStatus: String?
    var parkingSensorStatus: String?
    var sourceTime: UTCTime?

    init(status: ChargingStatus) {
        self.status = status
    }

    /// Takes over what a feed reported; `answerTime` is the envelope's time, for records without one of their own.
    init(_ reported: ReportedStatus, _ answerTime: UTCTime?, parkingSensor: String? = nil) {
        status = reported.status
        rawStatus = reported.rawText
        parkingSensorStatus = parkingSensor
        sourceTime = reported.reportedAt ?? answerTime
    }

    /// Whether a snapshot of both would read the same.
    func readsLike(_ other: ObservedState) -> Bool {
        status == other.status && rawStatus == other.rawStatus && parkingSensorStatus == other.parkingSensorStatus
    }
}

/// The status intervals of one object on one UTC day, built poll by poll.
///
/// A pure state machine: it knows no clock and no input, only boundaries in the order of time. Whatever happens, the
/// finished intervals and the open one tile the day from midnight on.
struct ObjectTimeline {
    private(set) var intervals: [StatusInterval] = []
    private(set) var state: ObservedState
    private var openedAt: UTCTime
    private var openedBy: IntervalBoundary
    /// Good polls counted up to the opening of the running interval.
    private var pollsBefore: Int

    /// Starts the day at midnight with the state that was carried in, or with `unobserved` or `absent`.
    init(midnight: UTCTime, state: ObservedState) {
        self.state = state
        openedAt = midnight
        openedBy = .midnight
        pollsBefore = 0
    }

    /// Ends the running interval at `time` and starts another.
    ///
    /// An interval of no length leaves no trace, so that a change exactly at midnight replaces what was carried in.
    mutating func turn(to next: ObservedState, at time: UTCTime, polls: Int, by boundary: IntervalBoundary? = nil) {
        let boundary = boundary ?? Self.boundary(from: state.status, to: next.status)
        if time > openedAt {
            close(at: time, polls: polls, by: boundary)
            openedAt = time
            openedBy = boundary
        }
        pollsBefore = polls
        state = next
    }

    /// Ends the day.
    mutating func finish(at midnight: UTCTime, polls: Int, by boundary: IntervalBoundary) {
        guard midnight > openedAt else { return }
        close(at: midnight, polls: polls, by: boundary)
        openedAt = midnight
    }

    private mutating func close(at time: UTCTime, polls: Int, by boundary: IntervalBoundary) {
        intervals.append(
            StatusInterval(
                status: state.status,
                rawStatus: state.rawStatus,
                parkingSensorStatus: state.parkingSensorStatus,
                validFrom: openedAt,
                validTo: time,
                observations: state.status == .unobserved ? 0 : polls - pollsBefore,
                start: openedBy,
                end: boundary,
                sourceTime: state.sourceTime
            )
        )
    }

    private static func boundary(from old: ChargingStatus, to new: ChargingStatus) -> IntervalBoundary {
        if old == .unobserved || new == .unobserved { return .gap }
        if old == .absent || new == .absent { return .presence }
        return .change
    }
}
