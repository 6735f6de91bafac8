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

    private let seed: UInt64
    private let slotSeconds: Int
    private let thresholds: [(fault: FeedFault, below: Double)]
    private let outages: [Outage]
    private let scripted: [Place: FeedFault]

    init(configuration: WorldConfiguration) throws(SimulationError) {
        seed = configuration.seed
        slotSeconds = configuration.slotSeconds
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

    private func drawn(city: Int, slot: Int64) -> FeedFault? {
        if outages.contains(where: { $0.city == city && $0.seconds.contains(slot) }) { return .outage }
        guard !thresholds.isEmpty else { return nil }
        var stream = RandomStream(seed: seed, .faults, UInt64(city), UInt64(bitPattern: slot))
        let draw = stream.uniform()
        return thresholds.first { draw < $0.below }?.fault
    }
}
