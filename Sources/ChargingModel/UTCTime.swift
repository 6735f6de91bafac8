/// A moment in Coordinated Universal Time, with microsecond precision.
///
/// - Shape: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted (as in POSIX and SQL engines).
/// - Units / Time: microseconds, UTC. The text form is ISO 8601 with `Z`: `2026-03-01T10:20:00Z`.
public struct UTCTime: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    /// Creates a time from microseconds since 1970-01-01T00:00:00Z.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Creates a time from whole seconds since 1970-01-01T00:00:00Z.
    public init(seconds: Int64) {
        self.init(microseconds: seconds * 1_000_000)
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    public var seconds: Int64 { microseconds.flooredQuotient(by: 1_000_000) }

    /// The UTC day in which this time lies.
    public var day: UTCDay { UTCDay(number: Int32(truncatingIfNeeded: seconds.flooredQuotient(by: 86_400))) }

    /// The latest multiple of `interval` seconds since the epoch that is not after this time: the slot it belongs to.
    ///
    /// - Precondition: `interval` is positive.
    public func slot(every interval: Int) -> UTCTime {
        UTCTime(seconds: seconds.flooredQuotient(by: Int64(interval)) * Int64(interval))
    }

    /// This time moved by a number of seconds.
    public func adding(seconds: Int) -> UTCTime {
        UTCTime(microseconds: microseconds + Int64(seconds) * 1_000_000)
    }

    /// Whole seconds from `earlier` to this time, rounded down.
    public func seconds(since earlier: UTCTime) -> Int {
        Int((microseconds - earlier.microseconds).flooredQuotient(by: 1_000_000))
    }

    /// Orders times, the earlier first.
    public static func < (left: UTCTime, right: UTCTime) -> Bool {
        left.microseconds < right.microseconds
    }

    /// The end of an open version in SQL: 9999-12-31T00:00:00Z.
    public static let openEnd = UTCTime(seconds: 253_402_214_400)
}

extension Int64 {
    /// The quotient rounded towards negative infinity.
    package func flooredQuotient(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
