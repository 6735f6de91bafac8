public import ChargingModel

/// Why a status interval starts or ends.
///
/// Persisted: never renumbered.
public enum IntervalBoundary: Int16, Sendable, Hashable {
    /// Another status was seen.
    case change = 1
    /// The observation broke off, or began again.
    case gap = 2
    /// The object appeared in, or disappeared from, a working feed.
    case presence = 3
    /// UTC midnight.
    case midnight = 4
    /// An attribute of the object or of its station changed.
    case version = 5
    /// The day is not over.
    case open = 6
    /// The status stayed; the feed's text of it, or what the parking sensor says, changed.
    case text = 7
}

/// `[validFrom, validTo)`: a time in which an object kept one status, as far as the polls show.
///
/// Invariant: lies within one UTC day and one version; the intervals of an object-day tile it without hole or overlap.
public struct StatusInterval: Hashable, Sendable {
    /// The status that was kept.
    public var status: ChargingStatus
    /// The feed's own text, at every sighting.
    public var rawStatus: String?
    /// What the parking sensor said at every sighting, as the feed writes it.
    public var parkingSensorStatus: String?
    /// Start of the interval, UTC, included.
    public var validFrom: UTCTime
    /// End of the interval, UTC, not included.
    public var validTo: UTCTime
    /// Good polls that saw this status; 0 for `unobserved`.
    public var observations: Int
    /// Why the interval starts.
    public var start: IntervalBoundary
    /// Why the interval ends.
    public var end: IntervalBoundary
    /// The source's own time at the first sighting.
    public var sourceTime: UTCTime?
}
