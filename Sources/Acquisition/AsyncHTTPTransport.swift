import AsyncHTTPClient
import NIOCore
import NIOHTTPCompression
import NIOSSL

extension HTTPTransport {
    /// Opens a transport over async-http-client for the time of `body`, with connections that are kept and re-used.
    ///
    /// One transport serves the whole process; it is closed when `body` ends, whether it throws or not.
    ///
    /// - Throws: what `body` throws, or the error of closing the connections.
    public static func withHTTPClient<Result>(
        _ configuration: AcquisitionConfiguration,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (HTTPTransport) async throws -> Result
    ) async throws -> Result {
        var settings = HTTPClient.Configuration()
        settings.httpVersion = .http1Only
        // Redirects are ours: the client would hand credentials of other names than Authorization to another host.
        settings.redirectConfiguration = .disallow
        settings.decompression = .enabled(limit: .size(configuration.limits.maximumPageBytes))
        settings.timeout.connect = configuration.limits.connectDeadline.timeAmount
        // Repetitions are ours: each is counted, recorded and polite.
        settings.connectionPool.retryConnectionEstablishment = false
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, configuration.politeness.hostLimit)
        settings.tlsConfiguration = .makeClientConfiguration()
        if let file = configuration.trustRootsFile {
            settings.tlsConfiguration?.additionalTrustRoots = [.file(file)]
        }
        return try await HTTPClient.withHTTPClient(configuration: settings) { client in
            let fetcher = PageFetcher(client: client, userAgent: configuration.userAgent)
            return try await body(
                HTTPTransport { request, limits async throws(TransportFault) in
                    try await fetcher.fetch(request, limits)
                }
            )
        }
    }
}

extension Duration {
    /// Nanoseconds for NIO, at most some 290 years.
    var timeAmount: TimeAmount {
        let (product, overflow) = wholeMicroseconds.multipliedReportingOverflow(by: 1_000)
        return .nanoseconds(overflow ? .max / 2 : product)
    }
}
