import Analytics
import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Sources
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

/// Rejects are found again, with their reason and their bytes.
@Suite struct RejectTests {
    @Test func `rejects are counted by rule, and findings on request`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            try await CleanWorld.build(in: workshop)
            let groups = try await workshop.withWarehouse { try await RejectQuery().groups(on: $0) }
            // Three polls of each feed have one record that is no object.
            #expect(
                groups.rows.map { Array($0.prefix(6)) } == [
                    [.text("not_an_object"), .text("reject"), .text("point"), .integer(2), .integer(6), .integer(2)]
                ]
            )
            let all = try await workshop.withWarehouse { engine in
                try await RejectQuery(includesFindings: true).groups(on: engine)
            }
            #expect(all.rows.map(\.[0]) == [.text("not_an_object"), .text("unknown_field")])
            let none = RejectQuery(rule: "no_id", since: CleanWorld.first, until: CleanWorld.last)
            let empty = try await workshop.withWarehouse { try await none.groups(on: $0) }
            #expect(empty.rows.isEmpty)
        }
    }

    @Test func `the bytes at a reject's pointer are those that the feed wrote`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            try await CleanWorld.build(in: workshop)
            let query = RejectQuery(feeds: [try #require(FeedID("test/b"))], includesFindings: true)
            let records = try await workshop.withWarehouse { try await query.records(limit: 100, on: $0) }
            #expect(records.count == 2)
            for record in records {
                var pages: [[UInt8]] = []
                _ = try await workshop.archive.read(record.feed, record.day) { capture in
                    if capture.poll.slot == record.slot { pages += capture.pages.map(\.body) }
                }
                let page = try #require(pages.first { ContentDigest(of: $0).description == record.digest })
                let place = try #require(JSONPlace.range(of: record.pointer ?? "", in: page[...]))
                let raw = String(decoding: page[place], as: UTF8.self)
                if record.severity == "reject" {
                    #expect(raw == "null" && record.fragment == raw)
                } else {
                    #expect(raw.hasPrefix(#"{"id":"25","name":"Platz 5","colour":"red""#))
                }
                let same = try await workshop.withWarehouse { try await RejectQuery.record(record.id, on: $0) }
                #expect(same == record)
            }
        }
    }

    @Test func `a key that no reject has is said`() async throws {
        try await withTemporaryFolder { folder in
            let error = await #expect(throws: AnalyticsError.self) {
                try await Workshop(folder).withWarehouse { try await RejectQuery.record(1, on: $0) }
            }
            #expect(error?.code == "CHG065")
        }
    }
}

/// The commands on a warehouse in files.
@Suite(.enabled(if: Command.isBuilt, "the command is not built: swift build -c release --product chargehouse"))
struct QualityCommandTests {
    @Test func `check stores its results, and exits with 4 at the gate`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            try await CleanWorld.build(in: workshop)
            try Self.configure(folder, "[check]\nstatus_shift_psi = 1\n")
            let options = ["--config", folder + "/chargehouse.toml", "--now", CleanWorld.now.description]
            _ = try await workshop.withWarehouse { engine in
                try await engine.transact([.statement("DELETE FROM etl_quality_result")])
            }
            let dry = try Command.output(["check", "--dry-run", "--fail-on", "warn"] + options)
            #expect(dry.status == 0, "\(dry.error)")
            #expect(try await workshop.count("SELECT COUNT(*) FROM etl_quality_result") == 0)
            let good = try Command.output(["check", "-o", "json", "--all"] + options)
            #expect(
                good.status == 0 && good.output.contains(#""schema": "chargehouse.check/1""#),
                "\(good.output.prefix(200))"
            )
            #expect(try await workshop.count("SELECT COUNT(*) FROM etl_quality_result") > 500)
            // Half a year later every feed is stale: a warning, and an error only where it is asked for.
            let late = ["check", "--suite", "freshness", "--now", "2026-10-01T00:00:00Z"]
            let configuration = ["--config", folder + "/chargehouse.toml"]
            #expect(try Command.output(late + configuration).status == 0)
            let gate = try Command.output(late + ["--fail-on", "warn", "-o", "csv"] + configuration)
            #expect(gate.status == ChargingModel.ExitCode.qualityGateFailed.rawValue)
            #expect(gate.output.contains("CHECK_CAPTURE_FRESH,warning,2,2,0"))
            #expect(gate.error.contains("error[CHG064]"))
        }
    }

    @Test func `an unknown limit is refused with the known ones`() throws {
        try withTemporaryFolder { folder in
            try Self.configure(folder, "[check]\npsi = 1\n")
            let result = try Command.output(["check", "--config", folder + "/chargehouse.toml"])
            #expect(result.status == ChargingModel.ExitCode.configuration.rawValue)
            #expect(result.error.contains("check.psi") && result.error.contains("status_shift_psi"))
        }
    }

    @Test func `a redrive cleans and loads the slices of an older mapping, and says what is gone`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder, places: try PlaceCatalog.builtIn())
            try await CleanWorld.build(in: workshop)
            try Self.configure(folder)
            let before = try await workshop.fingerprints()
            let options = ["--config", folder + "/chargehouse.toml", "--rule", "not_an_object"]
            let same = try Command.output(["rejects", "redrive"] + options)
            #expect(
                same.output.contains("2 slices, 0 changed, 0 loaded; 6 records before, 6 now, 0 gone"),
                "\(same.output)"
            )
            try await pretendOlderMapping(workshop)
            let redriven = try Command.output(["rejects", "redrive"] + options)
            #expect(redriven.status == 0, "\(redriven.error)")
            #expect(
                redriven.output.contains("2 slices, 1 changed, 1 loaded; 11 records before, 6 now, 5 gone"),
                "\(redriven.output)"
            )
            #expect(try await workshop.fingerprints() == before)
        }
    }

    /// The first day of test/a as another mapping would have left it: other hashes, and a reject more.
    private func pretendOlderMapping(_ workshop: Workshop) async throws {
        let feed = try #require(FeedID("test/a"))
        var manifest = try #require(try workshop.store.manifest(feed, CleanWorld.first))
        (manifest.rawHash, manifest.inputHash) = (ContentDigest(of: []), ContentDigest(of: [1]))
        let path = workshop.store.folder(feed, CleanWorld.first) + "/manifest.json"
        try JSONEncoder().encode(manifest).write(to: URL(fileURLWithPath: path))
        let slice = "feed_key = \(feed.key.value) AND"
        try await workshop.withWarehouse { engine in
            try await engine.transact([
                .statement(
                    "UPDATE etl_load SET input_hash = 'older' WHERE \(slice) slice_date = DATE '\(CleanWorld.first)'"
                ),
                .statement(
                    """
                    INSERT INTO etl_reject SELECT r.* REPLACE (r.reject_id + 1 AS reject_id, 5 AS occurrences)
                    FROM etl_reject r WHERE \(slice) r.rule_id = 'not_an_object'
                    """
                ),
            ])
        }
    }

    @Test func `show reads the raw bytes back from the archive`() async throws {
        try await withTemporaryFolder { folder in
            try await CleanWorld.build(in: Workshop(folder))
            try Self.configure(folder)
            let options = ["--config", folder + "/chargehouse.toml", "--findings", "--feed", "test/b"]
            let shown = try Command.output(["rejects", "show"] + options)
            #expect(shown.status == 0, "\(shown.error)")
            #expect(shown.output.contains("raw (4 bytes)  null") && shown.output.contains(#""colour":"red""#))
            #expect(shown.output.contains("/data/4/evses/2") && shown.output.contains(".warc.zst"))
            let rows = try Command.output(["rejects", "show", "-o", "ndjson", "--bytes", "9"] + options).output
            #expect(rows.split(separator: "\n").count == 2 && rows.contains(#""raw": "{\"id\":\"25""#), "\(rows)")
        }
    }

    private static func configure(_ folder: String, _ more: String = "") throws {
        try Command.writeDescriptors(CleanWorld.feeds(), to: folder)
        let text = "data = \"\(folder)\"\nfeeds = [\"\(folder)/feeds.json\"]\n\(more)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/chargehouse.toml"))
    }
}
