import ChargingModel
import Foundation
import Sources
import Testing

@Suite struct FeedCatalogTests {
    private static let good =
        #"{"id": "x/y", "name": "Y", "adapter": "chargecloud-poi", "url": "https://example.org/y", "interval_s": 600, "#
        + #""time_zone": "Europe/Berlin", "has_live_status": true, "needs_credentials": false, "enabled": true}"#

    private func merge(_ text: String) throws -> FeedCatalog {
        try FeedCatalog.builtIn().merging(contentsOfFile: Array(text.utf8), named: "my.json")
    }

    @Test func `the built-in feeds are the seed's 38 cities and eleven more`() throws {
        let catalog = try FeedCatalog.builtIn()
        #expect(catalog.feeds.count == 49)
        #expect(catalog.enabled.count == 38)
        #expect(catalog.enabled.allSatisfy { $0.adapter == "chargecloud-poi" && $0.intervalSeconds == 600 })
        #expect(catalog.feeds.allSatisfy { $0.licence == nil && $0.notes?.contains("No licence") == true })
        #expect(try catalog.feed("chargecloud/koeln").name == "Köln")
        #expect(try catalog.feed("chargecloud/sw-stuttgart").url == "https://new-poi.chargecloud.de/SW-Stuttgart")
        for feed in catalog.feeds { #expect(try AdapterRegistry.builtIn.adapter(for: feed).id == feed.adapter) }
    }

    @Test func `a user's file adds feeds`() throws {
        let catalog = try merge("[\(Self.good)]")
        #expect(catalog.feeds.count == 50)
        #expect(try catalog.feed("x/y").url == "https://example.org/y")
    }

    @Test(arguments: [
        (#""x/y""#, #""X/y""#, "CHG051"), (#""x/y""#, #""chargecloud/koeln""#, "CHG052"),
        ("chargecloud-poi", "chargecloud-pio", "CHG054"), ("https:", "ftp:", "CHG051"),
        ("https://example.org/y", "https://", "CHG051"), ("https://example.org/y", "https://a b/", "CHG051"),
        ("600", "59", "CHG051"), ("600", "\"600\"", "CHG051"), ("Europe/Berlin", "Europe/Brlin", "CHG051"),
        (#""name""#, #""nam""#, "CHG051"), ("false", "0", "CHG051"),
        (#""enabled": true"#, #""enabled": true, "enabled": true"#, "CHG051"),
        (#""enabled": true"#, #""enabled": true, "bounding_box": {"south": 2}"#, "CHG051"),
        (#""enabled": true"#, #""enabled": true, "since": "2026-02-30""#, "CHG051"),
        (#""enabled": true"#, #""enabled": true, "paging": "pages""#, "CHG051"),
        (#""enabled": true"#, #""enabled": true, "page_size": 0"#, "CHG051"),
    ])
    func `a wrong descriptor is a described error`(old: String, new: String, code: String) throws {
        let range = try #require(Self.good.range(of: old))
        let text = "[" + Self.good.replacingCharacters(in: range, with: new) + "]"
        let error = #expect(throws: SourceError.self) { try merge(text) }
        #expect(error?.code == code)
        #expect(error?.detail.contains("expected") == true || error?.remedy != nil)
    }

    @Test(arguments: ["", "{}", "[7]", "[", "[{}]"])
    func `a file that is no list of descriptors is a described error`(text: String) {
        #expect(throws: SourceError.self) { try merge(text) }
    }

    @Test func `an unknown feed is told with the names that are near`() throws {
        let catalog = try FeedCatalog.builtIn()
        let error = #expect(throws: SourceError.self) { try catalog.feed("chargecloud/kolen") }
        #expect(error?.detail == #"there is no feed of that name (did you mean "chargecloud/koeln"?)"#)
        let short = #expect(throws: SourceError.self) { try catalog.feed("dortmnd") }
        #expect(short?.detail.contains("chargecloud/dortmund") == true)
        let far = #expect(throws: SourceError.self) { try catalog.feed("zzzzzzzz") }
        #expect(far?.detail == "there is no feed of that name")
    }
}
