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
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        description = String(decoding: text, as: UTF8.self)
    }

    /// Reads 64 hexadecimal digits of either case; `nil` for anything else.
    public init?(_ text: String) {
        guard text.utf8.count == 64, text.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        description = text.lowercased()
    }

    /// Orders digests by their hexadecimal text.
    public static func < (left: ContentDigest, right: ContentDigest) -> Bool {
        left.description < right.description
    }
}
