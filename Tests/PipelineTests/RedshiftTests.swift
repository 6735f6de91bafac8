import Analytics
import ChargingModel
import Cleaning
import Foundation
import ObjectStore
import RawArchive
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB
import WarehouseRedshift

/// The same worlds in DuckDB and on the stand-in for Redshift: equal tables, equal reports, whatever happens on the way.
@Suite(.enabled(if: RedshiftStandIn.runs, "\(RedshiftStandIn.skipReason)"), .serialized)
struct RedshiftTests {
    private static let first = UTCDay(number: 20_539)  // 2026-03-27: over a clock change and the end of a month

    /// Two feeds that tell partly of the same points, and one of its own, cleaned.
    private func world(_ seed: UInt64, days: Int = 5, in folder: String) async throws -> (Workshop, [SliceManifest]) {
        let workshop = Workshop(folder)
        let feeds = try [("test/a", "7"), ("test/b", "7"), ("test/c", "8")].enumerated().map { index, name in
            try ScriptedFeed(
                name.0,
                first: Self.first,
                days: days,
                seed: seed * 10 + UInt64(index),
                stations: 3 + index,
                ids: name.1,
                interval: 1_800
            )
        }
        let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
        for feed in feeds { for capture in feed.captures { _ = try writer.append(capture) } }
        try writer.close()
        return (workshop, try await workshop.clean(feeds.map(\.feed)).map(\.manifest))
    }

    private func expectEqual(_ left: [TableFingerprint], _ right: [TableFingerprint], _ note: String) {
        #expect(left.count == right.count)
        for (left, right) in zip(left, right) { #expect(left == right, "\(note), table \(left.table)") }
    }

    @Test(arguments: Array(1...3) as [UInt64])
    func `a world loaded into both engines gives equal tables, in whatever order its days came`(seed: UInt64)
        async throws
    {
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await world(seed, in: folder)
            try await workshop.load(manifests)
            let expected = try await workshop.fingerprints()
            #expect(expected.first { $0.table == "fact_point_status" }?.rows ?? 0 > 100)
            #expect(expected.first { $0.table == "etl_point_copy" }?.rows ?? 0 > 0)

            let schema = try await Workshop.newSchema()
            var random = SeededGenerator(seed: seed)
            var waiting = manifests.shuffled(using: &random)
            while !waiting.isEmpty {
                let count = Int.random(in: 2...max(2, waiting.count), using: &random)
                try await workshop.load(Array(waiting.prefix(count)), intoSchema: schema)
                waiting.removeFirst(min(count, waiting.count))
            }
            expectEqual(try await workshop.fingerprints(ofSchema: schema), expected, "seed \(seed)")
            #expect(try await workshop.load(manifests, intoSchema: schema) == 0)
            expectEqual(try await workshop.fingerprints(ofSchema: schema), expected, "seed \(seed), again")
        }
    }

    @Test func `flat files that lie in the bucket are copied from there, with the same tables`() async throws {
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await world(4, days: 3, in: folder)
            try await workshop.load(manifests)
            let standIn = try RedshiftStandIn.shared()
            let address = "s3://\(standIn.facts.bucket)/flat-in-place"
            let schema = try await Workshop.newSchema()
            try await withObjectStore(
                at: StoreLocation(address),
                settings: ObjectStoreSettings(),
                environment: standIn.environment
            ) { objects in
                let copies = SliceStore(root: folder + "/cache", recordedRoot: address)
                let store = try await copies.connected(to: objects, isBucketOfEngines: true)
                try await store.replaceSlices(with: workshop.store)
                let bucket = Workshop(folder, archive: workshop.archive, store: store)
                #expect(try await bucket.load(manifests, intoSchema: schema) == manifests.count)
            }
            expectEqual(
                try await workshop.fingerprints(ofSchema: schema),
                try await workshop.fingerprints(),
                "from the bucket"
            )
            let copies = try standIn.statements().filter { $0.contains("COPY") && $0.contains("IGNOREHEADER 1") }
            #expect(!copies.isEmpty)
        }
    }

    @Test func `reports and views are equal on both engines`() async throws {
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await world(77, days: 3, in: folder)
            try await workshop.load(manifests)
            let schema = try await Workshop.newSchema()
            try await workshop.load(manifests, intoSchema: schema)
            for query in try Self.queries(days: 3) {
                let expected = try await workshop.withWarehouse { try await query.report(on: $0) }
                let found = try await workshop.withSchema(schema) { try await query.report(on: $0) }
                #expect(!expected.rows.isEmpty)
                #expect(found.rows == expected.rows)
                #expect(found.total == expected.total)
            }
            for view in Schema.views {
                let sql = "SELECT * FROM \(view.name)"
                let expected = try await workshop.withWarehouse { try await $0.query(sql, []).rows }
                let found = try await workshop.withSchema(schema) { try await $0.query(sql, []).rows }
                #expect(Self.counted(found) == Self.counted(expected), "\(view.name)")
                #expect(!expected.isEmpty, "\(view.name)")
            }
        }
    }

    private static func counted(_ rows: [[SQLValue]]) -> [[SQLValue]: Int] {
        rows.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    @Test func `a corrected day is reloaded, and facts of other days follow`() async throws {
        try await withTemporaryFolder { folder in
            let script = try ScriptedFeed("test/a", first: Self.first, days: 4, seed: 31)
            let workshop = Workshop(folder)
            let schema = try await Workshop.newSchema()
            let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
            let isLate = { (index: Int) in (200..<290).contains(index) || index % 7 == 3 }
            for (index, capture) in script.captures.enumerated() where !isLate(index) { _ = try writer.append(capture) }
            try await workshop.load(workshop.clean([script.feed]).map(\.manifest), intoSchema: schema)
            for (index, capture) in script.captures.enumerated() where isLate(index) { _ = try writer.append(capture) }
            try writer.close()
            let manifests = try await workshop.clean([script.feed]).map(\.manifest)
            #expect(try await workshop.load(manifests, intoSchema: schema) > 0)
            try await workshop.load(manifests)
            expectEqual(
                try await workshop.fingerprints(ofSchema: schema),
                try await workshop.fingerprints(),
                "late raw"
            )
        }
    }

    @Test func `two loaders of the same slices wait for each other, and both end well`() async throws {
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await world(5, days: 2, in: folder)
            try await workshop.load(manifests)
            let schema = try await Workshop.newSchema()
            try await workshop.withSchema(schema) { _ in }
            try await Self.loadTwice(manifests, workshop, schema)
            let found = try await workshop.fingerprints(ofSchema: schema)
            expectEqual(found, try await workshop.fingerprints(), "two loaders")
        }
    }

    private static func loadTwice(_ manifests: [SliceManifest], _ workshop: Workshop, _ schema: String) async throws {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<2 { group.addTask { try await workshop.load(manifests, intoSchema: schema) } }
            try await group.waitForAll()
        }
    }

    @Test func `SQLFluff and the deny-list find nothing in any statement that a load and a report send`() async throws {
        let before = try RedshiftStandIn.shared().statementCount()
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await world(6, days: 2, in: folder)
            let schema = try await Workshop.newSchema()
            try await workshop.load(manifests, intoSchema: schema)
            for query in try Self.queries(days: 2) {
                _ = try await workshop.withSchema(schema) { try await query.report(on: $0) }
            }
        }
        let sent = try Self.sentStatements(after: before)
        #expect(sent.count > 150)
        #expect(sent.contains("LOCK TABLE etl_load"))
        #expect(sent.filter { $0.hasPrefix("COPY stg_") }.count > 5)
        let found = try RedshiftStandIn.gate(sent)
        #expect(found == [])
    }

    /// What tests of this process have sent, but for the faults that they made themselves.
    private static func sentStatements(after count: Int) throws -> [String] {
        let faults = ["pg_terminate_backend", "CREATE INDEX", "CREATE UNIQUE INDEX", "pg_stat_activity", "pg_class"]
        return try RedshiftStandIn.shared().statements(after: count).filter { sql in
            !faults.contains { sql.contains($0) }
        }
    }

    private static func queries(days: Int) throws -> [UtilizationQuery] {
        try UtilizationGrouping.allCases.map { grouping in
            try UtilizationQuery(
                by: grouping,
                from: first.start,
                to: first.advanced(by: days).start,
                filters: UtilizationFilters(city: "testheim")
            )
        }
    }
}
