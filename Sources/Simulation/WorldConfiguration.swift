public import ChargingModel

/// What a simulated world is made from.
///
/// Equal configurations give equal worlds, byte for byte, on every machine.
public struct WorldConfiguration: Hashable, Sendable {
    /// Any number; another seed is another world.
    public var seed: UInt64
    /// The first UTC day.
    public var firstDay: UTCDay
    /// Length of the world in UTC days, 1 to 3,660.
    public var days: Int
    /// Multiplies the points of every city, above 0 and at most 1,000.
    ///
    /// 1 is 2,423 points with 2,806 connectors.
    public var scale: Double
    /// Whether the envelope of an answer carries its time, as the real feed's does.
    ///
    /// Without it, answers between two
    /// changes are equal byte for byte, and the server answers `If-None-Match`.
    public var envelopeTimestamp: Bool
    /// Seconds between two slots, 1 to 86,400: the grain of planned faults and of counting attempts.
    public var slotSeconds: Int
    /// Which answers go wrong.
    public var faults: FeedFaults
    /// What happens to stations and points while the world lasts.
    public var events: WorldEvents

    /// Creates a configuration.
    public init(
        seed: UInt64,
        firstDay: UTCDay,
        days: Int,
        scale: Double = 1,
        envelopeTimestamp: Bool = true,
        slotSeconds: Int = 600,
        faults: FeedFaults = .none,
        events: WorldEvents = .none
    ) {
        self.seed = seed
        self.firstDay = firstDay
        self.days = days
        self.scale = scale
        self.envelopeTimestamp = envelopeTimestamp
        self.slotSeconds = slotSeconds
        self.faults = faults
        self.events = events
    }

    /// The first moment of the world.
    public var start: UTCTime { firstDay.start }

    /// The moment after the last one of the world.
    public var end: UTCTime { UTCTime(seconds: firstDay.start.seconds + Int64(days) * 86_400) }

    func validate() throws(SimulationError) {
        guard (1...3_660).contains(days) else {
            throw .configuration("days", "found \(days) (expected 1 … 3660)")
        }
        guard scale > 0, scale <= 1_000 else {
            throw .configuration("scale", "found \(scale) (expected above 0, at most 1000)")
        }
        guard (1...86_400).contains(slotSeconds) else {
            throw .configuration("slot interval", "found \(slotSeconds) s (expected 1 … 86400)")
        }
        guard (-700_000...2_900_000).contains(firstDay.number) else {
            throw .configuration("first day", "found \(firstDay) (expected a day between the years 100 and 9900)")
        }
        try faults.validate()
        try events.validate()
    }
}
