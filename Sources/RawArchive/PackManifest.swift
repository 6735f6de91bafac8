public import ChargingModel
internal import Foundation

/// What a sealed pack is: stands beside it as `<day>.manifest.json`.
public struct PackManifest: Hashable, Sendable, Codable {
    /// The layout of the pack and of this manifest.
    public var formatVersion: Int
    /// The feed of the pack.
    public var feed: FeedID
    /// The UTC day of the pack.
    public var day: UTCDay
    /// Name of the pack's file, without a folder.
    public var file: String
    /// Bytes of the file.
    public var bytes: Int
    /// Bytes of the WARC, decoded.
    public var plainBytes: Int
    /// SHA-256 of the file.
    public var sha256: ContentDigest
    /// See ``PackDigest/rawDigest``.
    public var rawDigest: ContentDigest
    /// Polls in the pack, those without an answer included.
    public var polls: Int
    /// Polls that the collector recorded as successful.
    public var successfulPolls: Int
    /// Captures in the pack that have a body.
    public var capturesWithBodies: Int
    /// `nil` where the pack has no polls.
    public var firstSlot: UTCTime?
    /// The last slot, UTC; `nil` where the pack has no polls.
    public var lastSlot: UTCTime?
    /// When the pack was sealed, UTC.
    public var sealedAt: UTCTime

    enum CodingKeys: String, CodingKey {
        case feed, day, file, bytes, sha256, polls
        case formatVersion = "format_version"
        case plainBytes = "plain_bytes"
        case rawDigest = "raw_digest"
        case successfulPolls = "successful_polls"
        case capturesWithBodies = "captures_with_bodies"
        case firstSlot = "first_slot"
        case lastSlot = "last_slot"
        case sealedAt = "sealed_at"
    }

    /// Longest manifest that is read.
    static let maximumBytes = 65_536

    static func load(_ path: PackPath) throws -> PackManifest? {
        guard let length = fileLength(path.manifest) else { return nil }
        guard length <= maximumBytes else {
            throw ArchiveError(.manifestMismatch, path.manifest, "\(length) bytes (expected at most \(maximumBytes))")
        }
        var bytes: [UInt8] = Array(repeating: 0, count: maximumBytes)
        let count = try PackFile(path.manifest, .read).read(into: &bytes)
        return try decode(Array(bytes[0..<count]), named: path.manifest)
    }

    static func decode(_ bytes: [UInt8], named name: String) throws -> PackManifest {
        do {
            return try JSONDecoder().decode(PackManifest.self, from: Data(bytes))
        } catch {
            throw ArchiveError(
                .manifestMismatch,
                name,
                "cannot be read: \(error)",
                kept: "the pack",
                remedy: "chargehouse archive verify"
            )
        }
    }

    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try Array(encoder.encode(self)) + [10]
    }

    func save(_ path: PackPath) throws {
        let temporary = path.manifest + ".tmp"
        let file = try PackFile(temporary, .writeNew)
        try file.write(encoded())
        try file.synchronize()
        try renameFile(temporary, to: path.manifest)
        try synchronizeFolder(path.folder)
    }
}

/// The SHA-256 of a file's bytes.
func fileDigest(_ path: String) throws -> ContentDigest {
    try PackFile(path, .read).digest()
}
