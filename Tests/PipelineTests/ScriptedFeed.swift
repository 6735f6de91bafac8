import ChargingModel
import Foundation
import RawArchive
import Sources
import TestSupport

/// A small random feed with everything that makes history hard: missed polls, long gaps, cut answers, stations that
/// vanish and return, points that move, ids that come to stand for other points, points told twice, attributes that
/// change or flap, opening hours with limits and exceptions, and half of the stations missing at times.
struct ScriptedFeed {
    let feed: FeedDescriptor
    /// What the feed said at each slot; `nil` is a missed poll.
    private(set) var captures: [Capture] = []
    /// The status of each point at each good poll, as the raw answer says it.
    private(set) var seen: [UTCTime: [String: String]] = [:]

    static let texts = ["AVAILABLE", "CHARGING", "OUTOFORDER", "UNKNOWN", "Charging ", "RESERVED"]

    /// Feeds of equal `ids` tell partly of the same points.
    init(
        _ name: String,
        first: UTCDay,
        days: Int,
        seed: UInt64,
        stations count: Int = 6,
        ids: String? = nil,
        interval: Int = 600
    ) throws {
        feed = try Workshop.feed(name, interval: interval)
        var random = SeededGenerator(seed: seed)
        var world = World(stations: count, prefix: ids ?? String(seed), random: &random)
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
            slot = slot.adding(seconds: interval)
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
        var evse: String
        var capability = "RFID_READER"
        var power = 22
        /// Raised when the id comes to stand for another point.
        var life = 0
        var reportedMinutes: Int?
    }

    struct Station {
        var id: String
        var name: String
        var points: [Point]
        var isListed = true
        var latitude = 50.1
        var hours = World.hours[0]
        var hotline = "1"
    }

    static let hours = [
        #"{"twentyfourseven":true}"#,
        #"{"twentyfourseven":false,"regular_hours":[{"weekday":1,"period_begin":"07:00","period_end":"22:30"},"#
            + #"{"weekday":7,"period_begin":"22:00","period_end":"06:00"},"#
            + #"{"weekday":2,"period_begin":"00:00","period_end":"00:00"}]}"#,
        #"{"twentyfourseven":true,"exceptional_closings":"#
            + #"[{"period_begin":"2026-03-28T10:00:00Z","period_end":"2026-03-29T11:07:00Z"}]}"#,
        "null",
    ]

    var stations: [Station]

    init(stations count: Int, prefix: String, random: inout SeededGenerator) {
        stations = (0..<count).map { number in
            Station(
                id: "\(prefix)\(number)",
                name: "Platz \(number); \"Süd\"\n",
                points: (0..<Int.random(in: 1...3, using: &random)).map {
                    Point(
                        uid: "\(prefix)\(number)\($0)7",
                        status: "AVAILABLE",
                        evse: "DE*TST*E\(prefix)\(number)\($0)7"
                    )
                },
                hours: Self.hours[number % 4]
            )
        }
        // One point is told twice, under two ids.
        if stations.count > 2 { stations[2].points[0].evse = stations[1].points[0].evse.replacing("*", with: "-") }
    }

    mutating func step(_ random: inout SeededGenerator) {
        for index in stations.indices {
            for point in stations[index].points.indices where Int.random(in: 0..<12, using: &random) == 0 {
                stations[index].points[point].status = ScriptedFeed.texts.randomElement(using: &random) ?? "AVAILABLE"
            }
            if Int.random(in: 0..<200, using: &random) == 0 {
                let isFlapping = stations[index].name.hasSuffix("!") && Bool.random(using: &random)
                stations[index].name = isFlapping ? String(stations[index].name.dropLast()) : stations[index].name + "!"
            }
            if Int.random(in: 0..<300, using: &random) == 0 {
                stations[index].hours = Self.hours.randomElement(using: &random) ?? "null"
            }
            if Int.random(in: 0..<300, using: &random) == 0 { stations[index].hotline += "0" }
            change(&stations[index].points, &random)
            if index > 0, Int.random(in: 0..<200, using: &random) == 0 { stations[index].isListed.toggle() }
        }
        if Int.random(in: 0..<400, using: &random) == 0 { reuseAnID(&random) }
        if Int.random(in: 0..<300, using: &random) == 0, let moved = stations[0].points.popLast() {
            stations[stations.count - 1].points.append(moved)
        }
    }

    private func change(_ points: inout [Point], _ random: inout SeededGenerator) {
        for index in points.indices {
            switch Int.random(in: 0..<1_500, using: &random) {
            case 0: points[index].capability = "CREDIT_CARD_PAYABLE"
            case 1: points[index].power = 11
            case 2...60: points[index].reportedMinutes = Int.random(in: 0..<5_000, using: &random)
            default: break
            }
        }
    }

    /// The first point of a station is taken down, and its id given to another one elsewhere.
    mutating func reuseAnID(_ random: inout SeededGenerator) {
        let index = Int.random(in: 0..<stations.count, using: &random)
        guard !stations[index].points.isEmpty else { return }
        stations[index].latitude += 0.01
        for point in stations[index].points.indices { stations[index].points[point].life += 1 }
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
            let points = station.points.map { point -> String in
                let reported = point.reportedMinutes.map {
                    "\"last_updated\":\"\(UTCTime(seconds: 1_774_000_000).adding(seconds: $0 * 60))\","
                }
                return """
                    {"uid":"\(point.uid)","id":"\(point.evse)","status":"\(point.status)",\(reported ?? "")\
                    "capabilities":["\(point.capability)"],"connectors":[{"id":"9\(point.life)\(point.uid)",\
                    "status":"\(point.status)","standard":"IEC_62196_T2","format":"SOCKET",\
                    "power_type":"AC_3_PHASE","ampere":"32","voltage":"400","max_power":\(point.power)}]}
                    """
            }
            let name = station.name.replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return """
                {"id":"\(station.id)","name":"\(name)","status":"active","address":"Weg 1","city":"Testheim ",\
                "postal_code":"12345","country":"DE","coordinates":{"latitude":"\(station.latitude)","longitude":"8.5"},\
                "opening_times":\(station.hours),\
                "operator":{"operatorId":"TST","name":"Stadtwerke Testheim","hotline":"\(station.hotline)"},"evses":[\(points.joined(separator: ","))]}
                """
        }
        let list = data.joined(separator: ",")
        return Array(#"{"data":[\#(list)],"status_code":1000,"timestamp":"\#(slot)"}"#.utf8)
    }
}
