package import ChargingModel

/// Leaves a host alone that failed several times in a row: a pure state machine.
///
/// `closed` → `open` after ``threshold`` failures in a row → `halfOpen` when the cool-down is over: one request probes,
/// the others wait for its result → `closed` or `open` again.
package struct CircuitBreaker: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case closed(failures: Int)
        case open(until: UTCTime)
        case halfOpen
    }

    package enum Admission: Hashable, Sendable {
        case admitted
        /// A probe is on its way; its result decides.
        case wait
        case refused(until: UTCTime)
    }

    package enum Verdict: Hashable, Sendable {
        /// The host answered, whatever it said.
        case answered
        /// No connection, no TLS or no answer in time.
        case failed
        /// The request was given up by us: no finding about the host.
        case abandoned
    }

    let threshold: Int
    let coolDown: Duration
    package private(set) var state: State = .closed(failures: 0)

    package init(threshold: Int, coolDown: Duration) {
        self.threshold = max(1, threshold)
        self.coolDown = coolDown
    }

    /// Asks whether a request may be sent.
    ///
    /// An admission after a cool-down is the probe.
    package mutating func admit(at now: UTCTime) -> Admission {
        switch state {
        case .closed:
            return .admitted
        case .halfOpen:
            return .wait
        case .open(let until):
            guard now < until else {
                state = .halfOpen
                return .admitted
            }
            // A clock that stepped back must not prolong the cool-down.
            let bounded = min(until, now.advanced(by: coolDown))
            state = .open(until: bounded)
            return .refused(until: bounded)
        }
    }

    /// Records how an admitted request ended.
    ///
    /// - Returns: whether the breaker opened with it.
    package mutating func record(_ verdict: Verdict, at now: UTCTime) -> Bool {
        switch (verdict, state) {
        case (.answered, _):
            state = .closed(failures: 0)
            return false
        case (.failed, .closed(let failures)):
            guard failures + 1 >= threshold else {
                state = .closed(failures: failures + 1)
                return false
            }
            state = .open(until: now.advanced(by: coolDown))
            return true
        case (.failed, .halfOpen):
            state = .open(until: now.advanced(by: coolDown))
            return true
        case (.abandoned, .halfOpen):
            state = .open(until: now)  // the next request probes
            return false
        case (.failed, .open), (.abandoned, .closed), (.abandoned, .open):
            return false
        }
    }
}
