import ChargingModel
import RawArchive
import Sources

/// Reads the polls of a day in order, judges each, and feeds the good ones to the deriver.
struct SlicePass {
    /// Thrown where a capture comes before one that was already taken: the caller sorts and starts again.
    struct OutOfOrder: Error {}

    private(set) var deriver: SliceDeriver
    private(set) var judge: Judge
    private(set) var polls: [JudgedPoll] = []
    private var cache: ElementCache
    private var previous: (answer: Answer, digests: [ContentDigest])?
    private var lastTaken: (poll: PollRecord, digests: [ContentDigest])?
    private var decidedSlot: UTCTime?

    init(deriver: SliceDeriver, judge: Judge, cache: ElementCache) {
        self.deriver = deriver
        self.judge = judge
        self.cache = cache
    }

    /// Takes the next capture.
    ///
    /// - Throws: ``OutOfOrder``, and `ReplaySurprise` where a body is needed that is not there.
    mutating func take(_ capture: ReplayedCapture) throws {
        if let lastTaken, comesBefore((capture.poll, capture.digests), lastTaken) { throw OutOfOrder() }
        lastTaken = (capture.poll, capture.digests)
        var poll = JudgedPoll(
            record: capture.poll,
            digests: capture.digests,
            bytes: capture.pages.reduce(0) { $0 + $1.byteCount },
            outcome: capture.poll.outcome,
            detail: capture.poll.detail,
            isChosen: false
        )
        if poll.outcome == .ok, decidedSlot != capture.poll.slot { try assess(capture, &poll) }
        polls.append(poll)
    }

    /// Turns the bytes into records and decides whether they are an observation.
    private mutating func assess(_ capture: ReplayedCapture, _ poll: inout JudgedPoll) throws {
        let slot = capture.poll.slot
        do {
            let answer = try answer(of: capture, &poll)
            poll.read = answer.read
            poll.sourceTime = answer.sourceTime
            if let reason = judge.verdict(slot: slot, points: answer.read.points) {
                poll.outcome = .suspect
                poll.detail = reason
            } else {
                deriver.observe(answer, at: slot)
                poll.isChosen = true
                decidedSlot = slot
            }
        } catch let fault as AnswerFault {
            poll.outcome = fault.outcome
            poll.detail = fault.detail
        } catch let surprise as ReplaySurprise {
            throw surprise
        } catch {
            poll.outcome = .malformed
            poll.detail = String(describing: error)
        }
    }

    private mutating func answer(of capture: ReplayedCapture, _ poll: inout JudgedPoll) throws -> Answer {
        guard !capture.pages.isEmpty else { throw AnswerFault(.missing, "no body is archived (expected one)") }
        if let previous, previous.digests == capture.digests {
            poll.isSameAsPrevious = true
            return previous.answer
        }
        let answer = try cache.answer(pages: capture.pages, digests: capture.digests)
        previous = (answer, capture.digests)
        return answer
    }

    mutating func finish(_ tail: SliceTail) {
        deriver.finish(tail)
    }

    /// The last good poll of the day that was read.
    var lastGoodPoll: UTCTime? { deriver.lastGoodPoll }
}

/// The order in which cleaning looks at captures: by slot; of one slot the earliest request first, of equal requests the
/// smaller digest.
///
/// The first usable one of a slot counts. The order is total, so that merged archives of two collectors give the same
/// slices in any order.
func comesBefore(
    _ left: (poll: PollRecord, digests: [ContentDigest]),
    _ right: (poll: PollRecord, digests: [ContentDigest])
) -> Bool {
    if left.poll.slot != right.poll.slot { return left.poll.slot < right.poll.slot }
    if left.poll.requestedAt != right.poll.requestedAt { return left.poll.requestedAt < right.poll.requestedAt }
    if left.digests != right.digests { return left.digests.lexicographicallyPrecedes(right.digests) }
    return left.poll.collector < right.poll.collector
}
