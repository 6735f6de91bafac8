import ChargingModel

/// What follows the last good poll of a day, as far as the day's own end depends on it.
enum SliceTail: String, Hashable, Sendable {
    /// The last poll's interval reaches midnight: nothing of the next day matters.
    case complete
    /// The next good poll comes soon enough: the state holds to midnight.
    case continued
    /// It does not: the rest of the day is unobserved.
    case gap
    /// Nothing later is archived: the day may not be over.
    case open
}
