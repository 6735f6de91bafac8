import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Sources
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

/// Real pages of Ludwigsburg with changes edited in: one version per real change, none from what is volatile.
@Suite struct VersionTests {
    private typealias Object = [String: Any]

    private static let pages = [
        "payloads/chargecloud/afir-rest_ludwigsburg_2026-01-31_page1.json",
        "payloads/chargecloud/afir-rest_ludwigsburg_2026-01-31_page2_last.json",
    ]
    private static let start = UTCTime(seconds: 1_769_853_600)  // 2026-01-31T10:00:00Z

    @Test(.enabled(if: SharedData.path(pages[0]) != nil, SharedData.absence(pages[0])))
    func `real changes make one version each, volatile fields, flapping and another order none`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let feed = try FeedCatalog.builtIn().feed("chargecloud-afir/ludwigsburg")
            let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
            for poll in 0..<18 {
                var stations = try Self.stations()
                try Self.edit(&stations, at: poll)
                _ = try writer.append(Self.capture(of: stations, feed, Self.start.adding(seconds: poll * 600)))
            }
            try writer.close()
            try await workshop.load(workshop.clean([feed]).map(\.manifest))
            let stationNames = "SELECT source_station_id, change_mask FROM dim_charging_station WHERE valid_from > "
            let changed = try await workshop.withWarehouse { engine in
                try await engine.query(
                    stationNames + "TIMESTAMP '2026-01-31 10:00:00' ORDER BY valid_from, source_station_id",
                    []
                ).rows
            }
            let ids = try Self.stations().compactMap { $0["id"].map { "\($0)" } }
            #expect(
                Set(changed) == [
                    [.text(ids[0]), .integer(1)], [.text(ids[1]), .integer(4)],
                    [.text(ids[Self.limited]), .integer(16)],
                    [.text(ids[4]), .integer(2)], [.text(ids[6]), .integer(1)],
                ]
            )
            #expect(
                changed.count == 6,
                "\(changed): the name of one station changed for an hour: there and back are two versions"
            )
            let counts = [
                ("dim_charging_station", 129 + 6), ("dim_charging_point", 367 + 1),
                ("dim_charging_point WHERE change_mask = 32", 1), ("dim_operator WHERE change_mask = 1", 1),
                ("dim_operator WHERE name = 'Stadtwerke Neustadt'", 1), ("dim_connector WHERE change_mask <> 0", 0),
                ("bridge_point_capability WHERE capability = 'DEBIT_CARD_PAYABLE'", 1),
            ]
            for (table, expected) in counts {
                #expect(try await workshop.count("SELECT COUNT(*) FROM \(table)") == Int64(expected), "\(table)")
            }
            try await expectJoins(in: workshop)
        }
    }

    /// As it was, by the version of the moment, and as it is, by the current one.
    private func expectJoins(in workshop: Workshop) async throws {
        let was = """
            SELECT COUNT(DISTINCT o.name) FROM fact_point_status f
            JOIN dim_charging_station s ON s.station_sk = f.station_sk
            JOIN dim_operator o ON o.operator_id = s.operator_id AND o.is_current
            WHERE o.name = 'Stadtwerke Neustadt' AND f.valid_from < TIMESTAMP '2026-01-31 11:00:00'
            """
        #expect(try await workshop.count(was) == 0)
        let now = """
            SELECT COUNT(DISTINCT o.name) FROM fact_point_status f
            JOIN dim_charging_station w ON w.station_sk = f.station_sk
            JOIN dim_charging_station s ON s.station_id = w.station_id AND s.is_current
            JOIN dim_operator o ON o.operator_id = s.operator_id AND o.is_current
            WHERE o.name = 'Stadtwerke Neustadt' AND f.valid_from < TIMESTAMP '2026-01-31 11:00:00'
            """
        #expect(try await workshop.count(now) == 1)
    }

    /// The first station with opening hours that have limits.
    private static let limited = 3

    /// The stations of both pages, one with limited hours at ``limited``.
    private static func stations() throws -> [Object] {
        let stations = try pages.flatMap { page -> [Object] in
            let data = try Data(contentsOf: URL(fileURLWithPath: SharedData.path(page).orThrow("payload")))
            let answer = try (JSONSerialization.jsonObject(with: data) as? Object).orThrow("object")
            return try (answer["items"] as? [Object]).orThrow("items")
        }
        let isLimited = { (station: Object) in (station["opening_times"] as? Object)?["regular_hours"] != nil }
        let others = stations.filter { !isLimited($0) }
        let withLimits = stations.filter(isLimited)
        var ordered = others.prefix(limited) + withLimits + others.dropFirst(limited)
        // The pages name the operator without an id.
        for index in ordered.indices { ordered[index]["operator"] = ["operatorId": "SWL", "name": "sw-ludwigsburg"] }
        return Array(ordered)
    }

    private static func edit(_ stations: inout [Object], at poll: Int) throws {
        for index in stations.indices { churn(&stations[index], poll) }
        // Two polls long: flapping. An hour long: two versions.
        if (3..<5).contains(poll) { stations[5]["name"] = "flapping" }
        if (6..<12).contains(poll) { stations[6]["name"] = "for an hour" }
        guard poll >= 6 else { return }
        stations[0]["name"] = "Neuer Name \"Süd\";\n"
        var owner = try (stations[1]["operator"] as? Object).orThrow("operator")
        owner["operatorId"] = "NEU"
        owner["name"] = "Stadtwerke Neustadt"
        stations[1]["operator"] = owner
        // A new name of an operator is a version of the operator, not of its stations.
        for index in stations.indices where index != 1 {
            stations[index]["operator"] = ["operatorId": "SWL", "name": "Umbenannt"]
        }
        var hours = try (stations[limited]["opening_times"] as? Object).orThrow("hours")
        var periods = try (hours["regular_hours"] as? [Object]).orThrow("periods")
        for index in periods.indices where periods[index]["weekday"] as? Int == 1 {
            periods[index]["period_end"] = "23:45"
        }
        hours["regular_hours"] = periods
        stations[limited]["opening_times"] = hours
        stations[4]["address"] = "Umgezogen 1"
        var points = try (stations[7]["evses"] as? [Object]).orThrow("evses")
        points[0]["capabilities"] = (points[0]["capabilities"] as? [String] ?? []) + ["DEBIT_CARD_PAYABLE"]
        stations[7]["evses"] = points
    }

    /// What changes all the time: stamps, prices, what can be reserved, the order of opening hours.
    private static func churn(_ station: inout Object, _ poll: Int) {
        let stamp = "\(start.adding(seconds: poll * 600 - 77))"
        station["last_updated"] = stamp
        if var hours = station["opening_times"] as? Object, let periods = hours["regular_hours"] as? [Object] {
            hours["regular_hours"] = poll.isMultiple(of: 2) ? periods : Array(periods.reversed())
            station["opening_times"] = hours
        }
        guard var points = station["evses"] as? [Object] else { return }
        for index in points.indices {
            points[index]["last_updated"] = stamp
            points[index]["tariffs"] = [["id": "tariff-\(poll)", "currency": "EUR", "elements": []] as Object]
            points[index]["reservable"] = poll.isMultiple(of: 2)
            let capabilities = (points[index]["capabilities"] as? [String] ?? []).filter { $0 != "RESERVABLE" }
            points[index]["capabilities"] = capabilities + (poll.isMultiple(of: 2) ? ["RESERVABLE"] : [])
        }
        station["evses"] = points
    }

    private static func capture(of stations: [Object], _ feed: FeedDescriptor, _ slot: UTCTime) throws -> Capture {
        let body = try JSONSerialization.data(withJSONObject: ["items": stations], options: [.sortedKeys])
        return Capture(of: Array(body), from: feed, at: slot)
    }
}
