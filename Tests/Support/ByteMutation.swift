import Foundation

/// Changes bytes at random: what a fuzzer does between two executions.
public enum ByteMutation {
    private static let words = [
        "{", "}", "[", "]", ",", "\"", "\\", ":", "null", "{}", "[]", "\r\n", "\r\n\r\n", "  ", "\t", "\u{0}", "0",
        "-1",
        "\"data\":[", "\"timestamp\":\"2026-01-01T00:00:00Z\"", "\"status_code\":1000", "\"evses\":[]", "AVAILABLE",
        "CHARGING", "\"id\":\"1\"", "Content-Length: 1", "WARC/1.1", "\u{FEFF}", "é",
    ].map { Array($0.utf8) }

    /// One to four changes of bytes.
    public static func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) { change(&bytes, &random) }
        return bytes
    }

    private static func change(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let length = min(
            bytes.count - place,
            Int.random(in: 0...(Bool.random(using: &random) ? 8 : 400), using: &random)
        )
        switch Int.random(in: 0..<6, using: &random) {
        case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<place + length)
        case 2:
            bytes.insert(contentsOf: bytes[place..<place + length], at: Int.random(in: 0...bytes.count, using: &random))
        case 3: bytes.insert(contentsOf: words.randomElement(using: &random) ?? [], at: place)
        case 4 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        default: if Int.random(in: 0..<8, using: &random) == 0 { bytes.removeSubrange(place...) }
        }
    }

    /// How long to go on: `CHARGEHOUSE_FUZZ_SECONDS`, else a second.
    public static var deadline: ContinuousClock.Instant {
        let text = ProcessInfo.processInfo.environment["CHARGEHOUSE_FUZZ_SECONDS"] ?? "1"
        return ContinuousClock.now + .seconds(Int(text) ?? 1)
    }

    /// The seed of the first execution: `CHARGEHOUSE_FUZZ_SEED`, else 1.
    public static var firstSeed: UInt64 {
        UInt64(ProcessInfo.processInfo.environment["CHARGEHOUSE_FUZZ_SEED"] ?? "1") ?? 1
    }
}
