import Analytics
import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Sources
import TestSupport
import Warehouse
import WarehouseDuckDB

/// Two small feeds over six days around a clock change, in which every rule holds and every table has rows.
///
/// Synthetic. There is something of everything: opening hours with limits and exceptions, a change of each entity,
/// one record that is a copy, a missed stretch, a station that is away for hours, and some rejects.
enum CleanWorld {
    static let first = UTCDay(number: 20_537)  // 2026-03-25; clocks change on the 29th
    static let days = 6
    static let last = first.advanced(by: days - 1)
    static let interval = 1_800
    /// Just after the last poll.
    static let now = last.end.adding(seconds: 60)
    static let stations = 12

    static func feeds() throws -> [FeedDescriptor] {
        try ["test/a", "test/b"].map { name in
            var feed = try Workshop.feed(name, interval: interval)
            feed.isEnabled = true
            return feed
        }
    }

    /// Archives, cleans, loads and checks the world, with the results of the check stored.
    static func build(in workshop: Workshop) async throws {
        let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
        for feed in try feeds() {
            for index in 0..<days * 86_400 / interval { _ = try writer.append(capture(of: feed, index)) }
        }
        try writer.close()
        try await workshop.load(try workshop.clean(feeds()).map(\.manifest))
        try await workshop.withWarehouse { engine in
            let report = try await QualityCheck(now: now).run(on: engine)
            try await engine.transact(report.storingSteps(in: engine.dialect))
        }
    }

    private static func capture(of feed: FeedDescriptor, _ index: Int) -> Capture {
        let slot = first.start.adding(seconds: index * interval)
        let isMissed = feed.id.description == "test/a" && (116...120).contains(index)
        let poll = PollRecord(
            feed: feed.id,
            slot: slot,
            requestedAt: slot.adding(seconds: 3),
            finishedAt: slot.adding(seconds: 4),
            outcome: isMissed ? .timeout : .ok,
            httpStatus: isMissed ? nil : 200,
            attempts: 1,
            collector: "test"
        )
        guard !isMissed else { return Capture(poll: poll, pages: []) }
        let page = CapturedPage(
            url: feed.url,
            requestedAt: poll.requestedAt,
            receivedAt: poll.finishedAt,
            httpStatus: 200,
            headers: [HeaderField("Content-Type", "application/json")],
            body: body(feed.id.description == "test/a" ? "1" : "2", index, slot)
        )
        return Capture(poll: poll, pages: [page])
    }

    private static let hours = [
        #"{"twentyfourseven":true}"#,
        #"{"twentyfourseven":false,"regular_hours":[{"weekday":1,"period_begin":"07:00","period_end":"22:30"},"#
            + #"{"weekday":7,"period_begin":"22:00","period_end":"06:00"}]}"#,
        #"{"twentyfourseven":true,"exceptional_closings":"#
            + #"[{"period_begin":"2026-03-28T10:00:00Z","period_end":"2026-03-29T11:07:00Z"}]}"#,
        "null",
    ]

    /// Each day has the same mix: the cycle of sixteen slots divides the day.
    private static let cycle =
        Array(repeating: "CHARGING", count: 4) + ["UNKNOWN", "RESERVED", "OUTOFORDER"]
        + Array(repeating: "AVAILABLE", count: 9)

    /// The slot from which changed attributes are told.
    private static let change = 154

    private static func body(_ feed: String, _ index: Int, _ slot: UTCTime) -> [UInt8] {
        let isChanged = index >= change
        let list = (0..<stations).compactMap { number -> String? in
            if number == stations - 1, (200..<210).contains(index) { return nil }
            let broken = number == 4 && (5..<8).contains(index) ? ",null" : ""
            let odd = number == 5 && index < 48 ? #""colour":"red","# : ""
            let points = (0..<2).map { point(feed, number, $0, index, isChanged) }.joined(separator: ",")
            return """
                {"id":"\(feed)\(number)","name":"Platz \(number)\(number == 1 && isChanged ? "!" : "")",\(odd)\
                "status":"active","address":"Weg 1","city":"Testheim","postal_code":"12345","country":"DE",\
                "coordinates":{"latitude":"50.\(number)","longitude":"8.5"},"opening_times":\(hours[number % 4]),\
                "operator":{"operatorId":"TS\(feed)","name":"Stadtwerke","hotline":"\(isChanged ? 2 : 1)"},\
                "evses":[\(points)\(broken)]}
                """
        }
        return Array(#"{"data":[\#(list.joined(separator: ","))],"status_code":1000,"timestamp":"\#(slot)"}"#.utf8)
    }

    private static func point(_ feed: String, _ station: Int, _ number: Int, _ index: Int, _ isChanged: Bool) -> String
    {
        let uid = "\(feed)\(station)\(number)7"
        let status = cycle[(index + 5 * (2 * station + number)) % cycle.count]
        let owner = station == 0 && number == 0 ? "1" : feed
        let capability = station == 2 && isChanged ? "CREDIT_CARD_PAYABLE" : "RFID_READER"
        let power = station == 3 && isChanged ? 11 : 22
        return """
            {"uid":"\(uid)","id":"DE*TST*E\(owner)\(station)\(number)7","status":"\(status)",\
            "capabilities":["\(capability)"],"connectors":[{"id":"9\(uid)","status":"\(status)",\
            "standard":"IEC_62196_T2","format":"SOCKET","power_type":"AC_3_PHASE","ampere":"32","voltage":"400",\
            "max_power":\(power)}]}
            """
    }
}
