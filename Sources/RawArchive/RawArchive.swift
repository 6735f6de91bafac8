public import ChargingModel
internal import Foundation

/// The raw archive: every answer of every feed, in WARC day packs below one folder, with or without a store behind it.
///
/// The format is described in `docs/reference/archive-format.md`. Reading needs no lock and works while a writer
/// appends. All calls block; those that may have to fetch a pack from the store first are asynchronous.
///
/// ## Topics
/// - Finding: ``packs()``, ``days(of:)``, ``feeds()``
/// - Reading: ``read(_:_:verifyingDigests:_:)``, ``digest(_:_:)``
/// - Writing: ``openWriter(_:)``, ``seal(_:_:at:options:)``
/// - Checking: ``verify(_:_:)``
/// - Storing: ``connected(to:)``, ``push(_:_:replacing:)``, ``pull(_:_:)``, ``removeLocal(_:_:)``
public struct RawArchive: Sendable {
    /// Largest record block that is written and read where nothing else is said: 256 MB.
    public static let maximumBlockBytes = 256 << 20

    /// The folder that holds everything.
    public let root: String
    /// Largest record block that is read, in bytes.
    public var maximumBlockBytes: Int
    /// The sealed packs in a store; `nil` where the folder is all there is.
    public internal(set) var stored: StoredPacks?

    /// Names an archive.
    ///
    /// Nothing is read or created.
    public init(
        root: String,
        maximumBlockBytes: Int = RawArchive.maximumBlockBytes,
        stored: StoredPacks? = nil
    ) {
        self.root = root
        self.maximumBlockBytes = maximumBlockBytes
        self.stored = stored
    }

    /// A writer.
    ///
    /// The packs are opened and locked when they are first appended to.
    public func openWriter(_ options: WriterOptions = WriterOptions()) throws -> ArchiveWriter {
        try createFolder(root)
        return ArchiveWriter(root: root, stored: stored, options: options)
    }

    /// Visits the captures of a pack in the order of the file.
    ///
    /// Memory: one record, and the bodies that a revisit can refer to (at most 64 or 64 MiB, at least eight). Equal
    /// bodies are the same array and the same digest. A page with HTTP 304 carries the body it stands for.
    /// `verifyingDigests` tells whether each block and body is hashed and compared. `visit` is called with each capture;
    /// what it throws ends the reading and is thrown.
    ///
    /// - Throws: ``ArchiveError`` with code `notFound`, or `corruptFrame`, `corruptRecord` or `digestMismatch` after
    ///   the captures before the damage were visited. An unfinished tail is no error. `ObjectStoreError` where the pack
    ///   cannot be fetched or is not what its manifest says.
    @discardableResult
    public func read(
        _ feed: FeedID,
        _ day: UTCDay,
        verifyingDigests: Bool = false,
        _ visit: (ArchivedCapture) throws -> Void
    ) async throws -> PackReading {
        let result = try await withPack(feed, day) { path in
            try scan(path, feed, day, .init(verifiesDigests: verifyingDigests)).run(visit)
        }
        if let failure = result.failure { throw failure }
        return PackReading(
            polls: result.polls,
            abandonedPages: result.abandonedPages,
            tornBytes: result.tornBytes,
            plainBytes: result.plainBytes
        )
    }

    /// What a pack says, without its bodies: from the manifest of a sealed pack, else by reading it once.
    ///
    /// `nil` where there is no pack.
    /// - Throws: ``ArchiveError`` where the pack is damaged.
    public func digest(_ feed: FeedID, _ day: UTCDay) throws -> PackDigest? {
        let path = PackPath(root: root, feed: feed, day: day)
        guard fileLength(path.pack) != nil else { return try stored?.manifest(feed, day)?.digest }
        if let manifest = try PackManifest.load(path), manifest.bytes == fileLength(path.pack) {
            return manifest.digest
        }
        do {
            return try PackReplay(archive: self, feed: feed).read(file: path.pack) { _ in }
        } catch is ReplaySurprise {
            // The strict reader tells what it is.
        }
        var digester = RawDigester()
        let result = try scan(path, feed, day, .init(keepsBodies: false)).run { try digester.add($0) }
        if let failure = result.failure { throw failure }
        return PackDigest(rawDigest: digester.digest(), successfulPolls: result.successfulPolls)
    }

    /// Works on the file of a pack: that of the folder, else a copy of the one in the store, which stays meanwhile.
    ///
    /// Where there is neither, the path is that of the folder.
    func withPack<Result>(_ feed: FeedID, _ day: UTCDay, _ body: (PackPath) throws -> Result) async throws -> Result {
        let own = PackPath(root: root, feed: feed, day: day)
        guard fileLength(own.pack) == nil, let stored, let manifest = try stored.manifest(feed, day) else {
            return try body(own)
        }
        let lease = try await stored.lease(manifest)
        return try withExtendedLifetime(lease) { try body(lease.path) }
    }

    func scan(
        _ path: PackPath,
        _ feed: FeedID,
        _ day: UTCDay,
        _ options: CaptureAssembler.Options
    ) throws -> PackScan {
        try PackScan(
            path: path.pack,
            feed: feed,
            subject: "\(feed) \(day)",
            maximumBlockBytes: maximumBlockBytes,
            options: options
        )
    }
}

/// What a pass over a pack met.
public struct PackReading: Hashable, Sendable {
    /// Polls, those without an answer included.
    public var polls: Int
    /// Pages without a metadata record: a capture that was never acknowledged.
    public var abandonedPages: Int
    /// File bytes behind the last complete capture; 0 for a whole pack.
    public var tornBytes: Int
    /// Bytes of the WARC, decoded.
    public var plainBytes: Int
}

/// A pack without its bodies.
public struct PackDigest: Hashable, Sendable {
    /// A digest of the poll records and of the digests of their pages: the input hash of a slice.
    ///
    /// Does not depend on compression, sealing, or the order of appending: the polls are sorted by slot, then by the
    /// time of the request.
    public var rawDigest: ContentDigest
    /// Polls that the collector recorded as successful.
    public var successfulPolls: Int
}

extension PackManifest {
    var digest: PackDigest { PackDigest(rawDigest: rawDigest, successfulPolls: successfulPolls) }
}

/// Computes ``PackDigest/rawDigest``.
package struct RawDigester {
    /// Starts a digest of nothing.
    package init() {}

    private var lines: [(slot: UTCTime, requestedAt: UTCTime, text: [UInt8])] = []

    /// Adds what a capture says, without its bodies.
    package mutating func add(_ capture: ArchivedCapture) throws {
        var text = try PollJSON.bytes(capture.poll)
        for digest in capture.digests { text += " \(digest)" }
        text += "\n"
        lines.append((capture.poll.slot, capture.poll.requestedAt, text))
    }

    /// The digest of what was added, in whatever order.
    package func digest() -> ContentDigest {
        var hash = ContentHasher()
        let sorted = lines.sorted { left, right in
            if (left.slot, left.requestedAt) != (right.slot, right.requestedAt) {
                return (left.slot, left.requestedAt) < (right.slot, right.requestedAt)
            }
            return left.text.lexicographicallyPrecedes(right.text)
        }
        for line in sorted { hash.update(line.text) }
        return hash.digest()
    }
}
