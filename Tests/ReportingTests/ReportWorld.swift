import ChargingModel
import Foundation
import TestSupport
import Warehouse
import WarehouseDuckDB

/// A small warehouse, written by hand, in a real DuckDB.
struct ReportWorld {
    static let start = UTCTime(seconds: 1_772_323_200)  // 2026-03-01T00:00:00Z, a Sunday
    let engine: any WarehouseEngine

    /// Whether the tests run: a library is found, or one is required.
    static var runs: Bool {
        let candidates = DuckDBLibrary.candidates(environment: environment, workingDirectory: PackageRoot.path)
        let isPresent =
            environment[DuckDBLibrary.environmentName] != nil
            || candidates.contains { FileManager.default.fileExists(atPath: $0) }
        return Requirements.runs(with: isPresent)
    }

    /// Three stations with four points in two cities; no hours yet.
    init(stationNames: [String] = ["Domplatz", "Hafen", "Münsterplatz"]) async throws {
        let library = try DuckDBLibrary.locate(environment: Self.environment, workingDirectory: PackageRoot.path)
        let database = try await DuckDBEngine.open(path: ":memory:", library: library)
        try await WarehouseMigrator.migrate(database, now: Self.start)
        engine = database
        var statements = [
            """
            INSERT INTO dim_feed (feed_key, feed_id, family, adapter, url, tz_name, interval_s, max_gap_s,
                                  needs_credentials, active)
            VALUES (1, 'chargecloud/koeln', 'chargecloud', 'chargecloud', 'http://localhost/', 'Europe/Berlin', 600,
                    1800, FALSE, TRUE)
            """,
            """
            INSERT INTO dim_city (city_key, city_id, name, country, tz_name)
            VALUES (10, 'de/koeln', 'Köln', 'DE', 'Europe/Berlin'), (20, 'de/bonn', 'Bonn', 'DE', 'Europe/Berlin')
            """,
            Self.operators,
        ]
        for (index, name) in stationNames.enumerated() {
            statements.append(Self.station(index: index, name: name))
        }
        try await engine.transact(statements.map { .statement($0) })
    }

    /// Four hours in which every number can be computed by hand.
    static func byHand(stationNames: [String] = ["Domplatz", "Hafen", "Münsterplatz"]) async throws -> ReportWorld {
        let world = try await ReportWorld(stationNames: stationNames)
        try await world.add([
            Hour(1, 1001, 0, [.occupied: 3_600]), Hour(1, 1001, 1, [.occupied: 3_600]),
            Hour(1, 1001, 2, [.free: 3_600]), Hour(1, 1001, 3, [.free: 3_600]),
            Hour(2, 1001, 0, [.free: 3_600]), Hour(2, 1001, 1, [.free: 3_600]),
            Hour(2, 1001, 2, [.free: 3_600]), Hour(2, 1001, 3, [.down: 3_600]),
            Hour(3, 1002, 0, [.occupied: 3_600]), Hour(3, 1002, 1, [.unobserved: 3_600]),
            Hour(3, 1002, 2, [.unobserved: 3_600]), Hour(3, 1002, 3, [.unobserved: 3_600]),
            Hour(4, 1003, 0, [.free: 3_600]), Hour(4, 1003, 1, [.free: 3_600]),
            Hour(4, 1003, 2, [.reserved: 1_800, .unknown: 1_800]), Hour(4, 1003, 3, [.unobserved: 3_600]),
        ])
        try await world.addRuns()
        return world
    }

    func add(_ hours: [Hour]) async throws {
        try await engine.transact(hours.map { .statement($0.insert) })
    }

    /// Rows of `dim_hour` for Europe/Berlin in 2026.
    func addLocalHours(from: UTCTime, to: UTCTime) async throws {
        let summer = UTCTime(seconds: 1_774_746_000)..<UTCTime(seconds: 1_792_890_000)
        var statements: [TransactionStep] = []
        var hour = from
        while hour < to {
            let offset = summer.contains(hour) ? 7_200 : 3_600
            let local = hour.adding(seconds: offset)
            let localHour = Int(local.seconds - local.day.start.seconds) / 3_600
            statements.append(
                .statement(
                    """
                    INSERT INTO dim_hour (hour_utc, hour_end, utc_date, tz_name, local_ts, local_date, local_hour,
                                          iso_dow, hour_of_week, utc_offset_s, is_dst)
                    VALUES (TIMESTAMP '\(hour.sqlText)', TIMESTAMP '\(hour.adding(seconds: 3_600).sqlText)',
                            DATE '\(hour.day)', 'Europe/Berlin', TIMESTAMP '\(local.sqlText)', DATE '\(local.day)',
                            \(localHour), \(local.day.isoWeekday),
                            \((local.day.isoWeekday - 1) * 24 + localHour), \(offset), \(offset == 7_200))
                    """
                )
            )
            hour = hour.adding(seconds: 3_600)
        }
        try await engine.transact(statements)
    }

    /// Point 1: free the day before, charging at 00:00, blocked at 01:00, free at 02:00: one occupied run.
    private func addRuns() async throws {
        let intervals: [(status: ChargingStatus, from: Int, to: Int, reason: Int)] = [
            (.available, -24, 0, 4), (.charging, 0, 1, 1), (.blocked, 1, 2, 1), (.available, 2, 24, 1),
        ]
        try await engine.transact(
            intervals.map { interval in
                let from = Self.start.adding(seconds: interval.from * 3_600)
                let to = Self.start.adding(seconds: interval.to * 3_600)
                return .statement(
                    """
                    INSERT INTO fact_point_status (utc_date, feed_key, point_id, point_sk, station_sk, status_key,
                        valid_from, valid_to, observations, start_reason, end_reason, load_id)
                    VALUES (DATE '\(from.day)', 1, 1, 1, 1001, \(interval.status.key), TIMESTAMP '\(from.sqlText)',
                            TIMESTAMP '\(to.sqlText)', 6, \(interval.reason), 1, 1)
                    """
                )
            }
        )
    }

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    private static let versionColumns =
        "valid_from, valid_to, is_current, attr_hash, change_mask, last_seen, first_load_id"
    private static let version = """
        TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '9999-12-31 00:00:00', TRUE, 'x', 0, TIMESTAMP '2026-01-01 00:00:00', 1
        """

    private static let operators = """
        INSERT INTO dim_operator (operator_sk, operator_id, family, source_operator_id, name, \(versionColumns))
        VALUES (100, 100, 'chargecloud', 'op-a', 'Stadtwerke', \(version)),
               (200, 200, 'chargecloud', 'op-b', 'Rheinstrom', \(version))
        """

    private static func station(index: Int, name: String) -> String {
        let id = 1_001 + index
        let literal = name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
        return """
            INSERT INTO dim_charging_station (station_sk, station_id, feed_key, source_station_id, operator_id, city_key,
                                              city_id, city_name, name, country, tz_name, hours_key,
                                              \(versionColumns))
            VALUES (\(id), \(id), 1, 's\(id)', \(index == 0 ? 100 : 200), \(index < 2 ? 10 : 20),
                    'de/\(index < 2 ? 10 : 20)', 'City \(index < 2 ? 10 : 20)', '\(literal)', 'DE',
                    'Europe/Berlin', 0, \(version))
            """
    }
}

/// One point in one UTC hour.
struct Hour {
    let point: Int
    let station: Int
    let time: UTCTime
    let seconds: [StatusCategory: Int]

    /// An hour counted from the start of the world.
    init(_ point: Int, _ station: Int, _ offset: Int, _ seconds: [StatusCategory: Int]) {
        self.init(point, station, at: ReportWorld.start.adding(seconds: offset * 3_600), seconds)
    }

    init(_ point: Int, _ station: Int, at time: UTCTime, _ seconds: [StatusCategory: Int]) {
        self.point = point
        self.station = station
        self.time = time
        self.seconds = seconds
    }

    var insert: String {
        let columns = StatusCategory.allCases.map { "\($0.rawValue)_s" }.joined(separator: ", ")
        let values = StatusCategory.allCases.map { "\(seconds[$0] ?? 0)" }.joined(separator: ", ")
        return """
            INSERT INTO agg_point_hour (hour_utc, feed_key, point_id, station_sk, \(columns), open_observed_s,
                open_occupied_s, changes, session_starts, load_id)
            VALUES (TIMESTAMP '\(time.sqlText)', 1, \(point), \(station), \(values), 0, 0, 0, 0, 1)
            """
    }
}
