import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Sources
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

/// The warehouse is a function of the raw packs: not of order, repetition or restarts.
@Suite struct HistoryTests {
    private static let first = UTCDay(number: 20_530)

    private func archived(_ feeds: [ScriptedFeed], in workshop: Workshop) throws {
        let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
        for feed in feeds {
            for capture in feed.captures { _ = try writer.append(capture) }
        }
        try writer.close()
    }

    @Test(arguments: [11, 12, 13] as [UInt64])
    func `the same days in any order, twice or one by one give equal tables`(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let feeds = [
                try ScriptedFeed("test/a", first: Self.first, days: 5, seed: seed),
                try ScriptedFeed("test/b", first: Self.first, days: 4, seed: seed + 100),
            ]
            try archived(feeds, in: workshop)
            let manifests = try await workshop.clean(feeds.map(\.feed)).map(\.manifest)
            try await workshop.load(manifests, into: "at-once.duckdb")
            let expected = try await workshop.fingerprints("at-once.duckdb")
            #expect(expected.first { $0.table == "fact_point_status" }?.rows ?? 0 > 100)

            var random = SeededGenerator(seed: seed)
            for manifest in manifests.shuffled(using: &random) {
                try await workshop.load([manifest], into: "shuffled.duckdb")
            }
            let shuffled = try await workshop.fingerprints("shuffled.duckdb")
            for (table, other) in zip(expected, shuffled) { #expect(table == other, "\(table.table)") }

            #expect(try await workshop.load(manifests, into: "shuffled.duckdb") == 0)
            #expect(try await workshop.fingerprints("shuffled.duckdb") == expected)
        }
    }

    @Test func `feeds that disagree about re-used points give equal tables in another order of days`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let start = UTCDay(number: 20_539)
            let feeds = try [("test/a", "7", 3), ("test/b", "7", 4), ("test/c", "8", 5)].enumerated().map {
                let (name, ids, stations) = $1
                return try ScriptedFeed(
                    name,
                    first: start,
                    days: 5,
                    seed: 20 + UInt64($0),
                    stations: stations,
                    ids: ids,
                    interval: 1_800
                )
            }
            try archived(feeds, in: workshop)
            let manifests = try await workshop.clean(feeds.map(\.feed)).map(\.manifest)
            try await workshop.load(manifests, into: "at-once.duckdb")
            var random = SeededGenerator(seed: 2)
            for manifest in manifests.shuffled(using: &random) {
                try await workshop.load([manifest], into: "shuffled.duckdb")
            }
            #expect(try await workshop.fingerprints("shuffled.duckdb") == workshop.fingerprints("at-once.duckdb"))
        }
    }

    @Test(arguments: [21, 22] as [UInt64])
    func `days cleaned in any order give equal files`(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let script = try ScriptedFeed("test/a", first: Self.first, days: 5, seed: seed)
            try archived([script], in: workshop)
            let inOrder = try await workshop.clean([script.feed]).map(\.manifest)
            let other = Workshop(folder + "/other")
            let cleaner = Cleaner(archive: workshop.archive, store: other.store, rules: workshop.rules)
            var random = SeededGenerator(seed: seed)
            var scattered: [SliceManifest] = []
            for manifest in inOrder.shuffled(using: &random) {
                let adapter = try AdapterRegistry.builtIn.adapter(for: script.feed)
                try await cleaner.clean(script.feed, adapter: adapter, days: [manifest.day]) {
                    scattered.append($0.manifest)
                }
            }
            #expect(scattered.sorted { $0.day < $1.day } == inOrder)
        }
    }

    @Test func `late raw reloads its slice and those that depend on it`() async throws {
        try await withTemporaryFolder { folder in
            let script = try ScriptedFeed("test/a", first: Self.first, days: 4, seed: 31)
            let whole = Workshop(folder + "/whole")
            try FileManager.default.createDirectory(atPath: whole.folder, withIntermediateDirectories: true)
            try archived([script], in: whole)
            try await whole.load(try whole.clean([script.feed]).map(\.manifest))

            let late = Workshop(folder + "/late")
            try FileManager.default.createDirectory(atPath: late.folder, withIntermediateDirectories: true)
            let writer = try late.archive.openWriter(WriterOptions(durability: .operatingSystem))
            let isLate = { (index: Int) in (200..<290).contains(index) || index % 7 == 3 }
            for (index, capture) in script.captures.enumerated() where !isLate(index) { _ = try writer.append(capture) }
            try await late.load(try late.clean([script.feed]).map(\.manifest))
            for (index, capture) in script.captures.enumerated() where isLate(index) { _ = try writer.append(capture) }
            try writer.close()
            try await late.load(try late.clean([script.feed]).map(\.manifest))
            #expect(try await late.fingerprints() == whole.fingerprints())
        }
    }

    @Test(arguments: [41, 42] as [UInt64])
    func `at every good poll the intervals say what the raw answer said`(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let script = try ScriptedFeed("test/a", first: Self.first, days: 3, seed: seed)
            try archived([script], in: workshop)
            let manifests = try await workshop.clean([script.feed]).map(\.manifest)
            #expect(manifests.allSatisfy { $0.read.total == $0.kept.total + $0.rejected.total })
            try await workshop.load(manifests)
            let snapshots = try await workshop.withWarehouse { engine in
                try await engine.query(
                    """
                    SELECT p.slot_utc, o.source_point_id, d.code FROM etl_poll p
                    JOIN fact_point_status f ON f.utc_date = p.utc_date AND f.feed_key = p.feed_key
                        AND f.valid_from <= p.slot_utc AND f.valid_to > p.slot_utc
                    JOIN dim_status d ON d.status_key = f.status_key
                    JOIN dim_charging_point o ON o.point_sk = f.point_sk
                    WHERE p.is_chosen AND d.category NOT IN ('absent', 'unobserved')
                    ORDER BY p.slot_utc, o.source_point_id
                    """,
                    []
                ).rows
            }
            var found: [UTCTime: [String: String]] = [:]
            for row in snapshots {
                guard case .timestamp(let slot) = row[0], case .text(let id) = row[1], case .text(let code) = row[2]
                else { continue }
                found[slot, default: [:]][id] = code
            }
            let names = [
                "AVAILABLE": "available", "CHARGING": "charging", "OUTOFORDER": "outOfOrder", "UNKNOWN": "unknown",
                "Charging ": "charging", "RESERVED": "reserved",
            ]
            let usable = script.seen.filter { found[$0.key] != nil }
            #expect(usable.count > script.seen.count * 9 / 10)
            for (slot, statuses) in usable {
                #expect(found[slot] == statuses.mapValues { names[$0] ?? $0 }, "at \(slot)")
            }
        }
    }
}
