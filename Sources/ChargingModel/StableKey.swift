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
        var text: [UInt8] = []
        text.reserveCapacity(96)
        for (number, part) in parts.enumerated() {
            if number > 0 { text.append(Self.separator) }
            text.append(contentsOf: part.utf8)
        }
        self = unsafe text.withUnsafeBufferPointer { unsafe StableKey(joined: $0) }
    }

    /// Hashes the parts of a natural key, already joined by ``separator``.
    @unsafe
    package init(joined text: UnsafeBufferPointer<UInt8>) {
        var hash = SHA256()
        unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(text))
        value = unsafe hash.finalize().withUnsafeBytes { unsafe Int64(bigEndian: $0.loadUnaligned(as: Int64.self)) }
    }

    /// Stands between the parts of a natural key.
    package static let separator: UInt8 = 0x1F

    /// Orders keys by their number.
    public static func < (left: StableKey, right: StableKey) -> Bool {
        left.value < right.value
    }
}
