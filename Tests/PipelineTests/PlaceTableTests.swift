import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Sources
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

/// Cities and their spellings, from answers to the warehouse.
@Suite struct PlaceTableTests {
    private static let stuttgart = "payloads/chargecloud/new-poi_SW-Stuttgart_2024-10-23T131609+0200.json"

    private func rows(_ sql: String, in workshop: Workshop, _ name: String = "warehouse.duckdb") async throws
        -> [String]
    {
        try await workshop.withWarehouse(name) { engine in
            try await engine.query(sql, []).rows.map { row in
                row.map { value in
                    switch value {
                    case .text(let text): text
                    case .integer(let number): "\(number)"
                    case .double(let number): "\(number)"
                    case .null: "-"
                    default: String(describing: value)
                    }
                }.joined(separator: " | ")
            }
        }
    }

    private static let aliases = """
        SELECT m.country, m.alias, c.city_id, m.city_district, m.origin FROM map_city_alias m
        JOIN dim_city c ON c.city_key = m.city_key
        """

    @Test(.enabled(if: SharedData.path(stuttgart) != nil, SharedData.absence(stuttgart)))
    func `the spellings of Stuttgart's real answer are two cities`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder, places: try PlaceCatalog.builtIn())
            let feed = try FeedCatalog.builtIn().feed("chargecloud/sw-stuttgart")
            _ = try workshop.archive.importFile(
                SharedData.path(Self.stuttgart).orThrow("payload"),
                from: ImportOrigin(feed: feed.id, url: feed.url),
                slot: UTCTime("2024-10-23T11:10:00Z").orThrow("slot"),
                judge: { _ in (.ok, nil) }
            )
            try await workshop.load(workshop.clean([feed]).map(\.manifest))
            let stations = try await rows(
                """
                SELECT c.city_id, c.name, c.state_code, c.ags, c.population, COUNT(*) FROM dim_charging_station s
                JOIN dim_city c ON c.city_key = s.city_key GROUP BY ALL ORDER BY 1
                """,
                in: workshop
            )
            #expect(
                stations == [
                    "de/gerlingen | Gerlingen | - | - | - | 3",
                    "de/stuttgart | Stuttgart | DE-BW | 08111000 | 610458 | 231",
                ]
            )
            let spellings = try await rows(
                Self.aliases + " WHERE c.city_id IN ('de/stuttgart', 'de/gerlingen') ORDER BY m.alias",
                in: workshop
            )
            #expect(
                spellings == [
                    "DE | Gerlingen | de/gerlingen | - | feed",
                    "DE | Stuttgart | de/stuttgart | - | built-in",
                    "DE | Stuttgart Bad Cannstatt | de/stuttgart | Bad Cannstatt | built-in",
                    "DE | Stuttgart Bad Canstatt | de/stuttgart | Bad Cannstatt | built-in",
                    "DE | Stuttgart H | de/stuttgart | - | built-in",
                    "DE | Stuttgart-Bad Cannstatt | de/stuttgart | Bad Cannstatt | built-in",
                ]
            )
            let raw = try await rows(
                "SELECT city_name, COUNT(*) FROM dim_charging_station GROUP BY ALL ORDER BY 1",
                in: workshop
            )
            #expect(
                raw == ["Gerlingen | 3", "Stuttgart | 229", "Stuttgart Bad Canstatt | 1", "Stuttgart H | 1"]
            )
        }
    }

    private func archived(_ workshop: Workshop) throws -> ScriptedFeed {
        let script = try ScriptedFeed("test/a", first: UTCDay(number: 20_530), days: 3, seed: 5)
        let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
        for capture in script.captures { _ = try writer.append(capture) }
        try writer.close()
        return script
    }

    private func catalog(_ places: String) throws -> PlaceCatalog {
        let file = """
            {"population_source": "invented", "population_date": "2026-01-01", "places": [\(places)]}
            """
        return try PlaceCatalog.builtIn().merging(contentsOfFile: Array(file.utf8), named: "my.json")
    }

    @Test func `a user's place and aliases reach the warehouse, and a changed figure needs no cleaning`() async throws {
        try await withTemporaryFolder { folder in
            let testheim = #"""
                {"city_id": "de/musterstadt", "name": "Musterstadt", "country": "DE", "time_zone": "Europe/Berlin",
                 "population": 1000, "aliases": [{"spelling": "TESTHEIM", "city_district": "Nord"}]}
                """#
            let workshop = Workshop(folder, places: try catalog(testheim))
            let script = try archived(workshop)
            let manifests = try await workshop.clean([script.feed]).map(\.manifest)
            #expect(try await workshop.load(manifests) == 3)
            let sql = Self.aliases + " WHERE c.city_id = 'de/musterstadt' ORDER BY m.alias"
            #expect(
                try await rows(sql, in: workshop) == [
                    "DE | Musterstadt | de/musterstadt | - | configuration",
                    "DE | TESTHEIM | de/musterstadt | Nord | configuration",
                    "DE | Testheim | de/musterstadt | Nord | configuration",
                ]
            )
            let population =
                "SELECT population, CAST(population_date AS VARCHAR) FROM dim_city WHERE city_id = 'de/musterstadt'"
            #expect(try await rows(population, in: workshop) == ["1000 | 2026-01-01"])

            let later = Workshop(folder, places: try catalog(testheim.replacing("1000", with: "1100")))
            #expect(try await later.clean([script.feed]).allSatisfy { $0.outcome == .unchanged })
            #expect(try await later.load(manifests) == 0)
            #expect(try await rows(population, in: workshop) == ["1100 | 2026-01-01"])
        }
    }

    @Test func `a changed alias moves stations to the other city, as a warehouse from nothing has them`() async throws {
        try await withTemporaryFolder { folder in
            let before = Workshop(folder, places: try PlaceCatalog.builtIn())
            let script = try archived(before)
            try await before.load(before.clean([script.feed]).map(\.manifest))
            let cities =
                "SELECT DISTINCT c.city_id FROM dim_charging_station s JOIN dim_city c ON c.city_key = s.city_key"
            #expect(try await rows(cities, in: before) == ["de/testheim"])

            let alias = #"{"city_id": "de/köln", "aliases": [{"spelling": "Testheim"}]}"#
            let after = Workshop(folder, places: try catalog(alias))
            let manifests = try await after.clean([script.feed]).map(\.manifest)
            #expect(try await after.load(manifests) == 3)
            #expect(try await rows(cities, in: after) == ["de/köln"])
            #expect(try await after.count("SELECT COUNT(*) FROM dim_city WHERE city_id = 'de/testheim'") == 0)
            try await after.load(manifests, into: "fresh.duckdb")
            #expect(try await after.fingerprints() == after.fingerprints("fresh.duckdb"))
        }
    }

    @Test func `feeds of other days and zones give equal calendars in any order`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder, places: try PlaceCatalog.builtIn())
            let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
            var feeds: [FeedDescriptor] = []
            for (id, first, zone) in [("test/a", 20_530, "Europe/Berlin"), ("test/b", 20_540, "Europe/Lisbon")] {
                let script = try ScriptedFeed(id, first: UTCDay(number: Int32(first)), days: 2, seed: 9)
                for capture in script.captures { _ = try writer.append(capture) }
                var feed = script.feed
                feed.timeZone = zone
                feeds.append(feed)
            }
            try writer.close()
            let manifests = try await workshop.clean(feeds).map(\.manifest)
            try await workshop.load(manifests, into: "at-once.duckdb")
            for manifest in manifests.reversed() { try await workshop.load([manifest], into: "single.duckdb") }
            #expect(try await workshop.fingerprints("at-once.duckdb") == workshop.fingerprints("single.duckdb"))
        }
    }
}
