internal import Crypto

/// Computes a ``ContentDigest`` over bytes that arrive in pieces.
public struct ContentHasher: Sendable {
    private var hash = SHA256()

    /// Starts with no bytes.
    public init() {}

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    }

    /// Adds bytes.
    public mutating func update(_ bytes: ArraySlice<UInt8>) {
        unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    }

    /// The digest of all bytes added so far; more can be added afterwards.
    public func digest() -> ContentDigest {
        ContentDigest(hash.finalize())
    }
}
