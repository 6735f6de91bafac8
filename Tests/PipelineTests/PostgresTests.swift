import Analytics
import ChargingModel
import Cleaning
import Foundation
import RawArchive
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB
import WarehousePostgres

/// The same worlds in DuckDB and PostgreSQL: equal tables, equal reports, whatever happens on the way.
@Suite(.enabled(if: PostgresServer.runs, "\(PostgresServer.skipReason)"))
struct PostgresTests {
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

    @Test(arguments: [1, 2, 5, 7] as [UInt64])
    func `a world loaded into both engines gives equal tables, in whatever order its days came`(seed: UInt64)
        async throws
    {
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await world(seed, in: folder)
            try await workshop.load(manifests)
            let expected = try await workshop.fingerprints()
            #expect(expected.first { $0.table == "fact_point_status" }?.rows ?? 0 > 100)
            #expect(expected.first { $0.table == "etl_point_copy" }?.rows ?? 0 > 0)

            let database = try PostgresServer.shared().createDatabase()
            var random = SeededGenerator(seed: seed)
            var waiting = manifests.shuffled(using: &random)
            while !waiting.isEmpty {
                let count = Int.random(in: 1...min(6, waiting.count), using: &random)
                try await workshop.load(Array(waiting.prefix(count)), intoDatabase: database)
                waiting.removeFirst(count)
            }
            expectEqual(try await workshop.fingerprints(ofDatabase: database), expected, "seed \(seed)")
            #expect(try await workshop.load(manifests, intoDatabase: database) == 0)
            expectEqual(try await workshop.fingerprints(ofDatabase: database), expected, "seed \(seed), again")
        }
    }

    @Test(arguments: UtilizationGrouping.allCases)
    func `a utilization report is equal on both engines`(by grouping: UtilizationGrouping) async throws {
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await world(1, days: 3, in: folder)
            try await workshop.load(manifests)
            let database = try PostgresServer.shared().createDatabase()
            try await workshop.load(manifests, intoDatabase: database)
            for asOf in [nil, UtilizationQuery.now] {
                for city in [nil, "testheim"] {
                    let query = try UtilizationQuery(
                        by: grouping,
                        from: Self.first.start,
                        to: Self.first.advanced(by: 3).start,
                        filters: UtilizationFilters(city: city),
                        attributesAsOf: asOf
                    )
                    let expected = try await workshop.withWarehouse { try await query.report(on: $0) }
                    let found = try await workshop.withDatabase(database, readOnly: true) {
                        try await query.report(on: $0)
                    }
                    #expect(!expected.rows.isEmpty)
                    #expect(found.rows == expected.rows)
                    #expect(found.total == expected.total)
                }
            }
        }
    }

    @Test func `every view gives the same rows on both engines`() async throws {
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await world(5, days: 3, in: folder)
            try await workshop.load(manifests)
            let database = try PostgresServer.shared().createDatabase()
            try await workshop.load(manifests, intoDatabase: database)
            // The reader's own time zone must not reach into texts and keys.
            let zone = "ALTER DATABASE \(database) SET TimeZone = 'Asia/Kolkata'"
            try PostgresServer.shared().psql(zone)
            for view in Schema.views {
                let sql = "SELECT * FROM \(view.name)"
                let expected = try await workshop.withWarehouse { try await $0.query(sql, []).rows }
                let found = try await workshop.withDatabase(database) { try await $0.query(sql, []).rows }
                #expect(Self.counted(found) == Self.counted(expected), "\(view.name)")
                #expect(!expected.isEmpty, "\(view.name)")
            }
        }
    }

    private static func counted(_ rows: [[SQLValue]]) -> [[SQLValue]: Int] {
        rows.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    @Test func `late raw reloads its slice and those that depend on it`() async throws {
        try await withTemporaryFolder { folder in
            let script = try ScriptedFeed("test/a", first: Self.first, days: 4, seed: 31)
            let workshop = Workshop(folder)
            let database = try PostgresServer.shared().createDatabase()
            let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
            let isLate = { (index: Int) in (200..<290).contains(index) || index % 7 == 3 }
            for (index, capture) in script.captures.enumerated() where !isLate(index) { _ = try writer.append(capture) }
            try await workshop.load(workshop.clean([script.feed]).map(\.manifest), intoDatabase: database)
            for (index, capture) in script.captures.enumerated() where isLate(index) { _ = try writer.append(capture) }
            try writer.close()
            let manifests = try await workshop.clean([script.feed]).map(\.manifest)
            try await workshop.load(manifests, intoDatabase: database)
            try await workshop.load(manifests)
            expectEqual(
                try await workshop.fingerprints(ofDatabase: database),
                try await workshop.fingerprints(),
                "late raw"
            )
        }
    }

    @Test func `the database itself refuses overlapping versions, two current ones and a day told twice`() async throws
    {
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await world(3, days: 2, in: folder)
            let database = try PostgresServer.shared().createDatabase()
            try await workshop.load(manifests, intoDatabase: database)
            let columns = Schema.table("dim_connector")?.columnNames ?? []
            let copy = { (changes: [String: String]) in
                """
                INSERT INTO dim_connector (\(columns.joined(separator: ", ")))
                SELECT \(columns.map { changes[$0] ?? $0 }.joined(separator: ", ")) FROM dim_connector
                WHERE connector_sk = (SELECT MIN(connector_sk) FROM dim_connector WHERE is_current)
                """
            }
            let faults = [
                // SQLSTATE of exclusion_violation, unique_violation, check_violation.
                (
                    copy(["connector_sk": "1", "is_current": "FALSE", "valid_from": "valid_from + INTERVAL '1 hour'"]),
                    "23P01"
                ),
                (
                    copy([
                        "connector_sk": "1", "valid_to": "TIMESTAMP '2000-01-02 00:00:00'",
                        "valid_from": "TIMESTAMP '2000-01-01 00:00:00'",
                    ]), "23505"
                ),
                (copy(["connector_sk": "1", "is_current": "FALSE", "valid_to": "valid_from"]), "23514"),
                ("INSERT INTO fact_point_status SELECT * FROM fact_point_status", "23505"),
                ("UPDATE fact_point_status SET valid_to = valid_from", "23514"),
            ]
            try await workshop.withDatabase(database) { engine in
                for (sql, state) in faults {
                    let error = await #expect(throws: WarehouseError.self) {
                        try await engine.transact([.statement(sql)])
                    }
                    #expect(error?.sqlState == state, "\(error?.detail ?? "")")
                    #expect(error?.kind == .checkFailed)
                }
            }
        }
    }
}
