/// A limit of a rule that a configuration can change: the keys of `[check]`.
public enum QualityThreshold: String, Sendable, Hashable, CaseIterable {
    case pastDays = "past_days"
    case rejectsNotable = "rejects_notable_share"
    case rejectsBad = "rejects_bad_share"
    case pollFailures = "poll_failure_share"
    case unobserved = "unobserved_share"
    case objectCount = "object_count_change"
    case statusShift = "status_shift_psi"
    case unknownShare = "unknown_share_change"
    case downShare = "down_share_change"
    case flapping = "flapping_share"
    case copies = "copies_share"
    case sharedIDs = "shared_id_points"
    case conflict = "conflict_share"
    case captureAge = "capture_age_intervals"
    case martAge = "mart_age_hours"
    case frozen = "frozen_changes"

    /// The value where the configuration names none.
    public var defaultValue: Double {
        switch self {
        case .pastDays: 28
        case .rejectsNotable: 0.02
        case .rejectsBad: 0.2
        case .pollFailures: 0.2
        case .unobserved: 0.2
        case .objectCount: 0.2
        case .statusShift: 0.25
        case .unknownShare, .downShare: 0.1
        case .flapping, .copies, .conflict: 0.05
        case .sharedIDs: 2
        case .captureAge: 6
        case .martAge: 2
        case .frozen: 6
        }
    }

    /// What it limits, for the reference of the configuration.
    public var meaning: String {
        switch self {
        case .pastDays: "days before a day that make its feed's past"
        case .rejectsNotable: "share of a slice's records that may be rejected before it is worth knowing"
        case .rejectsBad: "share of a slice's records that may be rejected before the slice is bad"
        case .pollFailures: "share of a day's slots without a usable poll"
        case .unobserved: "share of a day's point-seconds without a usable poll; coverage under 80 % is flagged"
        case .objectCount: "relative change of the number of stations or points against the median of the past"
        case .statusShift: "population stability index of a day's status mix against the past; 0.25 is a major shift"
        case .unknownShare: "change of the share of unknown time against the past"
        case .downShare: "change of the share of time out of order against the past"
        case .flapping: "share of a slice's objects whose attributes flapped"
        case .copies: "share of a slice's points that are other records of points that are counted"
        case .sharedIDs: "points of one feed and day that may share an EVSE id"
        case .conflict: "share of the time in which a point and its only connector tell different things"
        case .captureAge: "age of a feed's last good poll, in its intervals"
        case .martAge: "hours by which the newest aggregate may lie behind the newest poll"
        case .frozen: "changes that the past lets expect in a run of equal answers before the feed counts as frozen"
        }
    }
}

/// The limits of rules.
public struct QualityThresholds: Sendable, Hashable {
    private var values: [QualityThreshold: Double] = [:]

    /// The defaults.
    ///
    /// ## Configuration keys
    /// `check.*`: the raw values of ``QualityThreshold``.
    public init() {}

    /// The limit of a rule.
    public subscript(threshold: QualityThreshold) -> Double {
        get { values[threshold] ?? threshold.defaultValue }
        set { values[threshold] = newValue }
    }
}
