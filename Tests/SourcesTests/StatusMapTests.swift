import ChargingModel
import Sources
import Testing

struct StatusMapTests {
    @Test func `the map of this version reads OCPI's nine and one misspelling`() {
        let map = StatusMaps.builtIn["chargecloud"]
        let expected: [String: ChargingStatus] = [
            "AVAILABLE": .available, "CHARGING": .charging, "BLOCKED": .blocked, "RESERVED": .reserved,
            "INOPERATIVE": .inoperative, "OUTOFORDER": .outOfOrder, "PLANNED": .planned, "REMOVED": .removed,
            "UNKNOWN": .unknown, "UNKWNOWN": .unknown,
        ]
        #expect(map.rows.count == expected.count)
        for (text, status) in expected { #expect(map.status(of: text) == status) }
        #expect(map.status(of: " charging\t") == .charging && map.status(of: "OUT OF ORDER") == nil)
        #expect(map.row(of: "blocked")?.source == "chargecloud 1")
        #expect(StatusMaps.builtIn.families == ["chargecloud", "mobie"] && StatusMaps.builtIn["else"].rows.isEmpty)
    }

    @Test func `a user's file adds and overrides rows, and changes the digest`() throws {
        let text = """
            {"family": "chargecloud", "version": 3, "statuses": [
                {"text": "Out  of order", "status": "outOfOrder"}, {"text": "BLOCKED", "status": "inoperative"}]}
            """
        let maps = try StatusMaps.builtIn.merging(contentsOfFile: Array(text.utf8), named: "folder/mine.json")
        let map = maps["chargecloud"]
        #expect(map.status(of: "OUT OF ORDER") == .outOfOrder && map.status(of: "blocked") == .inoperative)
        #expect(map.row(of: "blocked")?.source == "mine 3" && map.row(of: "CHARGING")?.source == "chargecloud 1")
        #expect(map.version == "chargecloud 1 + mine 3")
        #expect(map.digest != StatusMaps.builtIn["chargecloud"].digest)
        let adapter = try AdapterRegistry.reading(by: maps).adapter(for: Chargecloud.feed("chargecloud/bonn"))
        #expect(adapter.statusMap == map)
    }

    @Test(arguments: [
        ("[]", "no status map"), (#"{"family":"chargecloud","version":1}"#, "no status map"),
        (#"{"family":"chargclod","version":1,"statuses":[]}"#, "chargecloud"),
        (#"{"family":"chargecloud","version":1,"statuses":[{"text":"X","status":"charing"}]}"#, "charging"),
        (#"{"family":"chargecloud","version":1,"statuses":[{"text":"X","status":"absent"}]}"#, "absent"),
        (#"{"family":"chargecloud","version":1,"statuses":[{"text":" ","status":"charging"}]}"#, "empty"),
        (
            #"{"family":"chargecloud","version":1,"statuses":[{"text":"a","status":"charging"},{"text":"A","status":"blocked"}]}"#,
            "twice"
        ),
    ])
    func `a faulty file is refused with its place`(text: String, says: String) throws {
        let error = try #require(throws: SourceError.self) {
            try StatusMaps.builtIn.merging(contentsOfFile: Array(text.utf8), named: "mine.json")
        }
        #expect(error.kind == .badStatusMap && error.subject == "mine.json")
        #expect(error.detail.contains(says), "\(error.detail)")
    }
}
