internal import ChargingModel
internal import ObjectStore

/// The sealed packs of an archive that lie in an object store, and what of them lies on this machine too.
///
/// The folder is laid out as an archive. It holds a copy of every manifest of the store, as far as it was last looked
/// at, and copies of the packs that were read last. It can be deleted at any time.
public struct StoredPacks: Sendable {
    /// Room for copies of packs where nothing else is said: 4 GiB.
    public static let defaultCacheBytes = 4 << 30
    /// Requests at the same time.
    static let width = 8

    /// The folder of copies.
    public let folder: String
    /// Most bytes of copies of packs; more where a single pack, or packs that are being read, have more.
    public let maximumCacheBytes: Int
    /// The store; `nil` where it is not connected, and only what is on this machine is known.
    let store: (any ObjectStore)?

    /// Names the folder of copies; nothing is read or created.
    public init(folder: String, maximumCacheBytes: Int = StoredPacks.defaultCacheBytes) {
        self.init(folder: folder, maximumCacheBytes: maximumCacheBytes, store: nil)
    }

    init(folder: String, maximumCacheBytes: Int, store: (any ObjectStore)?) {
        self.folder = folder
        self.maximumCacheBytes = maximumCacheBytes
        self.store = store
    }

    /// The folder of copies as an archive.
    var copies: RawArchive { RawArchive(root: folder) }

    func path(_ feed: FeedID, _ day: UTCDay) -> PackPath { PackPath(root: folder, feed: feed, day: day) }

    /// The manifest of a pack in the store; `nil` where the store has no such pack.
    func manifest(_ feed: FeedID, _ day: UTCDay) throws -> PackManifest? { try PackManifest.load(path(feed, day)) }

    /// Whether the store holds the very pack that a manifest describes.
    func holds(_ manifest: PackManifest) throws -> Bool {
        try self.manifest(manifest.feed, manifest.day)?.sha256 == manifest.sha256
    }

    /// Where a pack lies, as messages name it.
    func address(_ manifest: PackManifest) throws -> String {
        let key = try StoredName.pack(manifest)
        return store.map { "\($0.name)/\(key)" } ?? key.text
    }
}

/// What an object of the store is, by its key.
///
/// A pack's name holds the beginning of its digest: a pack is never overwritten by another one, the manifest chooses
/// one in a single step, and a list tells which copies of manifests are old.
struct StoredName: Hashable {
    enum Kind: Hashable {
        case manifest
        case pack(digest: String)
    }

    var feed: FeedID
    var day: UTCDay
    var kind: Kind

    /// Hexadecimal digits of the digest in the name: 64 bits.
    static let digestDigits = 16

    /// `chargecloud/bonn/2026/2026-03-01.0123456789abcdef.warc.zst`.
    static func pack(_ manifest: PackManifest) throws -> ObjectKey {
        let digest = manifest.sha256.description.prefix(digestDigits)
        return try ObjectKey(folder(manifest.feed, manifest.day) + "\(manifest.day).\(digest).warc.zst")
    }

    /// `chargecloud/bonn/2026/2026-03-01.manifest.json`.
    static func manifest(_ feed: FeedID, _ day: UTCDay) throws -> ObjectKey {
        try ObjectKey(folder(feed, day) + "\(day).manifest.json")
    }

    private static func folder(_ feed: FeedID, _ day: UTCDay) -> String { "\(feed)/\(day.description.prefix(4))/" }

    /// Reads a key; `nil` for what is none of ours.
    init?(_ key: ObjectKey) {
        let parts = key.text.split(separator: "/")
        guard parts.count >= 3, let name = parts.last, let feed = FeedID(parts.dropLast(2).joined(separator: "/")),
            let day = UTCDay(String(name.prefix(10))), parts[parts.count - 2] == day.description.prefix(4)
        else { return nil }
        self.feed = feed
        self.day = day
        let rest = name.dropFirst(10)
        if rest == ".manifest.json" {
            kind = .manifest
        } else if rest.hasPrefix("."), rest.hasSuffix(".warc.zst"),
            rest.count == Self.digestDigits + ".".count + ".warc.zst".count
        {
            kind = .pack(digest: String(rest.dropFirst().prefix(Self.digestDigits)))
        } else {
            return nil
        }
    }
}
