import ChargingModel
import Sources

/// One feed × one UTC day, derived: the unit of cleaning, loading and idempotency.
struct Slice {
    let feed: FeedDescriptor
    let family: String
    let day: UTCDay
    let deriver: SliceDeriver
    let polls: [JudgedPoll]
    let tail: SliceTail
    let inputHash: ContentDigest
    let inputs: SliceInputs

    /// The same on every machine for the same input.
    var loadID: StableKey { StableKey("load", feed.id.description, day.description, inputHash.description) }
}
