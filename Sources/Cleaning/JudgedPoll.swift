import ChargingModel
import RawArchive

/// A poll of a slice as cleaning sees it, in the order of slots.
struct JudgedPoll {
    var record: PollRecord
    var digests: [ContentDigest]
    var bytes: Int
    /// After cleaning's own judgement; not `ok` means a missed poll.
    var outcome: PollOutcome
    var detail: String?
    /// Whether this is the poll of its slot that counts.
    var isChosen: Bool
    /// The records met in a structurally sound answer.
    var read = RecordCounts()
    var sourceTime: UTCTime?
    /// Whether the answer has the same bytes as the good answer before it.
    var isSameAsPrevious = false
}
