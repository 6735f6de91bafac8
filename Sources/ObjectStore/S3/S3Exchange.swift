internal import ChargingModel

/// One step of a call to S3.
struct S3Call: Sendable {
    var method: String
    /// The whole key in the bucket; `nil` for the bucket itself.
    var key: String?
    var query: [(name: String, value: String)] = []
    var headers: [String: String] = [:]
    var body: [UInt8] = []
    /// Largest body of a good answer; `nil` for the limit of answers that are no object.
    var maximumBytes: Int?
    /// Statuses that the caller judges.
    var passes: Set<Int> = []
    /// Where success is a document, its root: S3 may answer 200 and then report an error in the body.
    var document: String?
    /// What an error is about.
    var subject: String
}

/// An answer, and how many requests it took.
struct S3Reply: Sendable {
    var answer: StoreAnswer
    /// Over 1 where an earlier request may have been carried out although its answer was lost.
    var attempts: Int
    /// The root of the answer's document, where the call expects one.
    var document: XMLNode?
}

/// Signs and sends requests to one bucket, and repeats those that may succeed later.
///
/// Waits with exponential backoff and full jitter (Marc Brooker, "Exponential Backoff and Jitter", AWS Architecture
/// Blog, 2015); a `Retry-After` of the server is kept up to the ceiling.
package struct S3Exchange: Sendable {
    let endpoint: S3Endpoint
    let transport: StoreTransport
    let credentials: CredentialCache
    let limits: StoreLimits
    let clock: StoreClock

    package init(
        endpoint: S3Endpoint,
        transport: StoreTransport,
        credentials: CredentialCache,
        limits: StoreLimits,
        clock: StoreClock
    ) {
        self.endpoint = endpoint
        self.transport = transport
        self.credentials = credentials
        self.limits = limits
        self.clock = clock
    }

    private enum Outcome {
        case answer(StoreAnswer, document: XMLNode?)
        case expired(S3Refusal)
        case later(detail: String, retryAfter: Duration?)
    }

    /// Sends a request until it has an answer that counts.
    ///
    /// - Throws: ``ObjectStoreError``; `CancellationError`.
    func send(_ call: S3Call) async throws -> S3Reply {
        let start = clock.now()
        var mayRenew = true
        var attempt = 0
        var signer = try await credentials.current()
        while true {
            attempt += 1
            switch try await sendOnce(call, signer) {
            case .answer(let answer, let document):
                return S3Reply(answer: answer, attempts: attempt, document: document)
            case .expired(let refusal):
                guard mayRenew, let other = try await credentials.replacing(signer) else {
                    throw refusal.error(call.subject, at: endpoint, with: signer)
                }
                mayRenew = false
                signer = other
            case .later(let detail, let retryAfter):
                let elapsed = Duration.microseconds(clock.now().microseconds - start.microseconds)
                guard attempt < limits.maximumAttempts, elapsed < limits.operationDeadline else {
                    throw ObjectStoreError(
                        .unavailable,
                        call.subject,
                        "\(detail), after \(attempt) tries in \(elapsed.spokenText)",
                        remedy: "run it again later"
                    )
                }
                try await clock.sleep(wait(after: attempt, retryAfter: retryAfter))
                signer = try await credentials.current()
            }
        }
    }

    private func wait(after attempt: Int, retryAfter: Duration?) -> Duration {
        if let retryAfter { return min(retryAfter, limits.backoffCeiling) }
        return min(limits.backoffCeiling, limits.backoffBase * (1 << min(attempt - 1, 20))) * clock.unit()
    }

    private func sendOnce(_ call: S3Call, _ signer: AWSCredentials) async throws -> Outcome {
        let answer: StoreAnswer
        do {
            answer = try await following(call, signer)
        } catch let fault as ExchangeFault {
            if fault.kind == .cancelled { throw CancellationError() }
            if fault.isTransient { return .later(detail: fault.detail, retryAfter: nil) }
            let code: ObjectStoreError.Code = fault.kind == .tlsFailed ? .refused : .unboundedAnswer
            throw ObjectStoreError(code, call.subject, fault.detail)
        }
        if call.passes.contains(answer.status) { return .answer(answer, document: nil) }
        if (200..<300).contains(answer.status) {
            guard let wanted = call.document else { return .answer(answer, document: nil) }
            let found = XMLNode.parse(answer.body)
            if let found, found.name == wanted { return .answer(answer, document: found) }
            if found?.name != "Error" {
                return .later(
                    detail: "HTTP \(answer.status) and \(answer.body.count) bytes (expected a document \(wanted))",
                    retryAfter: nil
                )
            }
        }
        let refusal = S3Refusal(answer)
        if refusal.meansExpired { return .expired(refusal) }
        guard refusal.isTransient else { throw refusal.error(call.subject, at: endpoint, with: signer) }
        let seconds = answer.headers["retry-after"].flatMap { Int64($0) }.map { max(0, min($0, 86_400)) }
        return .later(
            detail: "\(refusal.text(hiding: signer)) (expected success)",
            retryAfter: seconds.map { .seconds($0) }
        )
    }

    /// Sends one request and follows the redirects of buckets that are new or elsewhere, each signed for its host.
    private func following(_ call: S3Call, _ signer: AWSCredentials) async throws -> StoreAnswer {
        var address = endpoint.address(key: call.key, query: call.query)
        let exchange = ExchangeLimits(
            deadline: limits.deadline(sending: call.body.count),
            slowestBytesPerSecond: limits.slowestBytesPerSecond,
            maximumBytes: call.maximumBytes ?? limits.maximumAnswerBytes
        )
        for _ in 0...max(0, limits.maximumRedirects) {
            var request = StoreRequest(call.method, address, headers: call.headers, body: call.body)
            RequestSigner(region: endpoint.region).sign(&request, with: signer, at: clock.now())
            let answer = try await transport.send(request, exchange)
            guard [302, 307, 308].contains(answer.status), let text = answer.headers["location"] else { return answer }
            guard let next = StoreAddress(text), endpoint.trusts(next) else {
                throw ExchangeFault(.malformed, "a redirect to another host or out of https (expected the store's own)")
            }
            address = next
        }
        throw ExchangeFault(.malformed, "more than \(limits.maximumRedirects) redirects (expected fewer)")
    }
}
