import ChargingModel
import Foundation
import Sources
import TestSupport
import Testing

@Suite struct MobieTests {
    private static func feed() throws -> FeedDescriptor { try FeedCatalog.builtIn().feed("mobie/weekly") }

    private static func fixture() throws -> [UInt8] {
        let path = PackageRoot.appending("Tests/SourcesTests/Fixtures/mobie/made-up.json")
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private static func map(_ element: String) throws -> MappedStation {
        MobieExportAdapter().map(Array(element.utf8)[...], feed: try feed())
    }

    /// A station with one point and one connector; parts are added before the closing brackets.
    private static func station(_ station: String = "", point: String = "", connector: String = "") -> String {
        """
        {"location_id": "1"\(station), "evses": [{"evse_id": "2"\(point), "connectors": [{"id": "3"\(connector)}]}]}
        """
    }

    @Test func `the adapter conforms`() throws {
        try AdapterConformance.check(MobieExportAdapter(), feed: Self.feed(), pages: [Self.fixture()])
    }

    @Test func `the fixture maps to the golden records`() throws {
        let adapter = try AdapterRegistry.builtIn.adapter(for: Self.feed())
        let page = try Self.fixture()
        var text = ""
        for element in try adapter.split(page).elements {
            dump(adapter.map(page[element], feed: try Self.feed()), to: &text)
        }
        try Golden.check(text, file: "mobie/made-up.txt")
    }

    @Test func `a power in watts becomes kilowatts, and one in kilowatts stays with a finding`() throws {
        let watts = try Self.map(Self.station(connector: #", "max_electric_power": "3700""#))
        #expect(watts.firstConnector?.connector.maxPowerKilowatts == 3.7)
        #expect(watts.findingRules == ["missing_status"])
        let kilowatts = try Self.map(Self.station(connector: #", "max_electric_power": "22""#))
        #expect(kilowatts.firstConnector?.connector.maxPowerKilowatts == 22)
        #expect(kilowatts.findingRules.contains("power_unit_mixed"))
        let neither = try Self.map(Self.station(connector: #", "max_electric_power": "0""#))
        #expect(neither.firstConnector?.connector.maxPowerKilowatts == nil)
        #expect(neither.findingRules.contains("power_out_of_range"))
    }

    @Test func `a misspelt status is unknown without a finding, and keeps its text`() throws {
        let mapped = try Self.map(Self.station(point: #", "status": "UNKWNOWN""#))
        #expect(mapped.record?.points.first?.status == ReportedStatus(.unknown, rawText: "UNKWNOWN"))
        #expect(mapped.findings.isEmpty)
        let odd = try Self.map(Self.station(point: #", "status": "FLYING""#))
        #expect(odd.record?.points.first?.status == ReportedStatus(.unknown, rawText: "FLYING"))
        #expect(odd.findingRules == ["unknown_status"])
    }

    @Test func `the time of a record dates the point, and makes no attribute of the station`() throws {
        let times = #", "last_updated": "2021-04-06T09:45:14Z""#
        let mapped = try Self.map(Self.station(times, point: times, connector: times))
        #expect(mapped.record?.points.first?.status.reportedAt == UTCTime("2021-04-06T09:45:14Z"))
        #expect(mapped.record?.station == ChargingStation(sourceID: "1"))
        #expect(mapped.firstConnector?.connector == Connector(sourceID: "3"))
    }

    @Test func `unknown fields are kept in extra at every level`() throws {
        let mapped = try Self.map(Self.station(#", "a": "1""#, point: #", "b": null"#, connector: #", "c": "3""#))
        #expect(mapped.record?.station.extraJSON == #"{"a":"1"}"#)
        #expect(mapped.record?.points.first?.point.extraJSON == #"{"b":null}"#)
        #expect(mapped.firstConnector?.connector.extraJSON == #"{"c":"3"}"#)
    }

    @Test(arguments: [
        (
            #"{"party_id": "A", "evses": [{"evse_id": "2", "connectors": [{}]}]}"#,
            ["no_id", "parent_rejected", "parent_rejected"]
        ),
        (
            #"{"location_id": "1", "evses": [{"connectors": [{}, {}]}]}"#,
            ["no_id", "parent_rejected", "parent_rejected"]
        ),
        (#"{"location_id": "1", "evses": [{"evse_id": "2"}, {"evse_id": "2"}]}"#, ["duplicate_id"]),
        (#"{"location_id": "1", "evses": [7]}"#, ["not_an_object"]),
        (#"{"location_id": "1", "evses": [{"evse_id": "2", "connectors": [7]}]}"#, ["not_an_object"]),
        (
            #"{"location_id": "1", "evses": [{"evse_id": "2", "connectors": [{"id": "3"}, {"id": "3"}]}]}"#,
            ["duplicate_id"]
        ),
        (#"{"location_id": "1", "location_id": "2"}"#, ["duplicate_key"]),
        (#"{"location_id": "1", "evses": [{"evse_id": "2", "evse_id": "3"}]}"#, ["duplicate_key"]),
        ("{", ["malformed_element"]), ("7", ["malformed_element"]),
    ])
    func `a record that cannot be used is rejected and counted`(element: String, rules: [String]) throws {
        let mapped = try Self.map(element)
        #expect(mapped.rejectRules == rules)
        #expect(mapped.isBalanced)
    }

    @Test func `connectors that are no list are a finding of the point`() throws {
        let mapped = try Self.map(
            #"{"location_id": "1", "evses": [{"evse_id": "2", "status": "PLANNED", "connectors": "x"}]}"#
        )
        #expect(mapped.record?.points.first?.connectors.isEmpty == true)
        #expect(mapped.findingRules == ["wrong_type"])
    }

    @Test(arguments: [#"{"data": []}"#, #"{"data": 7}"#, #"{"export_date": "2021-04-06"}"#])
    func `an answer without stations is suspect`(page: String) throws {
        let fault = #expect(throws: AnswerFault.self) { try MobieExportAdapter().split(Array(page.utf8)) }
        #expect(fault?.outcome == .suspect)
    }
}

@Suite struct MobieExportTests {
    private static let date = UTCDay(number: 18_723)  // 2021-04-06

    private static func export(_ locations: [[String?]], _ points: [[String?]]) -> MobieExport {
        MobieExport(
            date: date,
            locations: .init(columns: ["snapshot_date", "location_id", "city"], values: locations),
            points: .init(columns: ["snapshot_date", "location_id", "evse_id", "connectors"], values: points)
        )
    }

    @Test func `the answer has the files' own names and texts, in the order of ids`() {
        let export = Self.export(
            [["d", "B", "São \"X\"\n"], ["d", "A", nil]],
            [["d", "A", "A2", #"[{"id":  "c"}]"#], ["d", "A", "A1", "no JSON"], ["d", "A", "A0", nil]]
        )
        let expected = """
            {"export_date":"2021-04-06","data":[
            {"location_id":"A","city":null,"evses":[{"evse_id":"A0","connectors":null},\
            {"evse_id":"A1","connectors":"no JSON"},{"evse_id":"A2","connectors":[{"id":  "c"}]}]},
            {"location_id":"B","city":"São \\"X\\"\\n","evses":[]}
            ]}

            """
        #expect(String(decoding: export.answer, as: UTF8.self) == expected)
        #expect(export.slot == UTCTime("2021-04-06T00:00:00Z"))
    }

    @Test func `the order of rows does not matter`() {
        let locations: [[String?]] = [["d", "A", "x"], ["d", "B", "y"], ["d", nil, "z"], ["d", "A", "w"]]
        let points: [[String?]] = [
            ["d", "A", "1", nil], ["d", "C", "2", nil], ["d", "A", "3", nil], ["d", nil, nil, "[]"],
        ]
        let straight = Self.export(locations.sorted { $0[2] ?? "" < $1[2] ?? "" }, points)
        let reversed = Self.export(locations.sorted { $0[2] ?? "" < $1[2] ?? "" }, points.reversed())
        #expect(straight.answer == reversed.answer)
    }

    @Test func `no row is lost: points without a location and rows without an id become rejects or stations`() throws {
        let export = Self.export(
            [["d", "A", "x"], ["d", nil, "y"]],
            [["d", "A", "1", "[]"], ["d", "C", "2", "[]"], ["d", nil, "3", "[]"], ["d", "A", nil, "[]"]]
        )
        let feed = try FeedCatalog.builtIn().feed("mobie/weekly")
        let answer = export.answer
        var read = RecordCounts()
        var rejects: [String] = []
        for element in try MobieExportAdapter().split(answer).elements {
            let mapped = MobieExportAdapter().map(answer[element], feed: feed)
            #expect(mapped.isBalanced)
            read += mapped.read
            rejects += mapped.rejectRules
        }
        #expect(read == RecordCounts(stations: 3, points: 4))
        #expect(rejects.sorted() == ["no_id", "no_id", "parent_rejected"])
    }

    @Test(arguments: ["[", "[1]]", "{}", "],[", String(repeating: "[", count: 60) + String(repeating: "]", count: 60)])
    func `a text that would break the answer stays text`(connectors: String) throws {
        let answer = Self.export([["d", "A", "x"]], [["d", "A", "1", connectors]]).answer
        let parts = try MobieExportAdapter().split(answer)
        let feed = try FeedCatalog.builtIn().feed("mobie/weekly")
        let mapped = MobieExportAdapter().map(answer[try #require(parts.elements.first)], feed: feed)
        #expect(mapped.record?.points.first?.point.evseID == "1")
        #expect(mapped.findingRules == ["wrong_type", "missing_status"])
    }
}
