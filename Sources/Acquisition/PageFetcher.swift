import AsyncHTTPClient
import ChargingModel
import NIOCore
import NIOHTTP1
import RawArchive
import Sources
import Synchronization

/// Fetches one page over async-http-client under a deadline of its own, which covers the body too.
struct PageFetcher: Sendable {
    let client: HTTPClient
    let userAgent: String

    func fetch(_ request: PageRequest, _ limits: FetchLimits) async throws(TransportFault) -> FetchedPage {
        let progress = FetchProgress()
        let result = await withTaskGroup(of: Result<FetchedPage, TransportFault>?.self) { group in
            group.addTask {
                do {
                    return .success(try await follow(request, limits, progress))
                } catch {
                    return .failure(TransportFault(classifying: error))
                }
            }
            group.addTask {
                do {
                    try await Task.sleep(for: limits.deadline)
                    return .failure(progress.timeout(after: limits.deadline))
                } catch {
                    return nil  // the answer was first, or the poll was cancelled
                }
            }
            var first: Result<FetchedPage, TransportFault>?
            while first == nil, let next = await group.next() { first = next }
            group.cancelAll()
            return first ?? .failure(TransportFault(.cancelled, "the poll was cancelled"))
        }
        return try result.get()
    }

    private func follow(
        _ request: PageRequest,
        _ limits: FetchLimits,
        _ progress: FetchProgress
    ) async throws -> FetchedPage {
        guard var address = WebAddress(request.feedRequest.url) else {
            throw TransportFault(
                .malformed,
                "an address that cannot be used (expected http:// or https:// with a host)"
            )
        }
        var credentials = request.feedRequest.headers
        var visited: Set<String> = [address.text]
        while true {
            let message = message(to: address, credentials: credentials, validators: request.validators)
            let response = try await client.execute(
                message,
                deadline: .now() + (limits.deadline + .seconds(1)).timeAmount  // ours comes first, and says more
            )
            guard let location = redirectLocation(of: response) else {
                return try await read(response, limits, progress)
            }
            try await drain(response, limits)
            let next = try nextAddress(from: address, location: location)
            guard visited.count <= limits.maximumRedirects, visited.insert(next.text).inserted else {
                throw TransportFault(
                    .redirectLoop,
                    "redirect \(visited.count) leads to an address seen before or is one too many "
                        + "(expected at most \(limits.maximumRedirects), none twice)"
                )
            }
            if next.origin != address.origin { credentials = [] }
            address = next
        }
    }

    private func message(
        to address: WebAddress,
        credentials: [(name: String, value: Secret)],
        validators: PageValidators?
    ) -> HTTPClientRequest {
        var message = HTTPClientRequest(url: address.text)
        message.headers.add(name: "User-Agent", value: userAgent)
        message.headers.add(name: "Accept", value: "application/json")
        message.headers.add(name: "Accept-Encoding", value: "gzip")
        for (name, value) in credentials { message.headers.replaceOrAdd(name: name, value: value.exposed) }
        if let etag = validators?.etag { message.headers.add(name: "If-None-Match", value: etag) }
        if let date = validators?.lastModified { message.headers.add(name: "If-Modified-Since", value: date) }
        return message
    }

    private func redirectLocation(of response: HTTPClientResponse) -> String? {
        switch response.status.code {
        case 301, 302, 303, 307, 308: response.headers.first(name: "Location")
        default: nil
        }
    }

    private func nextAddress(from address: WebAddress, location: String) throws(TransportFault) -> WebAddress {
        guard let next = address.redirected(to: location) else {
            throw TransportFault(.malformed, "a redirect that cannot be followed (expected an http or https address)")
        }
        guard address.scheme == "http" || next.scheme == "https" else {
            throw TransportFault(.tlsFailed, "a redirect from https to http (expected https throughout)")
        }
        return next
    }

    /// Reads a short body to its end, so that its connection can be used again.
    private func drain(_ response: HTTPClientResponse, _ limits: FetchLimits) async throws {
        var count = 0
        for try await chunk in response.body {
            count += chunk.readableBytes
            guard count <= limits.maximumErrorBytes else { return }
        }
    }

    private func read(
        _ response: HTTPClientResponse,
        _ limits: FetchLimits,
        _ progress: FetchProgress
    ) async throws -> FetchedPage {
        progress.headArrived()
        let headers = response.headers.map { HeaderField($0.name, $0.value) }
        let status = Int(response.status.code)
        if status == 304 {
            do {
                try await drain(response, limits)
            } catch  where TransportFault(classifying: error).kind == .malformed {
                // A 304 has no body (RFC 9110, 15.4.5): one that names an encoding is no cut gzip stream.
            }
            return FetchedPage(httpStatus: status, headers: headers, body: [])
        }
        let isAnswer = status == 200
        let cap = isAnswer ? limits.maximumBytes : limits.maximumErrorBytes
        let announced = response.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        if isAnswer { try checkHead(response.headers, announced: announced, cap: cap) }

        var body: [UInt8] = []
        body.reserveCapacity(max(0, min(announced, cap)))
        for try await chunk in response.body {
            progress.received(chunk.readableBytes)
            guard chunk.readableBytes <= cap - body.count else {
                guard !isAnswer else { throw TransportFault.tooLarge(cap: cap) }
                body.append(contentsOf: chunk.readableBytesView.prefix(cap - body.count))
                return FetchedPage(httpStatus: status, headers: headers, body: body, isCut: true)
            }
            body.append(contentsOf: chunk.readableBytesView)
        }
        try Task.checkCancellation()  // a cancelled stream may end as if it were whole
        return FetchedPage(httpStatus: status, headers: headers, body: body)
    }

    private func checkHead(_ headers: HTTPHeaders, announced: Int, cap: Int) throws(TransportFault) {
        let encodings = headers[canonicalForm: "Content-Encoding"].map { $0.lowercased() }
        guard encodings.count <= 1, ["gzip", "deflate", "identity", ""].contains(encodings.first ?? "") else {
            throw TransportFault(
                .malformed,
                "content encoding \"\(encodings.joined(separator: ", "))\" (expected \"gzip\" or none)"
            )
        }
        guard announced <= cap else {
            throw TransportFault(.tooLarge, "a body of \(announced) bytes was announced (expected at most \(cap))")
        }
    }
}

/// How far a fetch came, for the text of a timeout.
private final class FetchProgress: Sendable {
    private let bytes = Atomic<Int>(-1)

    func headArrived() {
        bytes.store(0, ordering: .relaxed)
    }

    func received(_ count: Int) {
        bytes.add(count, ordering: .relaxed)
    }

    func timeout(after deadline: Duration) -> TransportFault {
        let count = bytes.load(ordering: .relaxed)
        let found = count < 0 ? "no answer" : "an answer cut at \(count) bytes"
        return TransportFault(.timeout, "\(found) after \(deadline.spokenText) (expected a whole answer by then)")
    }
}
