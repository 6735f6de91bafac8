public import ChargingModel

/// One HTTP answer of a poll, as it was received (after content decoding).
public struct CapturedPage: Hashable, Sendable {
    /// The URL that was asked.
    public var url: String
    /// When the request was sent, UTC.
    public var requestedAt: UTCTime
    /// When the answer had been received, UTC.
    public var receivedAt: UTCTime
    /// The status code of the answer.
    public var httpStatus: Int
    /// Names as the server wrote them, in order.
    ///
    /// `Content-Encoding` is that of the wire, not of `body`.
    public var headers: [HeaderField]
    /// The body, after content decoding.
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
    /// The field's name, as written.
    public var name: String
    /// The field's value, as written.
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
    /// The feed that was polled.
    public var feed: FeedID
    /// The time of the observation, UTC.
    public var slot: UTCTime
    /// When the first request was sent, UTC.
    public var requestedAt: UTCTime
    /// When the poll ended, UTC.
    public var finishedAt: UTCTime
    /// How the poll ended.
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
    /// The line of the poll log.
    public var poll: PollRecord
    /// The answers, in page order; empty for a poll without one.
    public var pages: [CapturedPage]

    /// Creates a capture.
    public init(poll: PollRecord, pages: [CapturedPage]) {
        self.poll = poll
        self.pages = pages
    }
}

/// A capture read back from the archive.
public struct ArchivedCapture: Hashable, Sendable {
    /// The line of the poll log.
    public var poll: PollRecord
    /// The answers, in page order; empty for a poll without one.
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
