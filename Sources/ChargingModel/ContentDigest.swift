public import Crypto

/// The SHA-256 of some bytes: the name of a raw answer.
public struct ContentDigest: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public let description: String

    /// Hashes bytes.
    public init(of bytes: [UInt8]) {
        var hash = SHA256()
        unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        self.init(hash.finalize())
    }

    /// Wraps a finished hash.
    public init(_ digest: SHA256Digest) {
        description = unsafe String(unsafeUninitializedCapacity: 64) { text in
            var index = 0
            for byte in digest {
                unsafe text[index] = Self.digit(byte >> 4)
                unsafe text[index + 1] = Self.digit(byte & 15)
                index += 2
            }
            return index
        }
    }

    /// Reads 64 hexadecimal digits of either case; `nil` for anything else.
    public init?(_ text: String) {
        guard text.utf8.count == 64, text.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        description = text.lowercased()
    }

    /// Reads 64 lower-case hexadecimal digits from bytes; `nil` for anything else.
    @unsafe
    package init?(lowercase bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 64 else { return nil }
        for index in 0..<64 {
            let byte = unsafe bytes[index]
            guard byte &- UInt8(ascii: "0") < 10 || byte &- UInt8(ascii: "a") < 6 else { return nil }
        }
        description = unsafe String(decoding: bytes, as: UTF8.self)
    }

    /// Orders digests by their hexadecimal text.
    public static func < (left: ContentDigest, right: ContentDigest) -> Bool {
        left.description < right.description
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }
}
