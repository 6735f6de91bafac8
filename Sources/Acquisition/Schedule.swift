package import ChargingModel

/// The slots of one interval in the order in which they are polled: a pure state machine over the present time.
///
/// - Invariant: a slot is polled at most once, and slots rise. A slot begins at a multiple of the interval since the
///   epoch, so rounds do not drift. A poll starts in the first half of its slot or not at all.
package struct SlotSequence: Hashable, Sendable {
    package enum Step: Hashable, Sendable {
        case poll(slot: UTCTime)
        case wait(until: UTCTime)
        /// Slots that went by: a suspended machine, a clock step, a round that took too long.
        case missed(first: UTCTime, count: Int)
        /// The clock went back by more than a day: the times before were wrong, and slots start anew.
        case clockReset(from: UTCTime)
    }

    /// Seconds between two slots.
    let interval: Int
    private var last: UTCTime?

    /// The longest time for which a clock that went back is waited for.
    package static let longestHold: Duration = .seconds(86_400)

    package init(interval: Int) {
        self.interval = max(1, interval)
    }

    /// What to do at a time.
    ///
    /// After `poll`, `missed` and `clockReset` ask again.
    package mutating func step(at now: UTCTime) -> Step {
        let current = now.slot(every: interval)
        let isEarly = now.duration(since: current) < .seconds(interval) / 2
        guard let last else {
            guard isEarly else {
                self.last = current
                return .wait(until: current.adding(seconds: interval))
            }
            self.last = current
            return .poll(slot: current)
        }
        guard current > last else {
            let next = last.adding(seconds: interval)
            guard next.duration(since: now) <= Self.longestHold + .seconds(interval) else {
                self.last = nil
                return .clockReset(from: last)
            }
            return .wait(until: next)
        }
        let newest = isEarly ? current.adding(seconds: -interval) : current
        if newest > last {
            self.last = newest
            return .missed(first: last.adding(seconds: interval), count: newest.seconds(since: last) / interval)
        }
        self.last = current
        return .poll(slot: current)
    }
}

/// Spreads the polls of a slot, so that a host does not get all of them in one moment.
package enum PollSpread {
    /// How long after its slot a feed is polled: the same in every process, within a fifth of the interval and 60 s.
    package static func offset(of feed: FeedID, interval: Int) -> Duration {
        let window = min(Duration.seconds(interval) / 5, .seconds(60)).wholeMicroseconds / 1_000
        guard window > 0 else { return .zero }
        // FNV-1a, 64 bits: Swift's own hash differs between processes.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in feed.description.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        // The low bits of short texts are poorly mixed; fold the high ones in.
        hash ^= hash >> 32
        return .milliseconds(Int64(hash % UInt64(window)))
    }
}
