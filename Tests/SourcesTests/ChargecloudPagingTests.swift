import ChargingModel
import Sources
import Testing

@Suite struct ChargecloudPagingTests {
    private func page(_ count: Int, next: String? = nil) -> [UInt8] {
        let elements = (0..<count).map { #"{"id": \#($0)}"# }.joined(separator: ",")
        let cursor = next.map { #""next": \#($0), "# } ?? ""
        return Array(#"{\#(cursor)"status_code": 1000, "data": [\#(elements)], "items": [\#(elements)]}"#.utf8)
    }

    @Test func `surface A asks once`() throws {
        let feed = try Chargecloud.feed("chargecloud/koeln")
        var walk = PageWalk(adapter: ChargecloudAdapter(.poi), feed: feed, credential: nil)
        #expect(try walk.first() == FeedRequest(url: "https://new-poi.chargecloud.de/koeln"))
        #expect(try walk.next(after: page(5)) == nil)
    }

    @Test func `surface B asks by offset until a page is short`() throws {
        let feed = try Chargecloud.feed("chargecloud-app/maingau")
        var walk = PageWalk(adapter: ChargecloudAdapter(.app), feed: feed, credential: nil)
        #expect(try walk.first().url == feed.url + "?offset=0&limit=100")
        #expect(try walk.next(after: page(100))?.url == feed.url + "?offset=100&limit=100")
        #expect(try walk.next(after: page(100))?.url == feed.url + "?offset=200&limit=100")
        #expect(try walk.next(after: page(0)) == nil)
    }

    @Test func `surface B can ask for a box`() throws {
        var feed = try Chargecloud.feed("chargecloud-app/maingau")
        feed.paging = .boundingBox
        feed.boundingBox = BoundingBox(south: 48.5, west: 9, north: 49, east: 9.5)
        let adapter = ChargecloudAdapter(.app)
        let url = try adapter.firstRequest(for: feed, credential: nil).url
        #expect(url == feed.url + "?swlat=48.5&swlng=9.0&nelat=49.0&nelng=9.5")
        #expect(try adapter.nextRequest(after: page(100), number: 1, for: feed, credential: nil) == nil)
        feed.boundingBox = nil
        #expect(throws: SourceError.self) { try adapter.firstRequest(for: feed, credential: nil) }
    }

    @Test func `surface C follows the cursor with its key`() throws {
        let feed = try Chargecloud.feed("chargecloud-afir/ludwigsburg")
        var walk = PageWalk(adapter: ChargecloudAdapter(.afir), feed: feed, credential: Secret("k"))
        let first = try walk.first()
        #expect(first.url == feed.url + "?limit=100")
        #expect(first.headers.map(\.name) == ["X-Api-Key"])
        #expect(!"\(first)".contains("\"k\""))
        let next = try walk.next(after: page(1, next: #""a+b/c=""#))
        #expect(next?.url == feed.url + "?limit=100&cursor=a%2Bb%2Fc%3D")
        #expect(try walk.next(after: page(1, next: "null")) == nil)
    }

    @Test func `a repeated cursor, an endless answer and an empty first page are faults`() throws {
        let feed = try Chargecloud.feed("chargecloud-afir/ludwigsburg")
        let adapter = ChargecloudAdapter(.afir)
        var walk = PageWalk(adapter: adapter, feed: feed, credential: Secret("k"))
        _ = try walk.first()
        _ = try walk.next(after: page(1, next: #""a""#))
        #expect(throws: AnswerFault.self) { try walk.next(after: page(1, next: #""a""#)) }
        #expect(throws: AnswerFault.self) {
            try adapter.nextRequest(after: page(1, next: #""z""#), number: 500, for: feed, credential: Secret("k"))
        }
        #expect(throws: AnswerFault.self) {
            try adapter.nextRequest(after: page(0), number: 1, for: feed, credential: Secret("k"))
        }
        #expect(throws: AnswerFault.self) {
            try adapter.nextRequest(after: page(1, next: "7"), number: 1, for: feed, credential: Secret("k"))
        }
    }
}
