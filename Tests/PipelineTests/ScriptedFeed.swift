import ChargingModel
import Foundation
import RawArchive
import Sources
import TestSupport

/// A small random feed with everything that makes history hard: missed polls, long gaps, cut answers, stations that
/// vanish and return, points that move, attributes that change, and half of the stations missing at times.
struct ScriptedFeed {
    let feed: FeedDescriptor
    /// What the feed said at each slot; `nil` is a missed poll.
    private(set) var captures: [Capture] = []
    /// The status of each point at each good poll, as the raw answer says it.
    private(set) var seen: [UTCTime: [String: String]] = [:]

    static let texts = ["AVAILABLE", "CHARGING", "OUTOFORDER", "UNKNOWN", "Charging ", "RESERVED"]

    init(_ name: String, first: UTCDay, days: Int, seed: UInt64, stations count: Int = 6) throws {
        feed = try Workshop.feed(name)
        var random = SeededGenerator(seed: seed)
        var world = World(stations: count, prefix: String(seed), random: &random)
        var slot = first.start
        var silent = 0
        while slot < first.advanced(by: days).start {
            world.step(&random)
            if silent > 0 {
                silent -= 1
            } else if Int.random(in: 0..<150, using: &random) == 0 {
                silent = Int.random(in: 1...30, using: &random)
            }
            captures.append(capture(at: slot, world, silent: silent > 0, &random))
            slot = slot.adding(seconds: 600)
        }
    }

    private mutating func capture(
        at slot: UTCTime,
        _ world: World,
        silent: Bool,
        _ random: inout SeededGenerator
    ) -> Capture {
        var poll = PollRecord(
            feed: feed.id,
            slot: slot,
            requestedAt: slot.adding(seconds: 3),
            finishedAt: slot.adding(seconds: 4),
            outcome: .ok,
            httpStatus: 200,
            attempts: 1,
            collector: "test"
        )
        if silent {
            poll.outcome = .timeout
            poll.httpStatus = nil
            return Capture(poll: poll, pages: [])
        }
        var body = world.body(at: slot)
        switch Int.random(in: 0..<60, using: &random) {
        case 0: body = Array(body.prefix(body.count / 2))
        case 1: body = Array("<html>maintenance</html>".utf8)
        default: seen[slot] = world.statuses
        }
        let page = CapturedPage(
            url: feed.url,
            requestedAt: poll.requestedAt,
            receivedAt: poll.finishedAt,
            httpStatus: 200,
            headers: [HeaderField("Content-Type", "application/json")],
            body: body
        )
        return Capture(poll: poll, pages: [page])
    }
}

/// The stations behind a scripted feed.
private struct World {
    struct Point {
        var uid: String
        var status: String
    }

    struct Station {
        var id: String
        var name: String
        var points: [Point]
        var isListed = true
    }

    var stations: [Station]

    init(stations count: Int, prefix: String, random: inout SeededGenerator) {
        stations = (0..<count).map { number in
            Station(
                id: "\(prefix)\(number)",
                name: "Platz \(number); \"Süd\"\n",
                points: (0..<Int.random(in: 1...3, using: &random)).map {
                    Point(uid: "\(prefix)\(number)\($0)7", status: "AVAILABLE")
                }
            )
        }
    }

    mutating func step(_ random: inout SeededGenerator) {
        for index in stations.indices {
            for point in stations[index].points.indices where Int.random(in: 0..<12, using: &random) == 0 {
                stations[index].points[point].status = ScriptedFeed.texts.randomElement(using: &random) ?? "AVAILABLE"
            }
            if Int.random(in: 0..<200, using: &random) == 0 { stations[index].name += "!" }
            if index > 0, Int.random(in: 0..<200, using: &random) == 0 { stations[index].isListed.toggle() }
        }
        if Int.random(in: 0..<300, using: &random) == 0, let moved = stations[0].points.popLast() {
            stations[stations.count - 1].points.append(moved)
        }
    }

    var statuses: [String: String] {
        var statuses: [String: String] = [:]
        for station in stations where station.isListed {
            for point in station.points { statuses[point.uid] = point.status }
        }
        return statuses
    }

    /// The answer as text: an encoder would cost more than all that is tested.
    func body(at slot: UTCTime) -> [UInt8] {
        let data = stations.filter(\.isListed).map { station in
            let points = station.points.map { point in
                """
                {"uid":"\(point.uid)","id":"DE*TST*E\(point.uid)","status":"\(point.status)",\
                "capabilities":["RFID_READER"],"connectors":[{"id":"9\(point.uid)","status":"\(point.status)",\
                "standard":"IEC_62196_T2","format":"SOCKET","power_type":"AC_3_PHASE","ampere":"32","voltage":"400",\
                "max_power":22}]}
                """
            }
            let name = station.name.replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return """
                {"id":"\(station.id)","name":"\(name)","status":"active","address":"Weg 1","city":"Testheim ",\
                "postal_code":"12345","country":"DE","coordinates":{"latitude":"50.1","longitude":"8.5"},\
                "operator":{"operatorId":"TST","name":"Stadtwerke Testheim"},"evses":[\(points.joined(separator: ","))]}
                """
        }
        let list = data.joined(separator: ",")
        return Array(#"{"data":[\#(list)],"status_code":1000,"timestamp":"\#(slot)"}"#.utf8)
    }
}
