import ChargingModel

/// What a day hands to the next one: the objects that were known at its end and their state.
struct Carry {
    /// The last good poll.
    var lastGoodPoll: UTCTime
    var stations: [String: VersionRun<ChargingStation>]
    var operators: [String: VersionRun<ChargingOperator>]
    var points: [String: CarriedObject<PlacedPoint>]
    var connectors: [String: CarriedObject<PlacedConnector>]
}

/// An object with its state at the end of a day.
struct CarriedObject<Attributes: Versioned> {
    var run: VersionRun<Attributes>
    /// The last state that was seen: a status of the feed, or `absent`.
    var state: ObservedState
}
