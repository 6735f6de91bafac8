internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

extension ExchangeFault {
    /// Sorts an error of the HTTP client.
    ///
    /// Its own texts are used only where they hold nothing that we sent.
    init(classifying error: any Error) {
        switch error {
        case let fault as ExchangeFault: self = fault
        case is CancellationError: self.init(.cancelled, "the call was cancelled")
        case let error as HTTPClientError: self.init(error)
        case let error as NIOConnectionError: self.init(error)
        case let error as ChannelError: self.init(error)
        case let error as IOError: self.init(.connectionFailed, "\(error) (expected a whole answer)")
        case NIOSSLError.uncleanShutdown, HTTPParserError.invalidEOFState:
            self.init(.connectionFailed, "the connection ended before the answer was whole (expected all of it)")
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            self.init(.tlsFailed, "\(error) (expected a trusted certificate for the host)")
        case let error as HTTPParserError: self.init(.malformed, "\(error) (expected HTTP/1.1)")
        default: self.init(.connectionFailed, "\(String(reflecting: type(of: error))) (expected a whole answer)")
        }
    }

    private init(_ error: HTTPClientError) {
        switch error {
        case .cancelled:
            self.init(.cancelled, "the call was cancelled")
        case .deadlineExceeded, .readTimeout, .writeTimeout, .connectTimeout, .tlsHandshakeTimeout,
            .getConnectionFromPoolTimeout:
            self.init(.timeout, "\(error.shortDescription.lowercased()) (expected a whole answer in time)")
        case .remoteConnectionClosed, .uncleanShutdown:
            self.init(.connectionFailed, "the server closed the connection (expected a whole answer)")
        default:
            // `description` can hold header values; this text cannot.
            self.init(.malformed, "\(error.shortDescription.lowercased()) (expected an HTTP exchange)")
        }
    }

    private init(_ error: NIOConnectionError) {
        let attempts = error.connectionErrors.map(\.error)
        let isTimeout = !attempts.isEmpty && attempts.allSatisfy { ($0 as? ChannelError)?.isConnectTimeout ?? false }
        let cause =
            attempts.first.map { String(describing: $0) }
            ?? (error.dnsAError ?? error.dnsAAAAError).map { String(describing: $0) } ?? "the name has no address"
        self.init(
            isTimeout ? .timeout : .connectionFailed,
            "no connection to \(error.host):\(error.port): \(cause) (expected one)"
        )
    }

    private init(_ error: ChannelError) {
        self.init(
            error.isConnectTimeout ? .timeout : .connectionFailed,
            "\(error) (expected a connection that lasts)"
        )
    }
}

extension ChannelError {
    fileprivate var isConnectTimeout: Bool {
        if case .connectTimeout = self { return true }
        return false
    }
}
