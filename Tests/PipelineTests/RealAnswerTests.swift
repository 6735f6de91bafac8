import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Sources
import TestSupport
import Testing

/// Complete real answers through archive, cleaning and warehouse.
@Suite struct RealAnswerTests {
    private static let stuttgart = "payloads/chargecloud/new-poi_SW-Stuttgart_2024-10-23T131609+0200.json"
    private static let ludwigsburg = [
        "payloads/chargecloud/afir-rest_ludwigsburg_2026-01-31_page1.json",
        "payloads/chargecloud/afir-rest_ludwigsburg_2026-01-31_page2_last.json",
    ]

    @Test(.enabled(if: SharedData.path(stuttgart) != nil, SharedData.absence(stuttgart)))
    func `the complete answer of Stuttgart loads as 234 stations, 523 points and 526 connectors`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let feed = try FeedCatalog.builtIn().feed("chargecloud/sw-stuttgart")
            let file = try SharedData.path(Self.stuttgart).orThrow("payload")
            let slot = try UTCTime("2024-10-23T11:10:00Z").orThrow("slot")
            _ = try workshop.archive.importFile(
                file,
                from: ImportOrigin(feed: feed.id, url: feed.url),
                slot: slot,
                judge: { _ in (.ok, nil) }
            )
            let manifest = try await workshop.clean([feed])[0].manifest
            #expect(manifest.kept == manifest.read)
            #expect(manifest.read.stations == 234)
            #expect(manifest.read.points == 523)
            #expect(manifest.read.connectors == 526)
            try await workshop.load([manifest])
            #expect(try await workshop.count("SELECT COUNT(*) FROM dim_charging_station") == 234)
            #expect(try await workshop.count("SELECT COUNT(*) FROM dim_charging_point") == 523)
            #expect(try await workshop.count("SELECT COUNT(*) FROM dim_connector") == 526)
            for (status, expected) in [("available", 404), ("charging", 109), ("outOfOrder", 8), ("unknown", 2)] {
                let sql = """
                    SELECT COUNT(*) FROM fact_point_status f JOIN dim_status d ON d.status_key = f.status_key
                    WHERE d.code = '\(status)' AND f.valid_from = TIMESTAMP '2024-10-23 11:10:00'
                    """
                #expect(try await workshop.count(sql) == Int64(expected), "\(status)")
            }
        }
    }

    @Test(.enabled(if: SharedData.path(ludwigsburg[0]) != nil, SharedData.absence(ludwigsburg[0])))
    func `the two pages of Ludwigsburg load as one answer of 129 stations`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let feed = try FeedCatalog.builtIn().feed("chargecloud-afir/ludwigsburg")
            let recorded = folder + "/recorded"
            try FileManager.default.createDirectory(atPath: recorded, withIntermediateDirectories: true)
            for (number, page) in Self.ludwigsburg.enumerated() {
                let source = try SharedData.path(page).orThrow("payload")
                let target = "\(recorded)/2026-01-31T100000Z.page\(number + 1).json"
                try FileManager.default.copyItem(atPath: source, toPath: target)
            }
            let report = try workshop.archive.importFolder(
                recorded,
                from: ImportOrigin(feed: feed.id, url: feed.url),
                everySeconds: 600,
                judge: { _ in (.ok, nil) }
            )
            #expect(report.captures == 1)
            let manifest = try await workshop.clean([feed])[0].manifest
            #expect(manifest.read.stations == 129)
            #expect(manifest.read.points == 367)
            #expect(manifest.read.total == manifest.kept.total + manifest.rejected.total)
            try await workshop.load([manifest])
            #expect(try await workshop.count("SELECT COUNT(*) FROM dim_charging_station") == 129)
        }
    }
}
