package import ChargingModel
internal import Foundation

/// Time, waiting and chance of a store, as parameters.
package struct StoreClock: Sendable {
    /// The present.
    package var now: @Sendable () -> UTCTime
    /// Waits; throws `CancellationError` when cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// A number in `0..<1`, for jitter.
    package var unit: @Sendable () -> Double
    /// 32 hexadecimal digits that no other writer has.
    package var token: @Sendable () -> String

    package init(
        now: @escaping @Sendable () -> UTCTime,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        unit: @escaping @Sendable () -> Double,
        token: @escaping @Sendable () -> String
    ) {
        self.now = now
        self.sleep = sleep
        self.unit = unit
        self.token = token
    }

    /// The system's clock and generator.
    package static let system = StoreClock(
        now: { UTCTime(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) },
        sleep: { try await Task.sleep(for: $0) },
        unit: { Double.random(in: 0..<1) },
        token: {
            let halves = [UInt64.random(in: 0 ... .max), UInt64.random(in: 0 ... .max)]
            return halves.map { half in
                let digits = String(half, radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }.joined()
        }
    )
}

extension Duration {
    /// The time for some bytes at a speed.
    static func transferring(_ count: Int, bytesPerSecond: Int) -> Duration {
        .seconds(Double(max(0, count)) / Double(max(1, bytesPerSecond)))
    }

    /// Seconds as a floating-point number.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }

    /// For messages: `300 ms`, `2.5 s`, `62 s`.
    var spokenText: String {
        let milliseconds = Int64((inSeconds * 1_000).rounded())
        if milliseconds.magnitude < 1_000 { return "\(milliseconds) ms" }
        let tenths = milliseconds / 100
        return tenths % 10 == 0 || tenths >= 100 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
}
