public import ChargingModel
public import RawArchive
public import Sources

/// The way to a server: one closure that fetches one page.
///
/// It neither repeats nor judges; ``Poller`` does.
public struct HTTPTransport: Sendable {
    /// Sends one GET, follows its redirects and returns the whole answer, of whatever HTTP status.
    public var fetch: @Sendable (PageRequest, FetchLimits) async throws(TransportFault) -> FetchedPage

    /// Creates a transport.
    public init(
        fetch: @escaping @Sendable (PageRequest, FetchLimits) async throws(TransportFault) -> FetchedPage
    ) {
        self.fetch = fetch
    }
}

/// One GET with what makes it conditional.
public struct PageRequest: Hashable, Sendable {
    /// The URL and the header fields that the feed's adapter asks for.
    public var feedRequest: FeedRequest
    /// Sent as `If-None-Match` and `If-Modified-Since`; `nil` for an unconditional request.
    public var validators: PageValidators?

    /// Creates a request.
    public init(_ feedRequest: FeedRequest, validators: PageValidators? = nil) {
        self.feedRequest = feedRequest
        self.validators = validators
    }
}

/// What a server gave to recognise an answer by, word for word.
public struct PageValidators: Hashable, Sendable {
    /// The value of `ETag`.
    public var etag: String?
    /// The value of `Last-Modified`.
    public var lastModified: String?

    /// Creates validators; `nil` where there are none.
    public init?(etag: String?, lastModified: String?) {
        guard etag != nil || lastModified != nil else { return nil }
        self.etag = etag
        self.lastModified = lastModified
    }
}

/// Bounds of one fetch.
public struct FetchLimits: Hashable, Sendable {
    /// From the call to the last byte of the body.
    public var deadline: Duration
    /// Largest body after content decoding; a larger one is a fault `tooLarge`.
    public var maximumBytes: Int
    /// Most of the body that is read of an answer with another status than 200; the rest is left.
    public var maximumErrorBytes: Int
    /// Most redirects that are followed.
    public var maximumRedirects: Int

    /// Creates bounds.
    public init(deadline: Duration, maximumBytes: Int, maximumErrorBytes: Int, maximumRedirects: Int) {
        self.deadline = deadline
        self.maximumBytes = maximumBytes
        self.maximumErrorBytes = maximumErrorBytes
        self.maximumRedirects = maximumRedirects
    }
}

/// One answer as received, after content decoding.
public struct FetchedPage: Hashable, Sendable {
    /// The status code of the last answer, after redirects.
    public var httpStatus: Int
    /// The header fields, as received and in order.
    public var headers: [HeaderField]
    /// The body, after content decoding.
    public var body: [UInt8]
    /// Whether the body of an error answer was cut at ``FetchLimits/maximumErrorBytes``.
    public var isCut: Bool

    /// Creates an answer.
    public init(httpStatus: Int, headers: [HeaderField], body: [UInt8], isCut: Bool = false) {
        self.httpStatus = httpStatus
        self.headers = headers
        self.body = body
        self.isCut = isCut
    }

    /// The value of the first field of a name, in any case of letters.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }
}

/// Why a fetch gave no answer.
///
/// Its texts hold no credential.
public struct TransportFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of fault.
    public enum Kind: String, CaseIterable, Sendable {
        case timeout
        case connectionFailed
        case tlsFailed
        case tooLarge
        case redirectLoop
        case malformed
        /// The task was cancelled: no finding about the server.
        case cancelled
    }

    /// What kind of fault.
    public var kind: Kind
    /// Found and expected: `no answer within 30 s (expected a whole body)`.
    public var detail: String

    /// Creates a fault.
    public init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    /// The kind and what was found, in one line.
    public var description: String { "\(kind.rawValue): \(detail)" }

    /// Whether the same request may succeed a moment later.
    public var isTransient: Bool {
        switch kind {
        case .timeout, .connectionFailed: true
        case .tlsFailed, .tooLarge, .redirectLoop, .malformed, .cancelled: false
        }
    }

    /// The outcome of a poll that ends with this fault; `nil` for a cancelled one, which has none.
    public var outcome: PollOutcome? {
        switch kind {
        case .timeout: .timeout
        case .connectionFailed: .connectionFailed
        case .tlsFailed: .tlsFailed
        case .tooLarge: .tooLarge
        case .redirectLoop: .redirectLoop
        case .malformed: .malformed
        case .cancelled: nil
        }
    }
}
