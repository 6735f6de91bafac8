import ChargingModel
import Sources
import Testing

@Suite struct ChargecloudRejectTests {
    @Test func `a point without uid is known by its EVSE id`() throws {
        let mapped = try Chargecloud.map(#"{"id": 1, "evses": [{"evse_id": "DE*A"}, {"id": "DE*B"}, {"status": "X"}]}"#)
        #expect(mapped.record?.points.map(\.point.sourceID) == ["DE*A", "DE*B"])
        #expect(mapped.rejectRules == ["no_id"])
        #expect(mapped.rejects.first?.pointer == "/evses/2")
        #expect(mapped.findings.filter { $0.rule == "fallback_id" }.count == 2)
        #expect(mapped.isBalanced)
    }

    @Test
    func
        `the second of two equal connector ids is rejected; equal points are left to cleaning, which sees the whole answer`()
        throws
    {
        let connectors = #"[{"id": 5}, {"id": "5"}]"#
        let mapped = try Chargecloud.map(
            #"{"id": 1, "evses": [{"uid": 2, "connectors": \#(connectors)}, {"uid": "2", "connectors": \#(connectors)}]}"#
        )
        #expect(mapped.rejectRules == ["duplicate_id", "duplicate_id"])
        #expect(mapped.record?.points.map(\.position) == [0, 1])
        #expect(mapped.isBalanced)
    }

    @Test func `a connector without id gets one from its point`() throws {
        let mapped = try Chargecloud.map(#"{"id": 1, "evses": [{"uid": 2, "connectors": [{}, {"id": ""}]}]}"#)
        #expect(mapped.record?.points.first?.connectors.map(\.connector.sourceID) == ["2#0", "2#1"])
        #expect(mapped.findings.filter { $0.rule == "derived_id" }.count == 2)
    }

    @Test(arguments: [
        (#"{"id": 1, "id": 2, "evses": [{"uid": 3}]}"#, ["duplicate_key", "parent_rejected"]),
        (#"{"id": 1, "operator": {"name": "a", "name": "b"}}"#, ["duplicate_key"]),
        (#"{"id": 1, "evses": [], "evses": [{"uid": 3}]}"#, ["duplicate_key", "parent_rejected"]),
        (#"{"id": 1, "evses": [{"uid": 3, "uid": 4}, {"uid": 5}]}"#, ["duplicate_key"]),
        (#"{"id": 1, "evses": [{"uid": 3, "connectors": [{"id": 1, "id": 1}]}]}"#, ["duplicate_key"]),
    ])
    func `a record with a key twice is rejected alone`(element: String, rules: [String]) throws {
        let mapped = try Chargecloud.map(element)
        #expect(mapped.rejectRules == rules)
        #expect(mapped.isBalanced)
    }

    @Test func `a key twice among many is found`() throws {
        let many = (0..<500).map { #""k\#($0)": 1"# }.joined(separator: ", ")
        #expect(try Chargecloud.map(#"{"id": 1, \#(many)}"#).rejects.isEmpty)
        #expect(try Chargecloud.map(#"{"id": 1, \#(many), "k77": 2}"#).rejectRules == ["duplicate_key"])
    }

    @Test func `points and connectors beyond the bounds are rejected`() throws {
        let points = (0..<202).map { #"{"uid": \#($0)}"# }.joined(separator: ",")
        let many = try Chargecloud.map(#"{"id": 1, "evses": [\#(points)]}"#)
        #expect(many.rejectRules == ["too_many", "too_many"])
        #expect(many.isBalanced)
        let connectors = (0..<51).map { #"{"id": \#($0)}"# }.joined(separator: ",")
        let one = try Chargecloud.map(#"{"id": 1, "evses": [{"uid": 2, "connectors": [\#(connectors)]}]}"#)
        #expect(one.rejectRules == ["too_many"])
        #expect(one.isBalanced)
    }

    @Test(arguments: [
        "", "{", #"{"id": 1"#, #"{"id": 1} x"#, #"{"id": 123456789012345678901234567890}"#, #"{"id": NaN}"#,
        #"{"id": "\#u{1}"}"#, "[1]", "7", "null", String(repeating: "[", count: 100_000),
        #"{"id": 1, "a": "# + String(repeating: "[", count: 70) + String(repeating: "]", count: 70) + "}",
    ])
    func `an element that is no JSON object is one rejected station`(element: String) throws {
        let mapped = try Chargecloud.map(element)
        #expect(mapped.record == nil)
        #expect(mapped.read == RecordCounts(stations: 1))
        #expect(mapped.rejectRules == ["malformed_element"])
        #expect((mapped.rejects.first?.fragment?.utf8.count ?? 0) <= 4_000)
    }

    @Test func `invalid UTF-8 and lone surrogates never crash`() throws {
        let feed = try Chargecloud.feed("chargecloud/koeln")
        let invalid = Array(#"{"id": 1, "name": ""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
        #expect(ChargecloudAdapter(.poi).map(invalid[...], feed: feed).rejectRules == ["malformed_element"])
        for escape in [#"\ud800"#, #"\udc00"#, #"\ud800\ud800"#, #"\ud83d\ude00"#] {
            let mapped = try Chargecloud.map(#"{"id": 1, "name": "\#(escape)"}"#)
            #expect(mapped.isBalanced)
        }
        #expect(try Chargecloud.map(#"{"id": 1, "name": "\ud83d\ude00"}"#).record?.station.name == "\u{1F600}")
    }

    @Test func `a text with a NUL is no value and a finding`() throws {
        let mapped = try Chargecloud.map(#"{"id": 1, "name": "a\u0000b"}"#)
        #expect(mapped.record?.station.name == nil)
        #expect(mapped.findingRules == ["nul_character"])
    }

    @Test func `a station written anew maps to the same record`() throws {
        let page = try Chargecloud.fixture("poi-stuttgart.json")
        let feed = try Chargecloud.feed("chargecloud/sw-stuttgart")
        let adapter = ChargecloudAdapter(.poi)
        for element in try adapter.split(page).elements {
            let again = try JSONText.read(page[element]) { $0.canonicalText }.get()
            #expect(adapter.map(Array(again.utf8)[...], feed: feed) == adapter.map(page[element], feed: feed))
        }
    }
}
