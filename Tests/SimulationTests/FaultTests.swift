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
        }
    }

    @Test func `shares above one and unknown cities are refused`() throws {
        #expect(throws: SimulationError.self) {
            try makeWorld(days: 1, scale: 0.01, faults: FeedFaults(shares: [.html: 0.7, .empty: 0.7]))
        }
        #expect(throws: SimulationError.self) {
            try makeWorld(days: 1, scale: 0.01, faults: FeedFaults(shares: [.outage: 0.1]))
        }
        let nowhere = PlannedFault(city: "atlantis", slot: UTCTime(seconds: 0), fault: .html)
        #expect(throws: SimulationError.self) {
            try makeWorld(days: 1, scale: 0.01, faults: FeedFaults(scripted: [nowhere]))
        }
    }
}
