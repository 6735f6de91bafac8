internal import ChargingModel

/// The 32 bytes of a SHA-256.
struct DigestKey: Equatable {
    private let words: SIMD4<UInt64>

    /// Reads 64 hexadecimal digits; `nil` for anything else.
    @unsafe
    init?(_ digits: UnsafeBufferPointer<UInt8>) {
        guard digits.count == 64 else { return nil }
        var words = SIMD4<UInt64>()
        for word in 0..<4 {
            var value: UInt64 = 0
            for index in 16 * word..<16 * word + 16 {
                let digit = unsafe digits[index]
                switch digit {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit - UInt8(ascii: "0"))
                case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
                default: return nil
                }
            }
            words[word] = value
        }
        self.words = words
    }
}

/// Computes what ``RawDigester`` computes, without a copy of each line where the polls come in order.
struct ReplayDigester {
    private var text: [UInt8] = []
    private var lines: [(slot: UTCTime, requestedAt: UTCTime, range: Range<Int>)] = []
    private var isInOrder = true
    private var successfulPolls = 0

    @unsafe
    mutating func add(_ poll: PollRecord, _ json: UnsafeBufferPointer<UInt8>, _ digests: [ContentDigest]) {
        let start = text.count
        unsafe text.append(contentsOf: json)
        for digest in digests {
            text.append(UInt8(ascii: " "))
            text.append(contentsOf: digest.description.utf8)
        }
        text.append(UInt8(ascii: "\n"))
        if let last = lines.last, (last.slot, last.requestedAt) >= (poll.slot, poll.requestedAt) { isInOrder = false }
        lines.append((poll.slot, poll.requestedAt, start..<text.count))
        if poll.outcome == .ok { successfulPolls += 1 }
    }

    func digest() -> PackDigest {
        var hash = ContentHasher()
        if isInOrder {
            hash.update(text)
        } else {
            let sorted = lines.sorted { left, right in
                if (left.slot, left.requestedAt) != (right.slot, right.requestedAt) {
                    return (left.slot, left.requestedAt) < (right.slot, right.requestedAt)
                }
                return text[left.range].lexicographicallyPrecedes(text[right.range])
            }
            for line in sorted { hash.update(text[line.range]) }
        }
        return PackDigest(rawDigest: hash.digest(), successfulPolls: successfulPolls)
    }
}
