import ChargingModel
import Sources
import Testing

/// What must hold for every adapter.
enum AdapterConformance {
    /// Checks an adapter with the pages of one good answer.
    static func check(_ adapter: any FeedAdapter, feed: FeedDescriptor, pages: [[UInt8]]) throws {
        #expect(FeedID(adapter.id) != nil)
        #expect(FeedID(adapter.family) != nil)
        #expect(adapter.mappingVersion >= 1)
        #expect(feed.adapter == adapter.id)
        try checkRequests(adapter, feed: feed, pages: pages)
        var ids: [String] = []
        for page in pages {
            let parts = try adapter.split(page)
            #expect(!parts.elements.isEmpty)
            #expect(parts == (try adapter.split(page)))
            #expect(parts.unknownFields.isEmpty)
            for element in parts.elements {
                let mapped = adapter.map(page[element], feed: feed)
                #expect(mapped == adapter.map(Array(page[element])[...], feed: feed))
                #expect(mapped.isBalanced)
                let record = try #require(mapped.record)
                check(record, feed: feed)
                ids += record.points.map(\.point.sourceID)
            }
            try checkBadAnswers(adapter, page: page)
        }
        #expect(Set(ids).count == ids.count)
    }

    private static func checkRequests(_ adapter: any FeedAdapter, feed: FeedDescriptor, pages: [[UInt8]]) throws {
        let credential = feed.needsCredentials ? Secret("key") : nil
        var walk = PageWalk(adapter: adapter, feed: feed, credential: credential)
        var asked = [try walk.first().url]
        for page in pages { asked += try walk.next(after: page).map { [$0.url] } ?? [] }
        #expect(asked.count == pages.count)
        #expect(asked.allSatisfy { $0.hasPrefix(feed.url) })
        if feed.needsCredentials {
            #expect(throws: SourceError.self) { try adapter.firstRequest(for: feed, credential: nil) }
        }
    }

    private static func check(_ record: StationRecord, feed: FeedDescriptor) {
        let station = record.station
        #expect(!station.sourceID.isEmpty)
        if let latitude = station.latitude, let longitude = station.longitude {
            let box = feed.boundingBox ?? BoundingBox(south: 34, west: -25, north: 72, east: 45)
            #expect(box.contains(latitude: latitude, longitude: longitude))
        }
        #expect(station.country?.utf8.count ?? 2 == 2)
        for point in record.points {
            #expect(!point.point.sourceID.isEmpty)
            #expect(point.point.capabilities == Set(point.point.capabilities).sorted())
            for connector in point.connectors.map(\.connector) {
                #expect((0.5...1_500).contains(connector.maxPowerKilowatts ?? 1))
                #expect((12...1_500).contains(connector.voltageVolts ?? 12))
                #expect((1...3_000).contains(connector.currentAmperes ?? 1))
            }
        }
    }

    /// Bad answers are faults of the documented kind, never an answer without stations.
    private static func checkBadAnswers(_ adapter: any FeedAdapter, page: [UInt8]) throws {
        let bad: [[UInt8]] = [
            [], Array(" \n".utf8), Array("<!DOCTYPE html><p>Sorry</p>".utf8), Array(page.dropLast(3)),
            Array(page.prefix(page.count / 2)), page + Array("x".utf8), Array("NaN".utf8), Array("[]".utf8),
            Array(repeating: UInt8(ascii: "["), count: 100_000),
        ]
        for answer in bad {
            let fault = #expect(throws: AnswerFault.self) { try adapter.split(answer) }
            #expect(fault?.outcome == .malformed)
        }
        let fault = #expect(throws: AnswerFault.self) { try adapter.split(Array(#"{"error": "x"}"#.utf8)) }
        #expect(fault?.outcome == .suspect)
    }
}
