import ChargingModel
import Cleaning
import RawArchive
import Sources
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

/// Points that appear, vanish, return, move, give their id to another, and are told twice.
@Suite struct LifecycleTests {
    private static let start = UTCDay(number: 20_539).start  // 2026-03-27

    private struct Point {
        var uid: String
        var evse: String
        var status = "AVAILABLE"
        var connector: String
        var updated: String?
    }

    private static func station(
        _ id: String,
        latitude: String = "50.1",
        hours: String = #"{"twentyfourseven":true}"#,
        _ points: [Point]
    ) -> String {
        let list = points.map { point in
            """
            {"uid":"\(point.uid)","id":"\(point.evse)","status":"\(point.status)",\
            \(point.updated.map { "\"last_updated\":\"\($0)\"," } ?? "")"connectors":[{"id":"\(point.connector)",\
            "standard":"IEC_62196_T2","max_power":22,"status":"\(point.status)"}]}
            """
        }
        return """
            {"id":"\(id)","name":"Platz \(id)","city":"Testheim","country":"DE",\
            "opening_times":\(hours),\
            "coordinates":{"latitude":"\(latitude)","longitude":"8.5"},"evses":[\(list.joined(separator: ","))]}
            """
    }

    private static let other = station("9", [Point(uid: "90", evse: "DE*TST*E90", connector: "900")])

    /// Polls every ten minutes; a run of polls says the same.
    private func load(_ runs: [(polls: Int, stations: [String])], feed name: String = "test/a", in workshop: Workshop)
        async throws
    {
        let feed = try Workshop.feed(name)
        let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
        var poll = 0
        for run in runs {
            for _ in 0..<run.polls {
                let slot = Self.start.adding(seconds: poll * 600)
                let list = run.stations.joined(separator: ",")
                let body = #"{"data":[\#(list)],"status_code":1000,"timestamp":"\#(slot)"}"#
                _ = try writer.append(Capture(of: Array(body.utf8), from: feed, at: slot))
                poll += 1
            }
        }
        try writer.close()
        try await workshop.load(workshop.clean([feed]).map(\.manifest))
    }

    @Test func `a station that vanishes is absent, and returns as the same version`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let station = Self.station("1", [Point(uid: "10", evse: "DE*TST*E10", connector: "100")])
            try await load(
                [(50, [station, Self.other]), (40, [Self.other]), (54, [station, Self.other])],
                in: workshop
            )
            let absent = """
                FROM fact_point_status f JOIN dim_status s ON s.status_key = f.status_key AND s.code = 'absent'
                """
            #expect(try await workshop.count("SELECT COUNT(*) \(absent)") == 1)
            let seconds = "SELECT CAST(SUM(DATE_DIFF('second', f.valid_from, f.valid_to)) AS BIGINT) \(absent)"
            #expect(try await workshop.count(seconds) == 40 * 600)
            #expect(try await workshop.count("SELECT COUNT(*) FROM dim_charging_station") == 2)
            #expect(try await workshop.count("SELECT COUNT(*) FROM dim_charging_point") == 2)
        }
    }

    @Test func `a point that moves to another station keeps its id and gets a version`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let point = Point(uid: "10", evse: "DE*TST*E10", connector: "100")
            let before = [Self.station("1", [point]), Self.other]
            let after = [Self.station("1", []), Self.station("2", [point]), Self.other]
            try await load([(72, before), (72, after)], in: workshop)
            let versions = "FROM dim_charging_point WHERE source_point_id = '10'"
            #expect(try await workshop.count("SELECT COUNT(DISTINCT point_id) \(versions)") == 1)
            #expect(try await workshop.count("SELECT COUNT(*) \(versions) AND change_mask = 64") == 1)
            #expect(try await workshop.count("SELECT COUNT(*) \(versions)") == 2)
        }
    }

    @Test func `an id that stands for another point elsewhere gets a durable id of its own`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let old = Self.station("1", [Point(uid: "10", evse: "DE*TST*E10", connector: "100")])
            let new = Self.station("1", latitude: "50.11", [Point(uid: "10", evse: "DE*TST*E77", connector: "777")])
            try await load([(72, [old, Self.other]), (72, [new, Self.other])], in: workshop)
            let versions = "FROM dim_charging_point WHERE source_point_id = '10'"
            #expect(try await workshop.count("SELECT COUNT(DISTINCT point_id) \(versions)") == 2)
            let facts = """
                SELECT COUNT(DISTINCT f.point_id) FROM fact_point_status f
                JOIN dim_charging_point p ON p.point_sk = f.point_sk AND p.point_id = f.point_id
                WHERE p.source_point_id = '10'
                """
            #expect(try await workshop.count(facts) == 2)
            // 500 m away or not, the same connectors are the same point.
            let near = Workshop(folder + "-near")
            let same = Point(uid: "10", evse: "DE*TST*E10", connector: "100")
            let corrected = Self.station("1", latitude: "50.11", [same])
            try await load([(72, [old, Self.other]), (72, [corrected, Self.other])], in: near)
            #expect(try await near.count("SELECT COUNT(DISTINCT point_id) \(versions)") == 1)
        }
    }

    @Test func `a point told by two ids is counted once, by the newest record`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let new = Point(
                uid: "10",
                evse: "DE*TST*E10100",
                status: "CHARGING",
                connector: "100",
                updated: "2026-03-26T10:00:00Z"
            )
            let old = Point(uid: "11", evse: "de-tst-e10100", connector: "110", updated: "2025-01-01T10:00:00Z")
            try await load([(144, [Self.station("1", [old]), Self.station("2", [new]), Self.other])], in: workshop)
            #expect(try await workshop.count("SELECT COUNT(*) FROM etl_point_copy") == 1)
            #expect(try await workshop.count("SELECT CAST(SUM(occupied_s) AS BIGINT) FROM agg_point_hour") == 86_400)
            #expect(try await workshop.count("SELECT COUNT(DISTINCT point_id) FROM agg_point_hour") == 2)
            #expect(try await workshop.count("SELECT COUNT(DISTINCT point_id) FROM fact_point_status") == 3)
        }
    }

    @Test func `opening hours with limits bound the seconds that count as open`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            // A Friday in Berlin, UTC+1: 07:00 to 22:30 less an hour that is closed by exception.
            let hours = #"""
                {"twentyfourseven":false,"regular_hours":[{"weekday":5,"period_begin":"07:00","period_end":"22:30"}],\#
                "exceptional_closings":[{"period_begin":"2026-03-27T11:20:00Z","period_end":"2026-03-27T12:20:00Z"}]}
                """#
            let point = Point(uid: "10", evse: "DE*TST*E10", status: "CHARGING", connector: "100")
            try await load([(144, [Self.station("1", hours: hours, [point]), Self.other])], in: workshop)
            let sums = "SELECT CAST(SUM(a.open_observed_s) AS BIGINT) FROM agg_point_hour a"
            let open = Int64(15.5 * 3_600 - 3_600)
            #expect(try await workshop.count(sums) == open + 86_400)
            #expect(try await workshop.count(sums.replacing("observed", with: "occupied")) == open)
            #expect(try await workshop.count("SELECT COUNT(*) FROM bridge_station_hours WHERE open_minute = 420") == 1)
            #expect(try await workshop.count("SELECT COUNT(*) FROM bridge_station_exception") == 1)
            let tooMany = """
                SELECT COUNT(*) FROM agg_point_hour WHERE open_observed_s > 3600 OR open_occupied_s > occupied_s
                """
            #expect(try await workshop.count(tooMany) == 0)
        }
    }

    @Test func `a point in two feeds of one family is counted once`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let stations = [Self.station("1", [Point(uid: "10", evse: "DE*TST*E10100", connector: "100")]), Self.other]
            try await load([(144, stations)], in: workshop)
            try await load([(144, stations)], feed: "test/b", in: workshop)
            #expect(try await workshop.count("SELECT COUNT(*) FROM etl_point_copy") == 2)
            #expect(try await workshop.count("SELECT CAST(SUM(free_s) AS BIGINT) FROM agg_point_hour") == 2 * 86_400)
            #expect(try await workshop.count("SELECT COUNT(*) FROM dim_charging_point") == 2)
        }
    }
}
