public import ChargingModel
import Synchronization

/// A clock that stands still until it is set.
public final class VirtualClock: Sendable {
    private let time: Mutex<UTCTime>

    /// Creates a clock that shows `time`.
    public init(_ time: UTCTime) {
        self.time = Mutex(time)
    }

    /// The time that the clock shows.
    public var now: UTCTime { time.withLock { $0 } }

    /// Sets the clock, forwards or backwards.
    public func set(_ time: UTCTime) {
        self.time.withLock { $0 = time }
    }
}

/// A clock that runs by another one, from another beginning and at another speed.
public struct RealTimeClock: Sendable {
    private let begin: UTCTime
    private let wallBegin: UTCTime
    private let factor: Double
    private let wall: @Sendable () -> UTCTime

    /// Creates a clock that shows `begin` while `wall` shows what it shows now.
    ///
    /// - Parameters:
    ///   - begin: the first virtual time; the wall's own for real time.
    ///   - factor: virtual seconds per second, above 0: 60 lets an hour pass in a minute.
    ///   - wall: the wall time.
    public init(startingAt begin: UTCTime, factor: Double = 1, wall: @escaping @Sendable () -> UTCTime) {
        self.begin = begin
        self.factor = factor
        self.wall = wall
        wallBegin = wall()
    }

    /// The virtual time.
    public var now: UTCTime {
        let passed = Double(wall().microseconds - wallBegin.microseconds) * factor
        // 2^62 microseconds are 146,000 years: far from any overflow of the sum.
        return UTCTime(microseconds: begin.microseconds + Int64(min(max(passed, -4.6e18), 4.6e18)))
    }
}
