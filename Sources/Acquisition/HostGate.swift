package import ChargingModel
import Synchronization

/// Lets requests pass as politeness allows: so many a host, so many in all, so far apart, and none to a host whose
/// breaker is open.
///
/// Waiting requests are served in the order in which they came. No call blocks a thread.
package final class HostGate: Sendable {
    package enum Entry: Hashable, Sendable {
        /// The request holds a place and starts at the given time; ``HostGate/leave(_:_:at:)`` gives the place back.
        case granted(startAt: UTCTime)
        case refused(until: UTCTime)
    }

    private struct Host {
        var active = 0
        var lastStart: UTCTime?
        var breaker: CircuitBreaker
    }

    private struct Waiter {
        let ticket: UInt64
        let host: String
        let continuation: CheckedContinuation<Entry?, Never>
    }

    private struct State {
        var hosts: [String: Host] = [:]
        var active = 0
        var waiters: [Waiter] = []
        var nextTicket: UInt64 = 0
    }

    private let politeness: Politeness
    private let now: @Sendable () -> UTCTime
    private let state = Mutex(State())

    package init(_ politeness: Politeness, now: @escaping @Sendable () -> UTCTime) {
        self.politeness = politeness
        self.now = now
    }

    /// Waits for a place.
    ///
    /// - Throws: `CancellationError`; no place is held then.
    package func enter(_ host: String) async throws -> Entry {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        let entry = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Entry?, Never>) in
                let decision: Entry?? = state.withLock { state in
                    guard !Task.isCancelled else { return .some(nil) }
                    if let entry = decide(host, &state) { return entry }
                    state.waiters.append(Waiter(ticket: ticket, host: host, continuation: continuation))
                    return nil
                }
                if let decision { continuation.resume(returning: decision) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.ticket == ticket }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: nil)
        }
        guard let entry else { throw CancellationError() }
        return entry
    }

    /// Gives a place back and says how the request ended.
    ///
    /// - Returns: whether the host's breaker opened with it.
    @discardableResult
    package func leave(_ host: String, _ verdict: CircuitBreaker.Verdict) -> Bool {
        let (opened, served) = state.withLock { state in
            state.active -= 1
            state.hosts[host]?.active -= 1
            let opened = state.hosts[host]?.breaker.record(verdict, at: now()) ?? false
            return (opened, serveWaiters(&state))
        }
        for (waiter, entry) in served { waiter.continuation.resume(returning: entry) }
        return opened
    }

    private func serveWaiters(_ state: inout State) -> [(Waiter, Entry)] {
        var served: [(Waiter, Entry)] = []
        var left: [Waiter] = []
        for waiter in state.waiters {
            if let entry = decide(waiter.host, &state) {
                served.append((waiter, entry))
            } else {
                left.append(waiter)
            }
        }
        state.waiters = left
        return served
    }

    /// What a request to the host gets now; `nil` where it has to wait.
    private func decide(_ name: String, _ state: inout State) -> Entry? {
        var host =
            state.hosts[name]
            ?? Host(
                breaker: CircuitBreaker(threshold: politeness.breakerThreshold, coolDown: politeness.breakerCoolDown)
            )
        defer { state.hosts[name] = host }
        guard host.active < max(1, politeness.hostLimit), state.active < max(1, politeness.overallLimit) else {
            return nil
        }
        let present = now()
        switch host.breaker.admit(at: present) {
        case .wait: return nil
        case .refused(let until): return .refused(until: until)
        case .admitted: break
        }
        let start = startTime(after: host.lastStart, at: present)
        host.active += 1
        host.lastStart = start
        state.active += 1
        return .granted(startAt: start)
    }

    private func startTime(after last: UTCTime?, at present: UTCTime) -> UTCTime {
        guard let last else { return present }
        let earliest = last.advanced(by: politeness.hostSpacing)
        // Place holders are few, so a longer wait than theirs means that the clock stepped back.
        let longestWait = politeness.hostSpacing * (max(1, politeness.hostLimit) + 1)
        guard earliest <= present.advanced(by: longestWait) else { return present.advanced(by: politeness.hostSpacing) }
        return max(present, earliest)
    }
}
