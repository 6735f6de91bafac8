public import ChargingModel

/// Something that happens to a station or a point of the world, and that a feed shows in its answers.
public struct WorldEvent: Hashable, Sendable {
    /// What happens.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// The point's station is not in the feed, with all its points; afterwards it is back.
        ///
        /// The truth says `absent`.
        case vanishedStation
        /// The point's id is used for a point at another place, more than 2 km away, of another station, with another
        /// EVSE id and other connector ids.
        ///
        /// The old point is gone. The truth of the `uid` is that of whatever bears it.
        case reusedID
        /// The point belongs to another station of the city.
        case movedPoint
        /// The point stands a second time in the answer, in another station, with the status that it had at the
        /// beginning of the event.
        ///
        /// Both records have a `last_updated`, which tells the newer one.
        case repeatedPoint
        /// The point stands a second time in the answer, in another station, under a second `uid` and other connector
        /// ids, with the same EVSE id written without `*`.
        case secondID
    }

    /// What happens.
    public var kind: Kind
    /// The slug of the city.
    public var city: String
    /// The `uid` of the point; for a vanished station, that of any of its points.
    public var point: String
    /// The first second.
    public var from: UTCTime
    /// The second after the last one.
    public var to: UTCTime

    /// Creates an event.
    public init(kind: Kind, city: String, point: String, from: UTCTime, to: UTCTime) {
        self.kind = kind
        self.city = city
        self.point = point
        self.from = from
        self.to = to
    }
}

/// What happens to stations and points.
///
/// To which of them, and when, is decided by the seed alone.
public struct WorldEvents: Hashable, Sendable {
    /// Share of the points, or of the stations for `vanishedStation`.
    ///
    /// Missing means none. A point meets at most one of the other kinds: their sum is at most 1.
    public var shares: [WorldEvent.Kind: Double]
    /// Events besides those of the shares.
    public var scripted: [WorldEvent]

    /// Creates a plan.
    public init(shares: [WorldEvent.Kind: Double] = [:], scripted: [WorldEvent] = []) {
        self.shares = shares
        self.scripted = scripted
    }

    /// Nothing happens.
    public static let none = WorldEvents()

    func validate() throws(SimulationError) {
        for (kind, share) in shares where !(0...1).contains(share) {
            throw .configuration("share of \(kind.rawValue)", "found \(share) (expected 0 … 1)")
        }
        guard shares.filter({ $0.key != .vanishedStation }).values.reduce(0, +) <= 1 else {
            throw .configuration("shares of events", "their sum is above 1")
        }
        for event in scripted where event.from >= event.to {
            throw .configuration("event", "found \(event.from) … \(event.to) (expected the beginning, then the end)")
        }
    }
}
