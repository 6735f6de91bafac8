internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Synchronization

extension StoreTransport {
    /// Opens a transport over async-http-client for the time of `body`, with connections that are kept and re-used.
    ///
    /// `trustRootsFile` is a PEM file of certificates to trust besides the system's; `nil` for none.
    package static func withHTTPClient<Result>(
        _ limits: StoreLimits,
        trustRootsFile: String? = nil,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (StoreTransport) async throws -> Result
    ) async throws -> Result {
        var settings = HTTPClient.Configuration()
        settings.httpVersion = .http1Only
        // Redirects are ours: each is signed for its own host.
        settings.redirectConfiguration = .disallow
        // Objects are bytes: what was stored with a content encoding comes back as it was stored.
        settings.decompression = .disabled
        settings.timeout.connect = limits.connectDeadline.timeAmount
        settings.connectionPool.retryConnectionEstablishment = false
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, limits.connectionLimit)
        settings.tlsConfiguration = .makeClientConfiguration()
        if let trustRootsFile { settings.tlsConfiguration?.additionalTrustRoots = [.file(trustRootsFile)] }
        return try await HTTPClient.withHTTPClient(configuration: settings) { client in
            let exchange = HTTPExchange(client: client)
            return try await body(
                StoreTransport { request, limits async throws(ExchangeFault) in
                    try await exchange.send(request, limits)
                }
            )
        }
    }
}

/// Sends one request under a deadline of its own, which covers the body of the answer too.
private struct HTTPExchange: Sendable {
    let client: HTTPClient

    func send(_ request: StoreRequest, _ limits: ExchangeLimits) async throws(ExchangeFault) -> StoreAnswer {
        let announced = AnnouncedBytes()
        let result = await withTaskGroup(of: Result<StoreAnswer, ExchangeFault>?.self) { group in
            group.addTask {
                do {
                    return .success(try await exchange(request, limits, announced))
                } catch {
                    return .failure(ExchangeFault(classifying: error))
                }
            }
            group.addTask {
                do {
                    try await Task.sleep(for: limits.deadline)
                    let more = Duration.transferring(
                        announced.count.load(ordering: .relaxed),
                        bytesPerSecond: limits.slowestBytesPerSecond
                    )
                    try await Task.sleep(for: more)
                    let text = "no whole answer after \((limits.deadline + more).spokenText) (expected one by then)"
                    return .failure(ExchangeFault(.timeout, text))
                } catch {
                    return nil  // the answer was first, or the call was cancelled
                }
            }
            var first: Result<StoreAnswer, ExchangeFault>?
            while first == nil, let next = await group.next() { first = next }
            group.cancelAll()
            return first ?? .failure(ExchangeFault(.cancelled, "the call was cancelled"))
        }
        return try result.get()
    }

    private func exchange(
        _ request: StoreRequest,
        _ limits: ExchangeLimits,
        _ announced: AnnouncedBytes
    ) async throws -> StoreAnswer {
        var message = HTTPClientRequest(url: request.address.url)
        message.method = HTTPMethod(rawValue: request.method)
        message.headers.add(name: "Host", value: request.address.host)
        for (name, value) in request.headers.sorted(by: { $0.key < $1.key }) {
            message.headers.add(name: name, value: value)
        }
        if !request.body.isEmpty { message.body = .bytes(ByteBuffer(bytes: request.body)) }
        let response = try await client.execute(
            message,
            deadline: .distantFuture  // ours is kept, and says more
        )
        var answer = StoreAnswer(status: Int(response.status.code))
        for field in response.headers { answer.headers[field.name.lowercased()] = field.value }
        if request.method == "HEAD" { return answer }
        answer.body = try await read(response, limits, announced)
        return answer
    }

    private func read(
        _ response: HTTPClientResponse,
        _ limits: ExchangeLimits,
        _ progress: AnnouncedBytes
    ) async throws -> [UInt8] {
        let isGood = (200..<300).contains(response.status.code)
        let cap = isGood ? limits.maximumBytes : limits.maximumErrorBytes
        let announced = response.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        guard !isGood || announced <= cap else {
            throw ExchangeFault(.tooLarge, "an answer of \(announced) bytes was announced (expected at most \(cap))")
        }
        progress.count.store(min(announced, cap), ordering: .relaxed)
        var body: [UInt8] = []
        body.reserveCapacity(max(0, min(announced, cap)))
        for try await chunk in response.body {
            guard chunk.readableBytes <= cap - body.count else {
                guard !isGood else {
                    throw ExchangeFault(.tooLarge, "an answer of more than \(cap) bytes (expected at most \(cap))")
                }
                return body + chunk.readableBytesView.prefix(cap - body.count)
            }
            body.append(contentsOf: chunk.readableBytesView)
        }
        try Task.checkCancellation()  // a cancelled stream may end as if it were whole
        guard !isGood || body.count >= announced else {
            throw ExchangeFault(.connectionFailed, "the answer ends at byte \(body.count) (expected \(announced))")
        }
        return body
    }
}

/// How many bytes the head of an answer announced, for the deadline.
private final class AnnouncedBytes: Sendable {
    let count = Atomic<Int>(0)
}

extension Duration {
    /// Nanoseconds for NIO, at most some 290 years.
    fileprivate var timeAmount: TimeAmount {
        let nanoseconds = inSeconds * 1e9
        return .nanoseconds(nanoseconds < 9e18 ? Int64(nanoseconds) : .max / 2)
    }
}
