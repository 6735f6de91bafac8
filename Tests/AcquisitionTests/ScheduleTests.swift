import Acquisition
import ChargingModel
import TestSupport
import Testing

@Suite struct ScheduleTests {
    private let slot = noon

    @Test func `a day of ten minutes has 144 aligned slots without drift, however long rounds take`() {
        var generator = SeededGenerator(seed: 7)
        var slots = SlotSequence(interval: 600)
        var now = noon
        var polled: [UTCTime] = []
        while now < noon.adding(seconds: 86_400) {
            switch slots.step(at: now) {
            case .poll(let slot):
                polled.append(slot)
                now = now.advanced(by: .milliseconds(Int64.random(in: 1...480_000, using: &generator)))
            case .wait(let until):
                now = until.advanced(by: .milliseconds(Int64.random(in: 0...5_000, using: &generator)))
            case .missed(let first, let count):
                Issue.record("missed \(count) from \(first) with seed \(generator.seed)")
                return
            case .clockReset:
                Issue.record("reset with seed \(generator.seed)")
                return
            }
        }
        #expect(polled == (0..<144).map { noon.adding(seconds: $0 * 600) })
    }

    @Test func `a start in the second half of a slot waits for the next one`() {
        var slots = SlotSequence(interval: 600)
        #expect(slots.step(at: slot.adding(seconds: 300)) == .wait(until: slot.adding(seconds: 600)))
        #expect(slots.step(at: slot.adding(seconds: 600)) == .poll(slot: slot.adding(seconds: 600)))
    }

    @Test func `slots that were overslept are said and not polled`() {
        var slots = SlotSequence(interval: 600)
        #expect(slots.step(at: slot) == .poll(slot: slot))
        let late = slot.adding(seconds: 3_000 + 10)
        #expect(slots.step(at: late) == .missed(first: slot.adding(seconds: 600), count: 4))
        #expect(slots.step(at: late) == .poll(slot: slot.adding(seconds: 3_000)))
        let tooLate = slot.adding(seconds: 3_600 + 301)
        #expect(slots.step(at: tooLate) == .missed(first: slot.adding(seconds: 3_600), count: 1))
        #expect(slots.step(at: tooLate) == .wait(until: slot.adding(seconds: 4_200)))
    }

    @Test func `a clock that steps back polls no slot twice`() {
        var slots = SlotSequence(interval: 600)
        #expect(slots.step(at: slot) == .poll(slot: slot))
        let next = slot.adding(seconds: 600)
        for seconds in [-1, -601, -3_600, -86_000] {
            #expect(slots.step(at: slot.adding(seconds: seconds)) == .wait(until: next))
        }
        #expect(slots.step(at: next) == .poll(slot: next))
    }

    @Test func `a clock that was a year ahead does not stop polling for a year`() {
        var slots = SlotSequence(interval: 600)
        let ahead = slot.adding(seconds: 365 * 86_400)
        #expect(slots.step(at: ahead) == .poll(slot: ahead))
        #expect(slots.step(at: slot) == .clockReset(from: ahead))
        #expect(slots.step(at: slot) == .poll(slot: slot))
    }

    @Test func `the offset of a feed is the same in every process and inside the window`() throws {
        let koeln = try #require(FeedID("chargecloud/koeln"))
        #expect(PollSpread.offset(of: koeln, interval: 600) == PollSpread.offset(of: koeln, interval: 600))
        #expect(PollSpread.offset(of: koeln, interval: 600) == .milliseconds(31_475))
        let offsets = (0..<100).compactMap { FeedID("city-\($0)") }.map { PollSpread.offset(of: $0, interval: 60) }
        #expect(offsets.allSatisfy { $0 >= .zero && $0 < .seconds(12) })
        #expect(Set(offsets).count > 90)
        #expect(offsets.contains { $0 < .seconds(3) } && offsets.contains { $0 > .seconds(9) })
        #expect(PollSpread.offset(of: koeln, interval: 1) < .milliseconds(200))
    }
}
