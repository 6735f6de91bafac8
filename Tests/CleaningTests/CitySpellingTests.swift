import ChargingModel
import Cleaning
import Foundation
import Sources
import TestSupport
import Testing

/// City spellings are cleaned by the lists of places; a mere spelling change is no change of the station.
@Suite struct CitySpellingTests {
    private static let slots = (0..<6).map { SmallFeed.day.start.adding(seconds: $0 * 600) }

    private func bodies(_ cities: [String]) -> [(slot: UTCTime, body: [UInt8]?)] {
        zip(Self.slots, cities).map { slot, city in
            let station = SmallFeed.station("1", city: city, points: [("11", "AVAILABLE")])
            return (slot, SmallFeed.envelope([station]))
        }
    }

    private func catalog(_ file: String = #"{"places": []}"#) throws -> PlaceCatalog {
        try PlaceCatalog.builtIn().merging(contentsOfFile: Array(file.utf8), named: "my.json")
    }

    private func stations(_ cities: [String], places: PlaceCatalog) async throws -> [[String: String]] {
        try await withTemporaryFolder { folder in
            let feed = try SmallFeed(folder, places: places)
            try feed.poll(bodies(cities))
            return try await feed.rows(of: feed.clean()[0], .chargingStations)
        }
    }

    @Test func `another spelling of a city makes no version, and the last one is kept as written`() async throws {
        let rows = try await stations(
            ["Stuttgart", "STUTTGART", "Stuttgart H", "Stuttgart Bad Canstatt"],
            places: catalog()
        )
        #expect(rows.count == 1)
        #expect(rows[0]["city_id"] == "de/stuttgart")
        #expect(rows[0]["city_name"] == "Stuttgart Bad Canstatt")
        #expect(rows[0]["city_key"] == "\(Place.key(ofCity: "de/stuttgart").value)")
        #expect(rows[0]["seen_to"] == Self.slots[3].sqlText)
    }

    @Test func `another city makes a version`() async throws {
        let rows = try await stations(["Stuttgart", "Gerlingen", "Stuttgart"], places: catalog())
        #expect(rows.map { $0["city_id"] } == ["de/stuttgart", "de/gerlingen", "de/stuttgart"])
        #expect(rows[0]["attr_hash"] == rows[2]["attr_hash"] && rows[0]["attr_hash"] != rows[1]["attr_hash"])
    }

    @Test func `without an alias a spelling is a city of its own`() async throws {
        let rows = try await stations(["Stuttgart", "Stuttgart H"], places: PlaceCatalog())
        #expect(rows.map { $0["city_id"] } == ["de/stuttgart", "de/stuttgart h"])
    }

    @Test func `where the answer names no city the feed's name stands for it`() async throws {
        let rows = try await stations([""], places: catalog())
        #expect(rows[0]["city_id"] == "de/testheim" && rows[0]["city_name"] == "Testheim")
    }

    @Test func `a new alias makes slices stale, a new number of inhabitants does not`() async throws {
        try await withTemporaryFolder { folder in
            let places = try catalog()
            let feed = try SmallFeed(folder, places: places)
            try feed.poll(bodies(["Stuttgart", "Stgt"]))
            #expect(try await feed.rows(of: feed.clean()[0], .chargingStations).count == 2)
            let counted = try catalog(
                """
                {"population_source": "invented", "population_date": "2026-01-01",
                 "places": [{"city_id": "de/stuttgart", "population": 1}]}
                """
            )
            let named = try catalog(
                #"{"places": [{"city_id": "de/stuttgart", "aliases": [{"spelling": "Stgt"}]}]}"#
            )
            #expect(try await outcome(of: feed, places: counted) == .unchanged)
            #expect(try await outcome(of: feed, places: named) == .cleaned)
            let manifest = try #require(try feed.store.manifest(feed.descriptor.id, SmallFeed.day))
            #expect(try feed.rows(of: manifest, .chargingStations).map { $0["city_id"] } == ["de/stuttgart"])
            #expect(try await outcome(of: feed, places: named) == .unchanged)
        }
    }

    private func outcome(of feed: SmallFeed, places: PlaceCatalog) async throws -> Cleaner.Result.Outcome? {
        let cleaner = Cleaner(archive: feed.archive, store: feed.store, rules: CleaningRules(), places: places)
        let adapter = try AdapterRegistry.builtIn.adapter(for: feed.descriptor)
        var outcome: Cleaner.Result.Outcome?
        try await cleaner.clean(feed.descriptor, adapter: adapter, days: [SmallFeed.day]) { outcome = $0.outcome }
        return outcome
    }
}
