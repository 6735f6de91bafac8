public import ChargingModel
public import RawArchive
public import Sources

/// Where captures go: the door to the raw archive.
public struct CaptureStore: Sendable {
    /// Writes one capture, whole or not at all.
    ///
    /// An implementation does not react to cancellation once it has begun, and throws only where the capture is not
    /// safe: the acquisition then stops, because data would be lost.
    public var append: @Sendable (Capture) async throws -> Void

    /// The validators of the newest answer of an address on a UTC day.
    ///
    /// Only of a capture that was `ok` and had one page: a 304 to them means "the same good answer". `nil` where there
    /// is none. It is asked once a feed and process; after that the poller remembers.
    public var validators: @Sendable (_ feed: FeedID, _ url: String, _ day: UTCDay) async throws -> PageValidators?

    /// Creates a store.
    public init(
        append: @escaping @Sendable (Capture) async throws -> Void,
        validators: @escaping @Sendable (_ feed: FeedID, _ url: String, _ day: UTCDay) async throws -> PageValidators?
    ) {
        self.append = append
        self.validators = validators
    }
}

/// A feed, ready to be polled: its descriptor with its adapter and its credential.
public struct PollTarget: Sendable {
    /// What is polled, and how often.
    public var feed: FeedDescriptor
    /// Makes the feed's requests and reads its answers.
    public var adapter: any FeedAdapter
    /// `nil` where the feed needs none, or there is none: its poll is then recorded as `skipped`.
    public var credential: Secret?

    /// Creates a target.
    public init(feed: FeedDescriptor, adapter: any FeedAdapter, credential: Secret? = nil) {
        self.feed = feed
        self.adapter = adapter
        self.credential = credential
    }
}
