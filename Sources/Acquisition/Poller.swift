import ChargingModel
import Logging
import RawArchive
import Sources

/// Polls one feed for one slot: asks, repeats, judges and archives.
///
/// - Invariant: a poll that is not cancelled appends exactly one capture, whatever happened.
struct Poller: Sendable {
    let configuration: AcquisitionConfiguration
    let transport: HTTPTransport
    let store: CaptureStore
    let clock: PollClock
    let random: PollRandom
    let logger: Logger
    let gate: HostGate
    let memory = PollMemory()

    init(
        configuration: AcquisitionConfiguration,
        transport: HTTPTransport,
        store: CaptureStore,
        clock: PollClock,
        random: PollRandom,
        logger: Logger
    ) {
        self.configuration = configuration
        self.transport = transport
        self.store = store
        self.clock = clock
        self.random = random
        self.logger = logger
        gate = HostGate(configuration.politeness, now: clock.now)
    }

    /// Polls a feed and archives what came.
    ///
    /// - Throws: `CancellationError` before anything was archived; ``AcquisitionError`` where archiving did not work.
    func poll(_ target: PollTarget, slot: UTCTime, interval: Int) async throws -> PollReport {
        let start = clock.now()
        var draft = CaptureDraft(
            target: target,
            slot: slot,
            requestedAt: start,
            deadline: configuration.retry.deadline(
                slot: slot,
                interval: interval,
                start: start,
                captureDeadline: configuration.limits.captureDeadline
            )
        )
        try await collect(into: &draft)
        let capture = draft.capture(finishedAt: clock.now(), collector: configuration.collector)
        do {
            try await store.append(capture)
        } catch {
            throw AcquisitionError.archiveUnwritable(feed: target.feed.id, slot: slot, underlying: error)
        }
        let report = draft.report(capture.poll)
        note(report, draft)
        return report
    }

    private func collect(into draft: inout CaptureDraft) async throws {
        let target = draft.target
        var next: FeedRequest?
        do {
            next = try target.adapter.firstRequest(for: target.feed, credential: target.credential)
        } catch {
            draft.fail(.skipped, describe(error), code: .unusableRequest)
            return
        }
        var asked: Set<String> = []
        var origin: String?
        while let request = next {
            guard let address = WebAddress(request.url), origin == nil || origin == address.origin else {
                refuse(request, &draft)
                return
            }
            origin = address.origin
            guard asked.insert(request.url).inserted else {
                draft.fail(
                    .suspect,
                    "page \(draft.pages.count) names a page asked before as the next (expected a new one)"
                )
                return
            }
            let validators = draft.pages.isEmpty ? await validators(for: request, draft) : nil
            let step = PageRequest(request, validators: validators)
            guard try await fetch(step, origin: address.origin, into: &draft) else { return }
            next = nextRequest(&draft)
        }
        if draft.outcome == .ok, draft.pages.count == 1, !draft.isUnchanged { draft.keepValidators() }
    }

    private func refuse(_ request: FeedRequest, _ draft: inout CaptureDraft) {
        if draft.pages.isEmpty {
            let address = Redaction(credential: draft.target.credential).url(request.url)
            draft.fail(
                .skipped,
                "address \"\(address)\" (expected http:// or https:// with a host)",
                code: .unusableRequest
            )
        } else {
            draft.fail(.suspect, "page \(draft.pages.count) names a page on another host (expected the same host)")
        }
    }

    /// Judges the page that came last and says which one follows; `nil` ends the poll.
    private func nextRequest(_ draft: inout CaptureDraft) -> FeedRequest? {
        guard !draft.isUnchanged, let page = draft.pages.last?.body else { return nil }
        let target = draft.target
        do {
            let parts = try target.adapter.split(page)
            draft.stations += parts.elements.count
            let next = try target.adapter.nextRequest(
                after: page,
                number: draft.pages.count,
                for: target.feed,
                credential: target.credential
            )
            guard next == nil || draft.pages.count < configuration.limits.maximumPages else {
                draft.fail(.tooLarge, "more pages after page \(draft.pages.count) (expected at most that many)")
                return nil
            }
            return next
        } catch let fault as AnswerFault {
            draft.fail(fault.outcome == .ok ? .malformed : fault.outcome, fault.detail)
        } catch {
            draft.fail(.malformed, describe(error))
        }
        return nil
    }

    private func validators(for request: FeedRequest, _ draft: CaptureDraft) async -> PageValidators? {
        let feed = draft.target.feed.id
        switch memory.validators(of: feed, day: draft.slot.day) {
        case .known(let validators):
            return validators
        case .unknown:
            let url = Redaction(credential: draft.target.credential).url(request.url)
            do {
                return try await store.validators(feed, url, draft.slot.day)
            } catch {
                // Without them the whole answer is asked for: more bytes, nothing lost.
                logger.notice(
                    "validators unreadable, asking for the whole answer",
                    metadata: ["feed.id": "\(feed)", "detail": "\(describe(error))"]
                )
                return nil
            }
        }
    }

    /// The text of an error: that of its detail where it has one, so that codes and remedies are not repeated.
    func describe(_ error: any Error) -> String {
        (error as? any DescribedError)?.detail ?? String(describing: error)
    }
}
