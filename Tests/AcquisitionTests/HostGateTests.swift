import Acquisition
import ChargingModel
import Synchronization
import Testing

@Suite struct HostGateTests {
    private func gate(_ clock: JumpingClock, _ change: (inout Politeness) -> Void = { _ in }) -> HostGate {
        var politeness = Politeness()
        change(&politeness)
        return HostGate(politeness, now: clock.clock.now)
    }

    @Test func `starts to one host are spaced, other hosts are not held up`() async throws {
        let gate = gate(JumpingClock(noon)) { $0.hostLimit = 3 }
        let starts = [try await gate.enter("a"), try await gate.enter("a"), try await gate.enter("b")]
        let expected: [HostGate.Entry] = [
            .granted(startAt: noon), .granted(startAt: noon.advanced(by: .milliseconds(100))),
            .granted(startAt: noon),
        ]
        #expect(starts == expected)
    }

    @Test func `a clock that steps back does not hold a host up`() async throws {
        let clock = JumpingClock(noon)
        let gate = gate(clock)
        _ = try await gate.enter("a")
        gate.leave("a", .answered)
        clock.set(noon.adding(seconds: -3_600))
        let entry = try await gate.enter("a")
        #expect(entry == .granted(startAt: clock.now.advanced(by: .milliseconds(100))))
    }

    @Test(arguments: [(2, 8, 2), (8, 3, 3)])
    func `limits hold for hosts and for all`(hostLimit: Int, overall: Int, most: Int) async throws {
        let gate = gate(JumpingClock(noon)) {
            $0.hostLimit = hostLimit
            $0.overallLimit = overall
        }
        let load = Load()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    _ = try await gate.enter("a")
                    load.change(by: 1)
                    await Task.yield()
                    load.change(by: -1)
                    gate.leave("a", .answered)
                }
            }
            try await group.waitForAll()
        }
        #expect(load.most <= most)
    }

    @Test func `a waiting request can be cancelled and its place goes to the next`() async throws {
        let gate = gate(JumpingClock(noon)) { $0.hostLimit = 1 }
        _ = try await gate.enter("a")
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    _ = try await gate.enter("a")
                    return false
                } catch {
                    return error is CancellationError
                }
            }
            group.cancelAll()
            #expect(await group.next() == true)
        }
        gate.leave("a", .answered)
        guard case .granted = try await gate.enter("a") else {
            Issue.record("the place was lost")
            return
        }
    }
}

/// How many are inside, and how many were at most.
private final class Load: Sendable {
    private let state = Mutex((now: 0, most: 0))

    func change(by step: Int) {
        state.withLock {
            $0.now += step
            $0.most = max($0.most, $0.now)
        }
    }

    var most: Int { state.withLock(\.most) }
}
