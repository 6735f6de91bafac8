import ChargingModel

/// Decides for a city and a slot whether the answer goes wrong.
struct FaultPlan: Sendable {
    private struct Place: Hashable {
        var city: Int
        var slot: Int64
    }

    private struct Outage {
        var city: Int
        var seconds: Range<Int64>
    }

    private struct Episode {
        var fault: FeedFault
        /// UTC seconds, by city.
        var seconds: [Range<Int64>]
    }

    private let seed: UInt64
    private let slotSeconds: Int
    private let thresholds: [(fault: FeedFault, below: Double)]
    private let outages: [Outage]
    private let episodes: [Episode]
    private let start: UTCTime
    private let scripted: [Place: FeedFault]

    init(configuration: WorldConfiguration) throws(SimulationError) {
        seed = configuration.seed
        slotSeconds = configuration.slotSeconds
        start = configuration.start
        var sum = 0.0
        thresholds = FeedFault.allCases.compactMap { fault in
            guard let share = configuration.faults.shares[fault], share > 0 else { return nil }
            sum += share
            return (fault, sum)
        }
        outages = (0..<configuration.faults.outageCount).map { number in
            var stream = RandomStream(seed: configuration.seed, .outage, UInt64(number))
            let city = stream.index(below: SimulatedCity.all.count)
            let day = stream.index(below: configuration.days)
            let hour = stream.index(below: 25 - configuration.faults.outageHours)
            let begin = configuration.start.seconds + Int64(day * 86_400 + hour * 3_600)
            return Outage(city: city, seconds: begin..<begin + Int64(configuration.faults.outageHours * 3_600))
        }
        episodes = FeedFault.allCases.enumerated().compactMap { number, fault in
            configuration.faults.episodes[fault].map { hours in
                Episode(fault: fault, seconds: Self.times(of: number, hours: hours, in: configuration))
            }
        }
        var scripted: [Place: FeedFault] = [:]
        for planned in configuration.faults.scripted {
            guard let city = SimulatedCity.all.firstIndex(where: { $0.slug == planned.city }) else {
                throw .unknownCity(planned.city)
            }
            scripted[Place(city: city, slot: planned.slot.slot(every: configuration.slotSeconds).seconds)] =
                planned.fault
        }
        self.scripted = scripted
    }

    /// The fault of the slot in which `time` lies; `nil` where the answer is in order.
    func fault(city: Int, at time: UTCTime, attempt: Int) -> FeedFault? {
        let slot = time.slot(every: slotSeconds).seconds
        let fault = scripted[Place(city: city, slot: slot)] ?? drawn(city: city, slot: slot)
        return fault == .unavailable && attempt > 0 ? nil : fault
    }

    /// The slot whose body a frozen feed repeats: the last one before the fault, or the first one of the world.
    func lastSlotBeforeFreeze(city: Int, at time: UTCTime) -> UTCTime {
        var slot = time.slot(every: slotSeconds)
        while slot > start, fault(city: city, at: slot, attempt: 0) == .frozen {
            slot = slot.adding(seconds: -slotSeconds)
        }
        return max(slot, start)
    }

    /// When each city meets an episode: on whole slots, not before the second one.
    private static func times(
        of number: Int,
        hours: Int,
        in configuration: WorldConfiguration
    ) -> [Range<Int64>] {
        let length = Int64(configuration.slotSeconds)
        let slots = Int64(configuration.days) * 86_400 / length
        let wanted = max(1, Int64(hours) * 3_600 / length)
        return SimulatedCity.all.indices.map { city in
            var stream = RandomStream(seed: configuration.seed, .episode, UInt64(city), UInt64(number))
            let first = 1 + Int64(stream.index(below: max(1, Int(slots - wanted))))
            let begin = configuration.start.slot(every: configuration.slotSeconds).seconds + first * length
            return begin..<begin + wanted * length
        }
    }

    private func drawn(city: Int, slot: Int64) -> FeedFault? {
        if outages.contains(where: { $0.city == city && $0.seconds.contains(slot) }) { return .outage }
        if let episode = episodes.first(where: { $0.seconds[city].contains(slot) }) { return episode.fault }
        guard !thresholds.isEmpty else { return nil }
        var stream = RandomStream(seed: seed, .faults, UInt64(city), UInt64(bitPattern: slot))
        let draw = stream.uniform()
        return thresholds.first { draw < $0.below }?.fault
    }
}
