import ChargingModel
import RawArchive
import Sources

/// A capture while it comes into being.
struct CaptureDraft: Sendable {
    let target: PollTarget
    let slot: UTCTime
    let requestedAt: UTCTime
    /// When the poll must be over.
    let deadline: UTCTime
    var pages: [CapturedPage] = []
    var stations = 0
    var attempts = 0
    var httpStatus: Int?
    var lastSetback: Poller.Setback?
    private(set) var outcome = PollOutcome.ok
    private(set) var isUnchanged = false
    private(set) var answer = PollMemory.Answer.none
    private var detail: String?
    private var code: AcquisitionError.Code?

    init(target: PollTarget, slot: UTCTime, requestedAt: UTCTime, deadline: UTCTime) {
        self.target = target
        self.slot = slot
        self.requestedAt = requestedAt
        self.deadline = deadline
    }

    var redaction: Redaction { Redaction(credential: target.credential) }

    /// Bytes of the pages so far.
    var bytes: Int { pages.reduce(0) { $0 + $1.body.count } }

    /// Takes a page with status 200 or 304.
    mutating func accept(_ page: CapturedPage, sent validators: PageValidators?) {
        pages.append(page)
        lastSetback = nil
        isUnchanged = page.httpStatus == 304
        answer = isUnchanged ? .unchanged(validators) : .received(nil)
    }

    /// Ends the poll with another outcome than `ok`.
    mutating func fail(_ outcome: PollOutcome, _ detail: String, code: AcquisitionError.Code? = nil) {
        self.outcome = outcome
        self.detail = redaction.text(detail)
        self.code = code ?? outcome.acquisitionCode
    }

    /// Keeps the validators of the one page, which is usable and whole, for the next poll.
    mutating func keepValidators() {
        let page = pages.first
        answer = .received(
            PageValidators(etag: page?.header("etag"), lastModified: page?.header("last-modified"))
        )
    }

    /// The finished capture.
    func capture(finishedAt: UTCTime, collector: String) -> Capture {
        Capture(
            poll: PollRecord(
                feed: target.feed.id,
                slot: slot,
                requestedAt: requestedAt,
                finishedAt: finishedAt,
                outcome: outcome,
                httpStatus: httpStatus,
                attempts: attempts,
                detail: detail,
                collector: collector
            ),
            pages: pages
        )
    }

    /// What the poll reports, with its record as archived.
    func report(_ record: PollRecord) -> PollReport {
        PollReport(
            record: record,
            bytes: bytes,
            pages: pages.count,
            stations: stations,
            isUnchanged: isUnchanged,
            code: code
        )
    }
}
