/// The status of a charging point or connector at one time.
///
/// The first nine are OCPI's (OCPI 2.3.0, `mod_locations`, Status); the last two are the archive's own. The raw value
/// is the code used in flat files and in the warehouse and is never changed; ``key`` is the number used in facts.
public enum ChargingStatus: String, CaseIterable, Hashable, Sendable {
    case available
    case charging
    case blocked
    case reserved
    case inoperative
    case outOfOrder
    case planned
    case removed
    case unknown
    /// The poll worked and the object was not in it. Neither `removed` nor `unknown`.
    case absent
    /// No usable poll. Neither free nor down.
    case unobserved

    /// The number that stands for this status in facts.
    ///
    /// Persisted: never renumbered.
    public var key: Int16 {
        switch self {
        case .available: 1
        case .charging: 2
        case .blocked: 3
        case .reserved: 4
        case .inoperative: 5
        case .outOfOrder: 6
        case .planned: 7
        case .removed: 8
        case .unknown: 9
        case .absent: 10
        case .unobserved: 11
        }
    }

    /// The category that key figures count.
    public var category: StatusCategory {
        switch self {
        case .available: .free
        case .charging, .blocked: .occupied
        case .reserved: .reserved
        case .inoperative, .outOfOrder: .down
        case .planned, .removed: .outside
        case .unknown: .unknown
        case .absent: .absent
        case .unobserved: .unobserved
        }
    }
}

/// The class of statuses that key figures count seconds of (`docs/methods/utilization.md`).
public enum StatusCategory: String, CaseIterable, Hashable, Sendable {
    case free
    case occupied
    case reserved
    case down
    case unknown
    case outside
    case absent
    case unobserved

    /// Whether time in this category belongs to the observed time, the denominator of utilization.
    public var isObserved: Bool {
        switch self {
        case .free, .occupied, .reserved, .down, .unknown: true
        case .outside, .absent, .unobserved: false
        }
    }
}
