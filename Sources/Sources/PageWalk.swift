public import ChargingModel

/// The requests of one poll in order: knows which pages were asked for, so that a server cannot send in circles.
public struct PageWalk {
    private let adapter: any FeedAdapter
    private let feed: FeedDescriptor
    private let credential: Secret?
    private var asked: Set<String> = []
    private var pages = 0

    /// Starts a walk.
    public init(adapter: any FeedAdapter, feed: FeedDescriptor, credential: Secret?) {
        self.adapter = adapter
        self.feed = feed
        self.credential = credential
    }

    /// The request of the first page.
    ///
    /// - Throws: ``SourceError``.
    public mutating func first() throws -> FeedRequest {
        let request = try adapter.firstRequest(for: feed, credential: credential)
        asked = [request.url]
        pages = 0
        return request
    }

    /// The request of the page after `page`, or `nil` where `page` is the last one.
    ///
    /// - Throws: ``AnswerFault``, also where the answer points to a page that was asked for before.
    public mutating func next(after page: [UInt8]) throws -> FeedRequest? {
        pages += 1
        let request = try adapter.nextRequest(after: page, number: pages, for: feed, credential: credential)
        guard let request else { return nil }
        guard asked.insert(request.url).inserted else {
            throw AnswerFault(.suspect, "page \(pages) points to a page that was asked for before (expected a new one)")
        }
        return request
    }
}
