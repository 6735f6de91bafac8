import ChargingModel
import Foundation
import Simulation
import Testing

/// What a test reads from an answer, with a JSON reader that shares no code with the simulation.
struct AnswerReader {
    struct Point {
        var uid: String
        var status: String
        var isReservable: Bool
        var capabilities: [String]
        var connectorStatuses: [String]
        var connectorIDs: [String]
        var firstPower: Double
        var stationID: String
    }

    let root: [String: Any]
    let stations: [[String: Any]]

    init(_ body: [UInt8]) throws {
        let value = try JSONSerialization.jsonObject(with: Data(body))
        root = try #require(value as? [String: Any])
        stations = try #require(root["data"] as? [[String: Any]])
    }

    func points() throws -> [Point] {
        try stations.flatMap { station in
            let id = try #require(station["id"] as? String)
            return try #require(station["evses"] as? [[String: Any]]).map { try point($0, stationID: id) }
        }
    }

    private func point(_ point: [String: Any], stationID: String) throws -> Point {
        let connectors = try #require(point["connectors"] as? [[String: Any]])
        return Point(
            uid: try #require(point["uid"] as? String),
            status: try #require(point["status"] as? String),
            isReservable: try #require(point["reservable"] as? Bool),
            capabilities: try #require(point["capabilities"] as? [String]),
            connectorStatuses: try connectors.map { try #require($0["status"] as? String) },
            connectorIDs: try connectors.map { try #require($0["id"] as? String) },
            firstPower: try #require(connectors.first?["max_power"] as? Double),
            stationID: stationID
        )
    }
}

/// The words of the feed, written down once more.
let wordsOfTheFeed: [ChargingStatus: String] = [
    .available: "AVAILABLE", .charging: "CHARGING", .blocked: "BLOCKED", .reserved: "RESERVED",
    .inoperative: "INOPERATIVE", .outOfOrder: "OUTOFORDER", .planned: "PLANNED", .unknown: "UNKNOWN",
]

/// A world of one week that begins on a Monday.
func makeWorld(
    seed: UInt64 = 42,
    firstDay: String = "2026-03-02",
    days: Int = 7,
    scale: Double = 1,
    envelopeTimestamp: Bool = true,
    faults: FeedFaults = .none,
    events: WorldEvents = .none
) throws -> SimulatedWorld {
    try SimulatedWorld(
        configuration: WorldConfiguration(
            seed: seed,
            firstDay: try #require(UTCDay(firstDay)),
            days: days,
            scale: scale,
            envelopeTimestamp: envelopeTimestamp,
            faults: faults,
            events: events
        )
    )
}

/// FNV-1a, so that golden values need no library.
func fingerprint(_ bytes: [UInt8]) -> String {
    let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    return String(hash, radix: 16)
}
