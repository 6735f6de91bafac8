import Analytics
import ChargingModel
import Foundation
import Reporting
import TestSupport
import Testing
import Warehouse

@Suite(.enabled(if: ReportWorld.runs, "no DuckDB library: make setup"))
struct HistoryReportTests {
    @Test(arguments: TableFormat.allCases)
    func `the history by entity is as the golden file`(format: TableFormat) async throws {
        let table = try await Self.table(HistoryQuery())
        let text = TableRenderer(format, schema: "chargehouse.history/1").render(table)
        try Golden.check(text, file: "history.\(format.rawValue)")
    }

    @Test func `the history by month is as the golden file`() async throws {
        let table = try await Self.table(HistoryQuery(by: .month))
        try Golden.check(TableRenderer(.table).render(table), file: "history-month.table")
    }

    @Test func `a change counts in each group that it touches, and in other where it touches none`() async throws {
        let table = try await Self.table(HistoryQuery())
        let station = try #require(table.rows.first { $0[0] == .text("station") })
        // Three stations; the first has two more versions: name and place, then a column of no group.
        #expect(station[1...5] == [.integer(3), .integer(5), .integer(1), .integer(2), .integer(1)])
        #expect(station[6] == .integer(1))
        #expect(station.last == .integer(1))
    }

    @Test func `a feed without objects has no history, but the operators of its family`() async throws {
        let other = try #require(FeedID("chargecloud/bonn"))
        let feed = try #require(FeedID("chargecloud/koeln"))
        #expect(try await Self.table(HistoryQuery(feed: other)).rows.map(\.first) == [.text("operator")])
        #expect(
            try await Self.table(HistoryQuery(feed: feed)).rows.map(\.first) == [.text("operator"), .text("station")]
        )
    }

    @Test func `the SQL is as the golden file`() throws {
        let texts = HistoryGrouping.allCases.map {
            HistoryQuery(by: $0, feed: FeedID("chargecloud/koeln")).statement.text
        }
        try Golden.check(texts.joined(separator: ";\n\n") + ";\n", file: "history.sql")
    }

    private static func table(_ query: HistoryQuery) async throws -> AnswerTable {
        let world = try await ReportWorld()
        try await world.addStationVersions()
        let table = try await query.table(on: world.engine)
        try await world.engine.close()
        return table
    }
}

extension ReportWorld {
    /// Two further versions of the first station, and a second feed.
    fileprivate func addStationVersions() async throws {
        let from = ["2026-01-01", "2026-02-03", "2026-03-01"].map { "TIMESTAMP '\($0) 00:00:00'" }
        let copies = [
            (9_001, 3, from[1], from[2], false), (9_002, 0, from[2], "TIMESTAMP '9999-12-31 00:00:00'", true),
        ]
        var statements = copies.map { key, mask, begin, end, isCurrent in
            """
            INSERT INTO dim_charging_station (station_sk, station_id, feed_key, source_station_id, operator_id, city_key,
                city_id, city_name, name, country, tz_name, hours_key, valid_from, valid_to, is_current, attr_hash, change_mask,
                last_seen, first_load_id)
            SELECT \(key), station_id, feed_key, source_station_id, operator_id, city_key, city_id, city_name, name, country,
                tz_name, hours_key, \(begin), \(end), \(isCurrent), 'h\(key)', \(mask), last_seen, first_load_id
            FROM dim_charging_station WHERE station_sk = 1001
            """
        }
        statements.append(
            "UPDATE dim_charging_station SET valid_to = \(from[1]), is_current = FALSE WHERE station_sk = 1001"
        )
        statements.append(
            """
            INSERT INTO dim_feed (feed_key, feed_id, family, adapter, url, tz_name, interval_s, max_gap_s, needs_credentials,
                active)
            VALUES (2, 'chargecloud/bonn', 'chargecloud', 'chargecloud', 'http://localhost/', 'Europe/Berlin', 600, 1800,
                FALSE, TRUE)
            """
        )
        try await engine.transact(statements.map { .statement($0) })
    }
}
