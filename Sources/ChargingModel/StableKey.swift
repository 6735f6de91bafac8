import Crypto

/// A deterministic 64-bit key: the same on every engine and every machine.
///
/// - Shape: the first eight bytes, big-endian and signed, of the SHA-256 of the parts joined by U+001F.
/// - SeeAlso: `docs/decisions/0003-keys.md`.
public struct StableKey: Hashable, Comparable, Sendable {
    /// The key as the warehouse stores it (`BIGINT`).
    public let value: Int64

    /// Wraps a key that was read back from a file or a table.
    public init(value: Int64) {
        self.value = value
    }

    /// Hashes the parts of a natural key, for example `("point", "chargecloud", "1141623")`.
    public init(_ parts: String...) {
        var hash = SHA256()
        var isFirst = true
        for part in parts {
            if !isFirst { hash.update(data: [0x1F]) }
            isFirst = false
            var text = part
            text.withUTF8 { unsafe hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        }
        value = hash.finalize().prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }

    /// Orders keys by their number.
    public static func < (left: StableKey, right: StableKey) -> Bool {
        left.value < right.value
    }
}
