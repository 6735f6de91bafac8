public import ChargingModel

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The time and the waiting of acquisition, so that tests and the demonstration can run through days in seconds.
public struct PollClock: Sendable {
    /// The present.
    public var now: @Sendable () -> UTCTime
    /// Returns when the given time has come, at once where it has passed; throws `CancellationError` when cancelled.
    public var sleep: @Sendable (_ until: UTCTime) async throws -> Void

    /// Creates a clock.
    public init(
        now: @escaping @Sendable () -> UTCTime,
        sleep: @escaping @Sendable (_ until: UTCTime) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    /// The system's clock.
    ///
    /// It wakes at least every 15 s to look at the time again, so that a suspended machine or a corrected clock is
    /// noticed within 15 s.
    public static let system = PollClock(
        now: systemNow,
        sleep: { until in
            let longestNap = Duration.seconds(15)
            var left = until.duration(since: systemNow())
            while left > .zero {
                try await Task.sleep(for: min(left, longestNap), tolerance: .milliseconds(5))
                left = until.duration(since: systemNow())
            }
        }
    )
}

/// Numbers for jitter, as a parameter.
public struct PollRandom: Sendable {
    /// A number in `0..<1`.
    public var unit: @Sendable () -> Double

    /// Creates a source of numbers.
    public init(unit: @escaping @Sendable () -> Double) {
        self.unit = unit
    }

    /// The system's generator.
    public static let system = PollRandom { Double.random(in: 0..<1) }
}

private let systemNow: @Sendable () -> UTCTime = {
    UTCTime(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
}

extension UTCTime {
    /// This time moved by a duration, to the microsecond.
    package func advanced(by duration: Duration) -> UTCTime {
        let (sum, overflow) = microseconds.addingReportingOverflow(duration.wholeMicroseconds)
        return overflow
            ? (duration < .zero ? UTCTime(microseconds: .min) : UTCTime(microseconds: .max))
            : UTCTime(microseconds: sum)
    }

    /// The time from `earlier` to this.
    package func duration(since earlier: UTCTime) -> Duration {
        let (difference, overflow) = microseconds.subtractingReportingOverflow(earlier.microseconds)
        return .microseconds(overflow ? (self < earlier ? .min : .max) : difference)
    }
}

extension Duration {
    /// Microseconds, clamped to what 64 bits hold.
    var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, carried) = product.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        return carried ? (seconds < 0 ? .min : .max) : sum
    }

    /// For messages: `300 ms`, `2.5 s`, `62 s`.
    var spokenText: String {
        let milliseconds = wholeMicroseconds / 1_000
        if milliseconds.magnitude < 1_000 { return "\(milliseconds) ms" }
        let tenths = milliseconds / 100
        return tenths % 10 == 0 || tenths >= 100 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
}
