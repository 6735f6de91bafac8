import ChargingModel
package import RawArchive
package import Simulation
package import Sources

/// A collector of a simulated world that needs no network: answers go straight into a raw archive.
///
/// It repeats a request as the real one does, and it can fail itself, deterministically by the world's seed.
package struct SimulatedCollector {
    /// What goes wrong at the collector.
    package struct Faults {
        /// Share of the slots in which nothing is polled and nothing is written.
        package var missedShare = 0.0
        /// Hours without a poll, once for each feed.
        package var missedHours = 0
        /// Hours during which the clock is an hour late, from the middle of the world on; 0 for never.
        package var clockStepHours = 0

        /// Chooses faults; none by default.
        package init(missedShare: Double = 0, missedHours: Int = 0, clockStepHours: Int = 0) {
            self.missedShare = missedShare
            self.missedHours = missedHours
            self.clockStepHours = clockStepHours
        }
    }

    /// Captures written, and slots in which something was wrong.
    package struct Counts {
        package var polls = 0
        package var affected = 0
    }

    let world: SimulatedWorld
    let faults: Faults

    /// Creates a collector of a world.
    package init(world: SimulatedWorld, faults: Faults) {
        self.world = world
        self.faults = faults
    }

    /// How late the clock is after its step, in seconds.
    static let stepSeconds = 3_600
    /// A request is sent so long after its slot, by the clock of the collector.
    private static let offsetSeconds = 2
    /// Of a clock that was set back, so that the second capture of a slot is the later one.
    private static let lateOffsetSeconds = 3
    private static let maximumAttempts = 4

    /// Polls every slot of a city.
    package func collect(_ feed: FeedDescriptor, city: String, into writer: ArchiveWriter) throws -> Counts {
        let configuration = world.configuration
        let interval = configuration.slotSeconds
        let slots = configuration.days * 86_400 / interval
        var stream = RandomStream(seed: configuration.seed, .collector, feed.id.key.seed)
        let missed = faults.missedHours * 3_600 / interval
        let silence = 1 + stream.index(below: max(1, slots - missed))
        let events = world.events.filter { $0.city == city }
        var counts = Counts()
        for number in 0..<slots {
            let slot = configuration.start.adding(seconds: number * interval)
            let isMissed = stream.chance(faults.missedShare) || (silence..<silence + missed).contains(number)
            let isLate = isClockLate(at: slot)
            let isAffected =
                try isMissed || isLate || world.plannedOutcome(city: city, slot: slot) != nil
                || events.contains { $0.from <= slot && slot < $0.to }
            if isAffected { counts.affected += 1 }
            if isMissed { continue }
            _ = try writer.append(capture(feed, city: city, slot: slot, isLate: isLate))
            counts.polls += 1
        }
        return counts
    }

    private func isClockLate(at slot: UTCTime) -> Bool {
        let begin = world.configuration.start.adding(seconds: world.configuration.days * 43_200)
        return begin <= slot && slot < begin.adding(seconds: faults.clockStepHours * 3_600)
    }

    private func capture(_ feed: FeedDescriptor, city: String, slot: UTCTime, isLate: Bool) throws -> Capture {
        let time = slot.adding(seconds: Self.offsetSeconds)
        // What the collector's clock shows.
        let shown = isLate ? slot.adding(seconds: Self.lateOffsetSeconds - Self.stepSeconds) : time
        var attempt = 0
        var answer = try world.response(city: city, at: time)
        while answer.status != 200, attempt + 1 < Self.maximumAttempts {
            attempt += 1
            answer = try world.response(city: city, at: time, attempt: attempt)
        }
        let page = CapturedPage(
            url: feed.url,
            requestedAt: shown.adding(seconds: attempt),
            receivedAt: shown.adding(seconds: attempt + 1),
            httpStatus: answer.status,
            headers: [HeaderField("Content-Type", answer.contentType)],
            body: answer.body
        )
        let isAnswer = answer.status == 200
        let poll = PollRecord(
            feed: feed.id,
            slot: shown.slot(every: feed.intervalSeconds),
            requestedAt: shown,
            finishedAt: page.receivedAt,
            outcome: isAnswer ? .ok : .httpError,
            httpStatus: answer.status,
            attempts: attempt + 1,
            detail: isAnswer ? nil : "HTTP \(answer.status) (expected 200); \(attempt + 1) tries",
            collector: "simulation"
        )
        return Capture(poll: poll, pages: [page])
    }
}

extension StableKey {
    /// The key as a seed of chance.
    fileprivate var seed: UInt64 { UInt64(bitPattern: value) }
}
