import ChargingModel
import Logging
import RawArchive
import Sources

extension Poller {
    /// Fetches one page into the draft, repeating transient failures politely.
    ///
    /// - Returns: whether there is a page to judge; else the draft says why not.
    func fetch(_ request: PageRequest, origin: String, into draft: inout CaptureDraft) async throws -> Bool {
        var attempt = 0
        while true {
            attempt += 1
            guard let answer = try await attemptOnce(request, origin: origin, attempt: attempt, into: &draft) else {
                return false
            }
            guard let setback = take(answer, request: request, attempt: attempt, into: &draft) else {
                return draft.outcome == .ok
            }
            let decision = configuration.retry.decide(
                attempt: attempt,
                retryAfter: setback.retryAfter,
                now: clock.now(),
                deadline: draft.deadline,
                unit: random.unit()
            )
            switch decision {
            case .giveUp(let reason):
                finish(setback, attempt: attempt, reason: reason, into: &draft)
                return false
            case .again(let time):
                draft.lastSetback = setback
                logger.debug(
                    "repeating a request",
                    metadata: [
                        "feed.id": "\(draft.target.feed.id)", "detail": "\(draft.redaction.text(setback.detail))",
                    ]
                )
                try await clock.sleep(time)
            }
        }
    }

    /// A failure that may pass.
    struct Setback: Sendable {
        var outcome: PollOutcome
        var detail: String
        var retryAfter: Duration?
        /// The error answer, where there was one.
        var page: CapturedPage?
    }

    private enum Answer {
        case page(CapturedPage, isCut: Bool)
        case fault(TransportFault)
    }

    /// Sends the request once, through the gate.
    ///
    /// `nil` where it was not sent; the draft says why.
    private func attemptOnce(
        _ request: PageRequest,
        origin: String,
        attempt: Int,
        into draft: inout CaptureDraft
    ) async throws -> Answer? {
        switch try await gate.enter(origin) {
        case .refused(let until):
            let reason = "the host is left alone until \(until) after failures in a row"
            if let setback = draft.lastSetback, attempt > 1 {
                finish(setback, attempt: attempt - 1, reason: reason, into: &draft)
            } else {
                draft.fail(.skipped, "\(reason) (expected a host that answers)")
            }
            return nil
        case .granted(let startAt):
            do {
                try await clock.sleep(startAt)
            } catch {
                gate.leave(origin, .abandoned)
                throw error
            }
        }
        let sentAt = clock.now()
        let left = draft.deadline.duration(since: sentAt)
        guard left > .zero else {
            gate.leave(origin, .abandoned)
            finishLate(attempt: attempt - 1, into: &draft)
            return nil
        }
        draft.attempts += 1
        do {
            let page = try await transport.fetch(request, fetchLimits(left: left, bytesSoFar: draft.bytes))
            gate.leave(origin, .answered)
            return .page(captured(page, request, sentAt: sentAt, draft), isCut: page.isCut)
        } catch {
            note(host: origin, opened: gate.leave(origin, error.verdict))
            guard error.kind != .cancelled else { throw CancellationError() }
            return .fault(error)
        }
    }

    /// Files an answer: into the draft where it is final, or as a setback that may pass.
    private func take(
        _ answer: Answer,
        request: PageRequest,
        attempt: Int,
        into draft: inout CaptureDraft
    ) -> Setback? {
        switch answer {
        case .fault(let fault):
            let setback = Setback(outcome: fault.outcome ?? .connectionFailed, detail: fault.detail)
            if fault.isTransient { return setback }
            finish(setback, attempt: attempt, reason: nil, into: &draft)
            return nil
        case .page(let page, let isCut):
            draft.httpStatus = page.httpStatus
            if page.httpStatus == 200 || (page.httpStatus == 304 && request.validators != nil) {
                draft.accept(page, sent: request.validators)
                return nil
            }
            let cut = isCut ? "; its body was cut at \(page.body.count) bytes" : ""
            let setback = Setback(
                outcome: .httpError,
                detail: "HTTP \(page.httpStatus) (expected 200)\(cut)",
                retryAfter: page.retryAfter(now: clock.now()),
                page: page
            )
            if page.httpStatus == 429 || (500...599).contains(page.httpStatus) { return setback }
            finish(setback, attempt: attempt, reason: nil, into: &draft)
            return nil
        }
    }

    private func finish(_ setback: Setback, attempt: Int, reason: String?, into draft: inout CaptureDraft) {
        var detail = setback.detail
        if attempt > 1 {
            detail += "; \(attempt) tries in \(clock.now().duration(since: draft.requestedAt).spokenText)"
        }
        if let reason { detail += "; \(reason)" }
        if let page = setback.page { draft.pages.append(page) }
        draft.fail(setback.outcome, detail)
    }

    private func finishLate(attempt: Int, into draft: inout CaptureDraft) {
        if let setback = draft.lastSetback, attempt > 0 {
            finish(setback, attempt: attempt, reason: "no time left in the slot for another try", into: &draft)
        } else {
            draft.fail(
                .timeout,
                "no time left in the slot after \(draft.pages.count) pages (expected the whole answer by \(draft.deadline))"
            )
        }
    }

    private func fetchLimits(left: Duration, bytesSoFar: Int) -> FetchLimits {
        let limits = configuration.limits
        return FetchLimits(
            deadline: min(limits.requestDeadline, left),
            maximumBytes: max(1, min(limits.maximumPageBytes, limits.maximumCaptureBytes - bytesSoFar)),
            maximumErrorBytes: limits.maximumErrorBytes,
            maximumRedirects: limits.maximumRedirects
        )
    }

    private func captured(
        _ page: FetchedPage,
        _ request: PageRequest,
        sentAt: UTCTime,
        _ draft: CaptureDraft
    ) -> CapturedPage {
        CapturedPage(
            url: draft.redaction.url(request.feedRequest.url),
            requestedAt: sentAt,
            receivedAt: clock.now(),
            httpStatus: page.httpStatus,
            headers: draft.redaction.headers(page.headers),
            body: page.body
        )
    }
}

extension CapturedPage {
    /// The value of the first field of a name given in lower case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }

    fileprivate func retryAfter(now: UTCTime) -> Duration? {
        header("retry-after").flatMap { RetryAfter.wait($0, now: now) }
    }
}

extension TransportFault {
    /// What the fault says about the host: the breaker counts hosts that cannot be reached, not answers that are bad.
    fileprivate var verdict: CircuitBreaker.Verdict {
        switch kind {
        case .timeout, .connectionFailed, .tlsFailed: .failed
        case .tooLarge, .redirectLoop, .malformed: .answered
        case .cancelled: .abandoned
        }
    }
}
