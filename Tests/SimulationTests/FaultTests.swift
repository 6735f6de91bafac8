import ChargingModel
import Foundation
import Simulation
import Testing

@Suite struct FaultTests {
    @Test func `a world without faults answers in order at every slot`() throws {
        let world = try makeWorld(days: 1, scale: 0.01)
        #expect(world.plannedFaults().isEmpty)
    }

    @Test func `the faults of the demo are few, and the same for the same seed`() throws {
        let world = try makeWorld(scale: 0.01, faults: .light)
        let faults = world.plannedFaults()
        #expect(faults == (try makeWorld(scale: 0.01, faults: .light)).plannedFaults())
        let outages = faults.filter { $0.fault == .outage }
        #expect(outages.count == 30)
        #expect(Set(outages.map(\.city)).count == 1)
        #expect(Set(outages.map(\.slot.day)).count == 1)
        let share = Double(faults.count - outages.count) / Double(38 * 7 * 144)
        #expect((0.006...0.010).contains(share), "\(share)")
        for planned in faults.prefix(50) {
            #expect(try world.plannedOutcome(city: planned.city, slot: planned.slot) == planned.fault)
        }
    }

    @Test(arguments: FeedFault.allCases) func `a planned fault is what a client meets`(fault: FeedFault) throws {
        let slot = try #require(UTCTime("2026-03-02T10:20:00Z"))
        let planned = PlannedFault(city: "kiel", slot: slot, fault: fault)
        let world = try makeWorld(days: 1, faults: FeedFaults(scripted: [planned]))
        let time = slot.adding(seconds: 7)
        let whole = try world.answer(city: "kiel", at: time)
        let first = try world.response(city: "kiel", at: time)
        let second = try world.response(city: "kiel", at: time, attempt: 1)
        #expect(first.body != whole)
        #expect((second.body == whole) == (fault == .unavailable))
        #expect(try world.response(city: "kiel", at: slot.adding(seconds: 600)).body.count > 1_000)
        #expect(try world.response(city: "kiel", at: slot.adding(seconds: -1)).status == 200)
        #expect(try world.response(city: "bonn", at: time).body == world.answer(city: "bonn", at: time))
        #expect(world.plannedFaults() == [planned])
        switch fault {
        case .unavailable:
            #expect(first.status == 503)
            #expect(first.retryAfterSeconds == 1)
        case .serverError: #expect(first.status == 500)
        case .outage: #expect(first.status == 502)
        case .html: #expect(first.status == 200 && first.body.starts(with: Array("<!DOCTYPE html>".utf8)))
        case .truncated:
            #expect(whole.starts(with: first.body))
            #expect(throws: (any Error).self) { try AnswerReader(first.body) }
        case .empty: #expect(try AnswerReader(first.body).stations.isEmpty)
        case .errorEnvelope: #expect(try AnswerReader(first.body).root["status_code"] as? Int == 2_000)
        case .mostMissing:
            let (kept, all) = (try AnswerReader(first.body).points().count, try AnswerReader(whole).points().count)
            #expect(kept > 0)
            #expect(Double(kept) < 0.5 * Double(all))
        case .tooManyRequests:
            #expect(first.status == 429 && second.status == 429)
            #expect(first.retryAfterSeconds == 600)
        case .frozen: #expect(try first.body == world.answer(city: "kiel", at: slot.adding(seconds: -600)))
        case .repeatedElements:
            let (listed, all) = (try AnswerReader(first.body).points(), try AnswerReader(whole).points())
            #expect(listed.count > all.count)
            #expect(Array(listed.map(\.uid).prefix(all.count)) == all.map(\.uid))
        case .lyingTimestamps: try expectLies(first.body, at: time, in: whole)
        case .schemaDrift: try expectDrift(first.body, from: whole)
        }
    }

    private func expectLies(_ body: [UInt8], at time: UTCTime, in whole: [UInt8]) throws {
        let answer = try AnswerReader(body)
        let stamps = try answer.stations.flatMap { station in
            try #require(station["evses"] as? [[String: Any]]).map { try #require($0["last_updated"] as? String) }
        }
        let times = try (stamps + [try #require(answer.root["timestamp"] as? String)]).map { try #require(UTCTime($0)) }
        #expect(times.allSatisfy { (60...172_860).contains(abs($0.seconds(since: time))) })
        #expect(times.contains { $0 > time } && times.contains { $0 < time })
        #expect(try answer.points().map(\.status) == AnswerReader(whole).points().map(\.status))
    }

    private func expectDrift(_ body: [UInt8], from whole: [UInt8]) throws {
        let (stations, old) = (try AnswerReader(body).stations, try AnswerReader(whole).stations)
        #expect(try stations.map { String(try #require($0["id"] as? Int)) } == old.map { $0["id"] as? String })
        #expect(stations.allSatisfy { $0["energySources"] != nil })
        let points = try stations.flatMap { try #require($0["evses"] as? [[String: Any]]) }
        let before = try AnswerReader(whole).points()
        #expect(try points.map { String(try #require($0["uid"] as? Int)) } == before.map(\.uid))
        let statuses = try points.map { try #require($0["status"] as? String) }
        #expect(zip(statuses, before).allSatisfy { $0 == $1.status || $1.status == "CHARGING" })
        #expect(statuses.contains(FeedFault.driftedStatusWord))
        let connectors = try points.flatMap { try #require($0["connectors"] as? [[String: Any]]) }
        #expect(connectors.allSatisfy { $0["max_power"] is String })
    }

    @Test func `an episode hits every city once and lasts as long as it should`() throws {
        let world = try makeWorld(scale: 0.01, faults: FeedFaults(episodes: [.frozen: 3, .lyingTimestamps: 2]))
        for (fault, slots) in [(FeedFault.lyingTimestamps, 12), (.frozen, 18)] {
            let hits = Dictionary(grouping: world.plannedFaults().filter { $0.fault == fault }, by: \.city)
            #expect(hits.count == 38)
            let whole = hits.values.filter { $0.count == slots }
            #expect(whole.count > 30)
            for faults in whole {
                #expect(faults.last?.slot == faults.first?.slot.adding(seconds: (slots - 1) * 600))
            }
            #expect(Set(hits.values.compactMap { $0.first?.slot }).count > 20)
        }
    }

    @Test func `a frozen feed repeats the last body before the fault until it ends`() throws {
        let world = try makeWorld(days: 2, faults: FeedFaults(episodes: [.frozen: 4]))
        let slots = world.plannedFaults().filter { $0.city == "koeln" }.map(\.slot)
        let first = try #require(slots.first)
        let last = try world.answer(city: "koeln", at: first.adding(seconds: -600))
        for slot in slots { #expect(try world.response(city: "koeln", at: slot).body == last) }
        let end = try #require(slots.last).adding(seconds: 600)
        #expect(try world.response(city: "koeln", at: end).body == world.answer(city: "koeln", at: end))
    }

    @Test func `shares above one and unknown cities are refused`() throws {
        #expect(throws: SimulationError.self) {
            try makeWorld(days: 1, scale: 0.01, faults: FeedFaults(shares: [.html: 0.7, .empty: 0.7]))
        }
        #expect(throws: SimulationError.self) {
            try makeWorld(days: 1, scale: 0.01, faults: FeedFaults(shares: [.outage: 0.1]))
        }
        #expect(throws: SimulationError.self) {
            try makeWorld(days: 1, scale: 0.01, faults: FeedFaults(shares: [.frozen: 0.1]))
        }
        #expect(throws: SimulationError.self) {
            try makeWorld(days: 1, scale: 0.01, faults: FeedFaults(episodes: [.html: 25]))
        }
        let nowhere = PlannedFault(city: "atlantis", slot: UTCTime(seconds: 0), fault: .html)
        #expect(throws: SimulationError.self) {
            try makeWorld(days: 1, scale: 0.01, faults: FeedFaults(scripted: [nowhere]))
        }
    }
}
