import Acquisition
import ChargingModel
import Testing

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy()

    private func decide(
        attempt: Int = 1,
        retryAfter: Duration? = nil,
        left: Int = 480,
        unit: Double = 1
    ) -> RetryPolicy.Decision {
        policy.decide(
            attempt: attempt,
            retryAfter: retryAfter,
            now: noon,
            deadline: noon.adding(seconds: left),
            unit: unit
        )
    }

    @Test func `the wait doubles, is fully jittered and has a ceiling`() {
        #expect(decide(attempt: 1) == .again(at: noon.adding(seconds: 2)))
        #expect(decide(attempt: 2) == .again(at: noon.adding(seconds: 4)))
        #expect(decide(attempt: 3) == .again(at: noon.adding(seconds: 8)))
        #expect(decide(attempt: 3, unit: 0) == .again(at: noon))
        #expect(decide(attempt: 3, unit: 0.25) == .again(at: noon.adding(seconds: 2)))
        var patient = policy
        patient.maximumAttempts = 100
        let late = patient.decide(
            attempt: 90,
            retryAfter: nil,
            now: noon,
            deadline: noon.adding(seconds: 480),
            unit: 1
        )
        #expect(late == .again(at: noon.adding(seconds: 60)))
    }

    @Test func `attempts and time are bounded`() {
        #expect(decide(attempt: 4) == .giveUp(reason: nil))
        #expect(decide(left: 2) == .giveUp(reason: "no time left in the slot for another try"))
    }

    @Test func `Retry-After is honoured inside the slot and the cap`() {
        #expect(decide(retryAfter: .seconds(30)) == .again(at: noon.adding(seconds: 30)))
        #expect(
            decide(retryAfter: .seconds(481))
                == .giveUp(reason: "Retry-After of 481 s exceeds the 480 s left in the slot")
        )
        #expect(
            decide(retryAfter: .seconds(3_600))
                == .giveUp(reason: "Retry-After of 3600 s is over the cap of 600 s")
        )
    }

    @Test func `a poll ends inside its slot, a late one still gets one request`() {
        let patience = Duration.seconds(3_600)
        #expect(
            policy.deadline(slot: noon, interval: 600, start: noon, captureDeadline: patience)
                == noon.adding(seconds: 480)
        )
        let late = noon.adding(seconds: 599)
        let deadline = policy.deadline(slot: noon, interval: 600, start: late, captureDeadline: patience)
        #expect((119...121).contains(deadline.seconds(since: late)))
        #expect(
            policy.deadline(slot: noon, interval: 600, start: noon, captureDeadline: .seconds(10))
                == noon.adding(seconds: 10)
        )
    }

    @Test(arguments: [
        ("120", 120), (" 0 ", 0), ("Sun, 01 Mar 2026 12:01:00 GMT", 60), ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
    ])
    func `Retry-After is read as seconds or as a date`(field: String, seconds: Int) {
        #expect(RetryAfter.wait(field, now: noon) == .seconds(seconds))
    }

    @Test(arguments: ["", "-1", "1.5", "soon", "Sun, 31 Feb 2026 12:01:00 GMT", "2026-03-01T12:01:00Z"])
    func `another form of Retry-After is no wish`(field: String) {
        #expect(RetryAfter.wait(field, now: noon) == nil)
    }

    @Test func `a Retry-After beyond all bounds does not trap`() {
        #expect(RetryAfter.wait("99999999999999999999999", now: noon) == .seconds(9_999_999_999))
    }
}
