public import ChargingModel

/// One HTTP answer of a poll, as it was received (after content decoding).
public struct CapturedPage: Hashable, Sendable {
    /// The URL that was asked.
    public var url: String
    public var requestedAt: UTCTime
    public var receivedAt: UTCTime
    public var httpStatus: Int
    /// Names as the server wrote them, in order. `Content-Encoding` is that of the wire, not of `body`.
    public var headers: [HeaderField]
    public var body: [UInt8]

    /// Creates a page.
    public init(
        url: String,
        requestedAt: UTCTime,
        receivedAt: UTCTime,
        httpStatus: Int,
        headers: [HeaderField],
        body: [UInt8]
    ) {
        self.url = url
        self.requestedAt = requestedAt
        self.receivedAt = receivedAt
        self.httpStatus = httpStatus
        self.headers = headers
        self.body = body
    }
}

/// One HTTP header field.
public struct HeaderField: Hashable, Sendable, Codable {
    public var name: String
    public var value: String

    /// Creates a header field.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What is known of one poll: the line of the poll log that is archived with, or instead of, its answer.
///
/// Times are UTC. The time of the observation is the `slot`; the real times of the request stand beside it.
public struct PollRecord: Hashable, Sendable, Codable {
    public var feed: FeedID
    public var slot: UTCTime
    public var requestedAt: UTCTime
    public var finishedAt: UTCTime
    public var outcome: PollOutcome
    /// The HTTP status of the last answer, where there was one.
    public var httpStatus: Int?
    /// Requests sent for this poll, repetitions included; 0 for an imported or a skipped one.
    public var attempts: Int
    /// What was found and expected, where the outcome is not `ok`.
    public var detail: String?
    /// Who polled: host name and process, or `import`.
    public var collector: String

    /// Creates a poll record.
    public init(
        feed: FeedID,
        slot: UTCTime,
        requestedAt: UTCTime,
        finishedAt: UTCTime,
        outcome: PollOutcome,
        httpStatus: Int? = nil,
        attempts: Int,
        detail: String? = nil,
        collector: String
    ) {
        self.feed = feed
        self.slot = slot
        self.requestedAt = requestedAt
        self.finishedAt = finishedAt
        self.outcome = outcome
        self.httpStatus = httpStatus
        self.attempts = attempts
        self.detail = detail
        self.collector = collector
    }
}

/// A poll with the pages of its answer: the unit that is archived whole or not at all.
///
/// A poll without an answer has no pages. Several polls of one slot can exist; `Cleaning` chooses.
public struct Capture: Hashable, Sendable {
    public var poll: PollRecord
    public var pages: [CapturedPage]

    /// Creates a capture.
    public init(poll: PollRecord, pages: [CapturedPage]) {
        self.poll = poll
        self.pages = pages
    }
}

/// A capture read back from the archive.
public struct ArchivedCapture: Hashable, Sendable {
    public var poll: PollRecord
    public var pages: [CapturedPage]
    /// The digest of each page's body, in page order.
    public var digests: [ContentDigest]

    /// Creates a capture as read.
    public init(poll: PollRecord, pages: [CapturedPage], digests: [ContentDigest]) {
        self.poll = poll
        self.pages = pages
        self.digests = digests
    }
}
