import Analytics
import ChargingModel
import Cleaning
import Foundation
import RawArchive
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

/// The mart of a loaded world: its sums are the reports', its rows the same on every engine.
@Suite(.serialized) struct MartTests {
    /// 2026-03-27: over a clock change and the end of a month.
    static let first = UTCDay(number: 20_539)

    /// Two feeds that tell partly of the same points, and one of its own, cleaned and loaded into DuckDB.
    static func world(_ seed: UInt64, days: Int, in folder: String) async throws -> (Workshop, [SliceManifest]) {
        let workshop = Workshop(folder)
        let feeds = try [("test/a", "7"), ("test/b", "7"), ("test/c", "8")].enumerated().map { index, name in
            try ScriptedFeed(
                name.0,
                first: first,
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
        let manifests = try await workshop.clean(feeds.map(\.feed)).map(\.manifest)
        try await workshop.load(manifests)
        return (workshop, manifests)
    }

    @Test(arguments: [("city", "city_key"), ("operator", "operator_id"), ("station", "station_id")])
    func `sums of the mart by a key are those of the utilization report`(by: String, key: String) async throws {
        try await withTemporaryFolder { folder in
            let (workshop, _) = try await Self.world(21, days: 5, in: folder)
            let expected = try await Self.report(by, of: workshop)
            for view in ["point_hour", "point_day"] {
                let found = try await Self.sums(of: view, by: key, in: workshop)
                #expect(found == expected, "mart.\(view) by \(key)")
            }
        }
    }

    @Test func `sums of the mart by local hour of the week are those of the utilization report`() async throws {
        try await withTemporaryFolder { folder in
            let (workshop, _) = try await Self.world(22, days: 5, in: folder)
            let expected = try await Self.report("hour-of-week", of: workshop)
            #expect(expected.count > 100)
            #expect(try await Self.sums(of: "point_hour", by: "hour_of_week", in: workshop) == expected)
        }
    }

    @Test
    func `seconds of the mart's intervals are those of its hours, and local days have 23 hours at the clock change`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let (workshop, _) = try await Self.world(23, days: 5, in: folder)
            let intervals = """
                SELECT s.category, SUM(f.duration_s) FROM mart.point_status f
                JOIN mart.status s ON s.status_key = f.status_key GROUP BY s.category ORDER BY s.category
                """
            let found = try await workshop.withWarehouse { try await $0.query(intervals).rows }
            let report = try await Self.wholeReport("city", of: workshop).total.seconds
            #expect(found.count > 3)
            for row in found {
                let category = try #require(row.first?.text.flatMap(StatusCategory.init(rawValue:)))
                #expect(row[1] == .integer(report[category]), "\(category)")
            }
            let days = """
                SELECT MIN(seconds), MAX(seconds) FROM (SELECT SUM(observed_s + outside_s + absent_s + unobserved_s) AS seconds
                FROM mart.point_day WHERE local_date = DATE '2026-03-29' GROUP BY feed_key, point_id) x
                """
            let lengths = try await workshop.withWarehouse { try await $0.query(days).rows }
            #expect(lengths.first?.last == .integer(82_800))
        }
    }

    @Test func `keys are unique, and every key of a fact is found in its dimension`() async throws {
        try await withTemporaryFolder { folder in
            let (workshop, _) = try await Self.world(24, days: 4, in: folder)
            try await workshop.withWarehouse { engine in
                for view in Mart.views {
                    let sql =
                        "SELECT COUNT(*), COUNT(DISTINCT (\(view.key.joined(separator: ", ")))) FROM mart.\(view.name)"
                    let counts = try #require(try await engine.query(sql).rows.first)
                    #expect(counts[0] == counts[1] && counts[0] != .integer(0), "mart.\(view.name)")
                }
                for (fact, column, dimension, key) in Self.relations {
                    let sql = """
                        SELECT COUNT(*) FROM mart.\(fact) f LEFT JOIN mart.\(dimension) d ON d.\(key) = f.\(column)
                        WHERE d.\(key) IS NULL
                        """
                    #expect(try await engine.query(sql).rows == [[.integer(0)]], "\(fact).\(column) in \(dimension)")
                }
            }
        }
    }

    @Test(.enabled(if: PostgresServer.runs, "\(PostgresServer.skipReason)"))
    func `the mart in a PostgreSQL database has the rows of the one in DuckDB`() async throws {
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await Self.world(25, days: 4, in: folder)
            let database = try PostgresServer.shared().createDatabase()
            try await workshop.load(manifests, intoDatabase: database)
            let expected = try await workshop.withWarehouse { try await Self.rows(of: $0) }
            let found = try await workshop.withDatabase(database) { try await Self.rows(of: $0) }
            Self.expectEqual(found, expected)
        }
    }

    @Test(.enabled(if: RedshiftStandIn.runs, "\(RedshiftStandIn.skipReason)"))
    func `the mart on the stand-in for Redshift has the rows of the one in DuckDB`() async throws {
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await Self.world(26, days: 3, in: folder)
            let schema = try await Workshop.newSchema()
            try await workshop.load(manifests, intoSchema: schema)
            let expected = try await workshop.withWarehouse { try await Self.rows(of: $0) }
            let found = try await workshop.withSchema(schema) { try await Self.rows(of: $0) }
            Self.expectEqual(found, expected)
        }
    }
}

// MARK: Questions

extension MartTests {
    /// Where the keys of facts lead.
    private static let relations = [
        ("point_status", "point_id", "charging_point", "point_id"),
        ("point_status", "point_sk", "charging_point_version", "point_sk"),
        ("point_status", "station_id", "charging_station", "station_id"),
        ("point_status", "station_sk", "charging_station_version", "station_sk"),
        ("point_status", "operator_id", "operator", "operator_id"), ("point_status", "city_key", "city", "city_key"),
        ("point_status", "feed_key", "feed", "feed_key"), ("point_status", "status_key", "status", "status_key"),
        ("point_status", "start_date", "status_start_date", "start_date"),
        ("point_status", "end_date", "status_end_date", "end_date"),
        ("point_status", "start_hour_of_week", "local_hour", "hour_of_week"),
        ("connector_status", "connector_id", "connector", "connector_id"),
        ("connector_status", "connector_sk", "connector_version", "connector_sk"),
        ("point_hour", "point_id", "charging_point", "point_id"),
        ("point_hour", "local_date", "local_date", "local_date"),
        ("point_hour", "hour_of_week", "local_hour", "hour_of_week"),
        ("poll", "local_date", "local_date", "local_date"),
        ("feed_quality", "feed_key", "feed", "feed_key"),
    ]

    private static func wholeReport(_ grouping: String, of workshop: Workshop) async throws -> UtilizationReport {
        let query = try UtilizationQuery(
            by: UtilizationGrouping(rawValue: grouping).orThrow(grouping),
            from: first.previous.start,
            to: first.advanced(by: 9).start
        )
        return try await workshop.withWarehouse { try await query.report(on: $0) }
    }

    /// Seconds observed, occupied and unobserved for each key.
    private static func report(_ grouping: String, of workshop: Workshop) async throws -> [Int64: [Int64]] {
        let report = try await wholeReport(grouping, of: workshop)
        return report.rows.reduce(into: [:]) { sums, row in
            let key =
                switch row.key {
                case .total: Int64(-1)
                case .object(let name): name.id
                case .hourOfWeek(let hour): Int64(hour)
                }
            sums[key] = [row.seconds.observed, row.seconds[.occupied], row.seconds[.unobserved]]
        }
    }

    private static func sums(of view: String, by key: String, in workshop: Workshop) async throws -> [Int64: [Int64]] {
        let sql = """
            SELECT \(key), SUM(observed_s), SUM(occupied_s), SUM(unobserved_s) FROM mart.\(view) GROUP BY \(key)
            """
        let rows = try await workshop.withWarehouse { try await $0.query(sql).rows }
        return rows.reduce(into: [:]) { sums, row in
            let numbers = row.compactMap(\.number)
            if let key = numbers.first { sums[key] = Array(numbers.dropFirst()) }
        }
    }

    /// How often each row of each view occurs.
    private static func rows(of engine: some WarehouseEngine) async throws -> [String: [[SQLValue]: Int]] {
        let place = try await Mart.Place(of: engine)
        var found: [String: [[SQLValue]: Int]] = [:]
        for view in Mart.views {
            let rows = try await engine.query("SELECT * FROM \(place.mart).\(view.name)", []).rows
            found[view.name] = rows.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        return found
    }

    private static func expectEqual(_ found: [String: [[SQLValue]: Int]], _ expected: [String: [[SQLValue]: Int]]) {
        for view in Mart.views {
            #expect(found[view.name] == expected[view.name], "mart.\(view.name)")
            #expect(expected[view.name]?.isEmpty == false, "mart.\(view.name)")
        }
    }
}

extension SQLValue {
    fileprivate var number: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    fileprivate var text: String? {
        if case .text(let value) = self { value } else { nil }
    }
}
