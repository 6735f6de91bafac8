import ChargingModel
import Cleaning
import RawArchive
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

/// Decision 2: everything downstream is a pure function of the raw archive.
@Suite struct RebuildTests {
    static let first = UTCDay(number: 20_539)  // 2026-03-27, two days before a clock change
    static let worlds = 50

    /// What the worlds had in them, so that a generator that lost its faults is noticed.
    private struct Met {
        var reused = 0
        var copies = 0
        var limitedHours = 0
        var versions = 0
        var flaps = 0
        var absences = 0
        var gaps = 0
    }

    @Test func `a rebuild equals what was loaded live, in whatever order captures and days arrived`() async throws {
        var met = Met()
        for seed in 1...UInt64(Self.worlds) {
            try await withTemporaryFolder { folder in
                var random = SeededGenerator(seed: seed)
                let feeds = try Self.feeds(seed, &random)
                let live = Workshop(folder)
                try await arriveAndLoad(feeds, in: live, &random)
                let rebuilt = Workshop(folder, flatFiles: "rebuilt")
                try await rebuilt.load(rebuilt.clean(feeds.map(\.feed)).map(\.manifest), into: "rebuilt.duckdb")
                let (before, after) = try await (live.fingerprints(), rebuilt.fingerprints("rebuilt.duckdb"))
                for (left, right) in zip(before, after) {
                    #expect(left == right, "seed \(seed), table \(left.table)")
                }
                #expect(before.first { $0.table == "fact_point_status" }?.rows ?? 0 > 20, "seed \(seed)")
                try await count(&met, in: live)
            }
        }
        #expect(met.reused > 10 && met.copies > 50 && met.limitedHours > 100, "\(met)")
        #expect(met.versions > 500 && met.flaps > 10 && met.absences > 50 && met.gaps > 50, "\(met)")
    }

    /// Two feeds that tell partly of the same points, and a third of its own.
    private static func feeds(_ seed: UInt64, _ random: inout SeededGenerator) throws -> [ScriptedFeed] {
        try [("test/a", "7"), ("test/b", "7"), ("test/c", "8")].map { name, ids in
            try ScriptedFeed(
                name,
                first: first.advanced(by: Int.random(in: 0...1, using: &random)),
                days: 2,
                seed: random.next(),
                stations: Int.random(in: 2...5, using: &random),
                ids: ids,
                interval: 1_800
            )
        }
    }

    /// Captures come in a few loads of random size, each in random order; slices are loaded shuffled, some later.
    private func arriveAndLoad(
        _ feeds: [ScriptedFeed],
        in workshop: Workshop,
        _ random: inout SeededGenerator
    ) async throws {
        var waiting = feeds.flatMap(\.captures).shuffled(using: &random)
        let loads = Int.random(in: 1...2, using: &random)
        for load in 1...loads {
            let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
            let share = load == loads ? waiting.count : Int.random(in: 0...waiting.count, using: &random)
            for capture in waiting.prefix(share) { _ = try writer.append(capture) }
            waiting.removeFirst(share)
            try writer.close()
            var manifests = try await workshop.clean(feeds.map(\.feed)).map(\.manifest).shuffled(using: &random)
            while !manifests.isEmpty {
                let batch = Int.random(in: 1...manifests.count, using: &random)
                try await workshop.load(Array(manifests.prefix(batch)))
                manifests.removeFirst(batch)
            }
        }
    }

    private func count(_ met: inout Met, in workshop: Workshop) async throws {
        let row = try await workshop.withWarehouse { engine in
            try await engine.query(
                """
                SELECT (SELECT COUNT(*) FROM dim_charging_point WHERE point_id <> source_point_key),
                    (SELECT COUNT(*) FROM etl_point_copy), (SELECT COUNT(*) FROM fact_open_time),
                    (SELECT COUNT(*) FROM dim_charging_station) + (SELECT COUNT(*) FROM dim_charging_point),
                    (SELECT COUNT(*) FROM etl_station_version v LEFT JOIN dim_charging_station d
                        ON d.station_id = v.station_id AND d.attr_hash = v.attr_hash AND v.seen_from >= d.valid_from
                        AND v.seen_from < d.valid_to WHERE d.station_id IS NULL),
                    (SELECT COUNT(*) FROM fact_point_status WHERE status_key = 10),
                    (SELECT COUNT(*) FROM fact_point_status WHERE status_key = 11)
                """,
                []
            ).rows[0]
        }
        let counts = row.map { if case .integer(let value) = $0 { Int(value) } else { 0 } }
        met.reused += counts[0]
        met.copies += counts[1]
        met.limitedHours += counts[2]
        met.versions += counts[3]
        met.flaps += counts[4]
        met.absences += counts[5]
        met.gaps += counts[6]
    }
}
