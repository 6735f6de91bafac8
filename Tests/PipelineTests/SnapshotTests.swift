import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Simulation
import Sources
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

/// The row-per-poll views against what the raw answers say, row for row, over a simulated month.
@Suite struct SnapshotTests {
    private static let first = UTCDay(number: 20_513)  // 2026-03-01: the clocks change on the 29th
    private static let days = 31
    private static let cities = ["kitzingen", "wertheim", "lichtenfels"]

    @Test func `the snapshot views equal the raw captures of a month, in number and in hash`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let world = try SimulatedWorld(
                configuration: WorldConfiguration(
                    seed: 5,
                    firstDay: Self.first,
                    days: Self.days,
                    scale: 1,
                    faults: FeedFaults(
                        shares: [.serverError: 0.01, .truncated: 0.01, .empty: 0.01, .mostMissing: 0.01],
                        outageCount: 40
                    )
                )
            )
            let feeds = try Self.cities.map { try Workshop.feed("simulation/\($0)") }
            let bodies = try record(world, feeds, in: workshop)
            let manifests = try await workshop.clean(feeds).map(\.manifest)
            try await workshop.load(manifests)
            let (points, connectors, chosen) = try await workshop.withWarehouse { engine in
                (
                    try await Self.lines(
                        engine,
                        "SELECT id_chargingpoint, query_time, status_cp FROM status_chargingpoints"
                    ),
                    try await Self.lines(
                        engine,
                        "SELECT id_connector, query_time, status_connector FROM status_connectors"
                    ),
                    try await Self.lines(
                        engine,
                        """
                        SELECT f.feed_id, p.slot_utc FROM etl_poll p JOIN dim_feed f ON f.feed_key = p.feed_key
                        WHERE p.is_chosen
                        """
                    )
                )
            }
            #expect(chosen.count > Self.cities.count * Self.days * 144 * 9 / 10)
            var (rawPoints, rawConnectors): ([String], [String]) = ([], [])
            for key in chosen { try Self.read(bodies[key].orThrow(key), key, &rawPoints, &rawConnectors) }
            #expect(points.count == rawPoints.count && Self.digest(points) == Self.digest(rawPoints))
            #expect(connectors.count == rawConnectors.count && Self.digest(connectors) == Self.digest(rawConnectors))
            #expect(points.count > 20_000 && connectors.count > 20_000)
        }
    }

    /// Captures every slot of the month; the bodies by feed and slot.
    private func record(
        _ world: SimulatedWorld,
        _ feeds: [FeedDescriptor],
        in workshop: Workshop
    ) throws -> [String: [UInt8]] {
        var bodies: [String: [UInt8]] = [:]
        let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
        for feed in feeds {
            let city = feed.id.description.split(separator: "/")[1]
            for index in 0..<Self.days * 144 {
                let slot = Self.first.start.adding(seconds: index * 600)
                let answer = try world.response(city: String(city), at: slot)
                bodies["\(feed.id)|\(slot)"] = answer.body
                _ = try writer.append(Capture(of: answer.body, from: feed, at: slot, httpStatus: answer.status))
            }
        }
        try writer.close()
        return bodies
    }

    /// What an independent reader finds in an answer.
    private static func read(
        _ body: [UInt8],
        _ key: String,
        _ points: inout [String],
        _ connectors: inout [String]
    ) throws {
        let slot = key.split(separator: "|")[1]
        let answer = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
        for station in try (answer?["data"] as? [[String: Any]]).orThrow("data") {
            for point in station["evses"] as? [[String: Any]] ?? [] {
                points.append("\(point["id"] ?? "")|\(slot)|\(point["status"] ?? "")")
                for plug in point["connectors"] as? [[String: Any]] ?? [] {
                    connectors.append("\(plug["id"] ?? "")|\(slot)|\(plug["status"] ?? "")")
                }
            }
        }
    }

    private static func lines(_ engine: DuckDBEngine, _ sql: String) async throws -> [String] {
        try await engine.query(sql, []).rows.map { row in
            row.map { value in
                switch value {
                case .text(let text): text
                case .timestamp(let time): time.description
                default: "?"
                }
            }
            .joined(separator: "|")
        }
    }

    private static func digest(_ lines: [String]) -> ContentDigest {
        var hasher = ContentHasher()
        for line in lines.sorted() { hasher.update(Array((line + "\n").utf8)) }
        return hasher.digest()
    }
}
