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
    private var lastTaken: ArchivedCapture?
    private var decidedSlot: UTCTime?

    init(deriver: SliceDeriver, judge: Judge, cache: ElementCache) {
        self.deriver = deriver
        self.judge = judge
        self.cache = cache
    }

    /// Takes the next capture.
    ///
    /// - Throws: ``OutOfOrder``.
    mutating func take(_ capture: ArchivedCapture) throws {
        if let lastTaken, capture.comesBefore(lastTaken) { throw OutOfOrder() }
        lastTaken = ArchivedCapture(poll: capture.poll, pages: [], digests: capture.digests)
        var poll = JudgedPoll(
            record: capture.poll,
            digests: capture.digests,
            bytes: capture.pages.reduce(0) { $0 + $1.body.count },
            outcome: capture.poll.outcome,
            detail: capture.poll.detail,
            isChosen: false
        )
        if poll.outcome == .ok, decidedSlot != capture.poll.slot { assess(capture, &poll) }
        polls.append(poll)
    }

    /// Turns the bytes into records and decides whether they are an observation.
    private mutating func assess(_ capture: ArchivedCapture, _ poll: inout JudgedPoll) {
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
        } catch {
            poll.outcome = .malformed
            poll.detail = String(describing: error)
        }
    }

    private mutating func answer(of capture: ArchivedCapture, _ poll: inout JudgedPoll) throws -> Answer {
        guard !capture.pages.isEmpty else { throw AnswerFault(.missing, "no body is archived (expected one)") }
        if let previous, previous.digests == capture.digests {
            poll.isSameAsPrevious = true
            return previous.answer
        }
        let answer = try cache.answer(pages: capture.pages.map(\.body), digests: capture.digests)
        previous = (answer, capture.digests)
        return answer
    }

    mutating func finish(_ tail: SliceTail) {
        deriver.finish(tail)
    }

    /// The last good poll of the day that was read.
    var lastGoodPoll: UTCTime? { deriver.lastGoodPoll }
}

extension ArchivedCapture {
    /// The order in which cleaning looks at captures: by slot; of one slot the earliest request first, of equal
    /// requests the smaller digest.
    ///
    /// The first usable one of a slot counts. The order is total, so that merged archives of two collectors give the
    /// same slices in any order.
    func comesBefore(_ other: ArchivedCapture) -> Bool {
        if poll.slot != other.poll.slot { return poll.slot < other.poll.slot }
        if poll.requestedAt != other.poll.requestedAt { return poll.requestedAt < other.poll.requestedAt }
        if digests != other.digests { return digests.lexicographicallyPrecedes(other.digests) }
        return poll.collector < other.poll.collector
    }
}
