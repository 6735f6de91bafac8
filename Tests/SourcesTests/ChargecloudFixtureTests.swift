import ChargingModel
import Sources
import TestSupport
import Testing

@Suite struct ChargecloudFixtureTests {
    @Test func `the adapter of surface A conforms`() throws {
        let feed = try Chargecloud.feed("chargecloud/sw-stuttgart")
        let pages = [try Chargecloud.fixture("poi-stuttgart.json")]
        try AdapterConformance.check(ChargecloudAdapter(.poi), feed: feed, pages: pages)
    }

    @Test func `the adapter of surface B conforms`() throws {
        let feed = try Chargecloud.feed("chargecloud-app/maingau")
        let pages = [try Chargecloud.fixture("poi-stuttgart.json")]
        try AdapterConformance.check(ChargecloudAdapter(.app), feed: feed, pages: pages)
    }

    @Test func `the adapter of surface C conforms`() throws {
        let feed = try Chargecloud.feed("chargecloud-afir/ludwigsburg")
        let pages = try ["afir-ludwigsburg-1.json", "afir-ludwigsburg-2.json"].map(Chargecloud.fixture)
        try AdapterConformance.check(ChargecloudAdapter(.afir), feed: feed, pages: pages)
    }

    @Test(arguments: [
        ("poi-stuttgart", "chargecloud/sw-stuttgart"), ("afir-ludwigsburg-1", "chargecloud-afir/ludwigsburg"),
        ("afir-ludwigsburg-2", "chargecloud-afir/ludwigsburg"),
    ])
    func `the fixtures map to the golden records`(name: String, feedID: String) throws {
        let feed = try Chargecloud.feed(feedID)
        let adapter = try AdapterRegistry.builtIn.adapter(for: feed)
        let page = try Chargecloud.fixture(name + ".json")
        let parts = try adapter.split(page)
        var text = "source time: \(parts.sourceTime?.description ?? "none")\n"
        for element in parts.elements { dump(adapter.map(page[element], feed: feed), to: &text) }
        try Golden.check(text, file: "chargecloud/\(name).txt")
    }
}

@Suite(
    .enabled(
        if: SharedData.path("payloads/chargecloud") != nil,
        SharedData.absence("payloads/chargecloud")
    )
)
struct ChargecloudCompletePayloadTests {
    @Test func `Stuttgart has 234 stations, 523 points and 526 connectors`() throws {
        let page = try Chargecloud.shared("new-poi_SW-Stuttgart_2024-10-23T131609+0200.json")
        let total = try Total(ChargecloudAdapter(.poi), Chargecloud.feed("chargecloud/sw-stuttgart"), [page])
        #expect(total.read == RecordCounts(stations: 234, points: 523, connectors: 526))
        #expect(total.statuses == [.available: 404, .charging: 109, .outOfOrder: 8, .unknown: 2])
        #expect(total.rejects.isEmpty)
        #expect(total.findings.isEmpty)
        #expect(try ChargecloudAdapter(.poi).split(page).sourceTime == UTCTime("2024-10-23T11:16:09Z"))
    }

    @Test func `Ludwigsburg has 129 stations and 367 points`() throws {
        let pages = try ["page1", "page2_last"].map {
            try Chargecloud.shared("afir-rest_ludwigsburg_2026-01-31_\($0).json")
        }
        let total = try Total(ChargecloudAdapter(.afir), Chargecloud.feed("chargecloud-afir/ludwigsburg"), pages)
        #expect(total.read.stations == 129)
        #expect(total.read.points == 367)
        let expected: [ChargingStatus: Int] = [
            .available: 262, .charging: 94, .planned: 6, .inoperative: 3, .outOfOrder: 2,
        ]
        #expect(total.statuses == expected)
        #expect(total.rejects.isEmpty)
        #expect(total.findings.isEmpty)
    }

    private struct Total {
        var read = RecordCounts()
        var statuses: [ChargingStatus: Int] = [:]
        var rejects: [Reject] = []
        var findings: [QualityFinding] = []

        init(_ adapter: any FeedAdapter, _ feed: FeedDescriptor, _ pages: [[UInt8]]) throws {
            for page in pages {
                for element in try adapter.split(page).elements {
                    let mapped = adapter.map(page[element], feed: feed)
                    #expect(mapped.isBalanced)
                    read += mapped.read
                    rejects += mapped.rejects
                    findings += mapped.findings
                    for point in mapped.record?.points ?? [] { statuses[point.status.status, default: 0] += 1 }
                }
            }
        }
    }
}
