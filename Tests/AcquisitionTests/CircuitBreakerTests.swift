import Acquisition
import ChargingModel
import Testing

@Suite struct CircuitBreakerTests {
    private let later = noon.adding(seconds: 60)

    private func opened() -> CircuitBreaker {
        var breaker = CircuitBreaker(threshold: 2, coolDown: .seconds(60))
        _ = breaker.record(.failed, at: noon)
        _ = breaker.record(.failed, at: noon)
        return breaker
    }

    @Test func `it opens after the threshold of failures in a row and says so once`() {
        var breaker = CircuitBreaker(threshold: 2, coolDown: .seconds(60))
        #expect(breaker.record(.failed, at: noon) == false)
        #expect(breaker.admit(at: noon) == .admitted)
        #expect(breaker.record(.failed, at: noon) == true)
        #expect(breaker.admit(at: noon) == .refused(until: later))
        #expect(breaker.record(.failed, at: noon) == false, "a request that was on its way changes nothing")
    }

    @Test func `an answer between two failures closes it`() {
        var breaker = CircuitBreaker(threshold: 2, coolDown: .seconds(60))
        _ = breaker.record(.failed, at: noon)
        _ = breaker.record(.answered, at: noon)
        #expect(breaker.record(.failed, at: noon) == false)
        #expect(breaker.state == .closed(failures: 1))
    }

    @Test func `after the cool-down one request probes and the others wait`() {
        var breaker = opened()
        #expect(breaker.admit(at: later) == .admitted)
        #expect(breaker.admit(at: later) == .wait)
    }

    @Test func `a probe that is answered closes it, one that fails opens it again`() {
        var well = opened()
        _ = well.admit(at: later)
        _ = well.record(.answered, at: later)
        #expect(well.admit(at: later) == .admitted)

        var ill = opened()
        _ = ill.admit(at: later)
        #expect(ill.record(.failed, at: later) == true)
        #expect(ill.admit(at: later) == .refused(until: later.adding(seconds: 60)))
    }

    @Test func `a probe that is abandoned lets the next request probe`() {
        var breaker = opened()
        _ = breaker.admit(at: later)
        _ = breaker.record(.abandoned, at: later)
        #expect(breaker.admit(at: later) == .admitted)
        #expect(breaker.admit(at: later) == .wait)
    }

    @Test func `a clock that steps back does not prolong the cool-down`() {
        var breaker = opened()
        let hourBefore = noon.adding(seconds: -3_600)
        #expect(breaker.admit(at: hourBefore) == .refused(until: hourBefore.adding(seconds: 60)))
        #expect(breaker.admit(at: hourBefore.adding(seconds: 60)) == .admitted)
    }
}
