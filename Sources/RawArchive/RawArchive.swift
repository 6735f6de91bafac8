public import ChargingModel
internal import Foundation

/// The raw archive: every answer of every feed, in WARC day packs below one folder.
///
/// The format is described in `docs/reference/archive-format.md`. Reading needs no lock and works while a writer
/// appends. All calls block.
///
/// ## Topics
/// - Finding: ``packs()``, ``days(of:)``, ``feeds()``
/// - Reading: ``read(_:_:verifyingDigests:_:)``, ``digest(_:_:)``
/// - Writing: ``openWriter(_:)``, ``seal(_:_:at:options:)``
/// - Checking: ``verify(_:_:)``
public struct RawArchive: Sendable {
    /// Largest record block that is written and read where nothing else is said: 256 MB.
    public static let maximumBlockBytes = 256 << 20

    /// The folder that holds everything.
    public let root: String
    /// Largest record block that is read, in bytes.
    public var maximumBlockBytes: Int

    /// Names an archive.
    ///
    /// Nothing is read or created.
    public init(root: String, maximumBlockBytes: Int = RawArchive.maximumBlockBytes) {
        self.root = root
        self.maximumBlockBytes = maximumBlockBytes
    }

    /// A writer.
    ///
    /// The packs are opened and locked when they are first appended to.
    public func openWriter(_ options: WriterOptions = WriterOptions()) throws -> ArchiveWriter {
        try createFolder(root)
        return ArchiveWriter(root: root, options: options)
    }

    /// Visits the captures of a pack in the order of the file.
    ///
    /// Memory: one record, and the bodies that a revisit can refer to (at most 64 or 64 MiB, at least eight). Equal
    /// bodies are the same array and the same digest. A page with HTTP 304 carries the body it stands for.
    /// `verifyingDigests` tells whether each block and body is hashed and compared. `visit` is called with each capture;
    /// what it throws ends the reading and is thrown.
    ///
    /// - Throws: ``ArchiveError`` with code `notFound`, or `corruptFrame`, `corruptRecord` or `digestMismatch` after
    ///   the captures before the damage were visited. An unfinished tail is no error.
    @discardableResult
    public func read(
        _ feed: FeedID,
        _ day: UTCDay,
        verifyingDigests: Bool = false,
        _ visit: (ArchivedCapture) throws -> Void
    ) throws -> PackReading {
        let result = try scan(feed, day, .init(verifiesDigests: verifyingDigests)).run(visit)
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
        guard fileLength(path.pack) != nil else { return nil }
        if let manifest = try PackManifest.load(path), manifest.bytes == fileLength(path.pack) {
            return PackDigest(rawDigest: manifest.rawDigest, successfulPolls: manifest.successfulPolls)
        }
        do {
            return try PackReplay(archive: self, feed: feed).read(day) { _ in }
        } catch is ReplaySurprise {
            // The strict reader tells what it is.
        }
        var digester = RawDigester()
        let result = try scan(feed, day, .init(keepsBodies: false)).run { try digester.add($0) }
        if let failure = result.failure { throw failure }
        return PackDigest(rawDigest: digester.digest(), successfulPolls: result.successfulPolls)
    }

    func scan(_ feed: FeedID, _ day: UTCDay, _ options: CaptureAssembler.Options) throws -> PackScan {
        try PackScan(
            path: PackPath(root: root, feed: feed, day: day).pack,
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

/// Computes ``PackDigest/rawDigest``.
struct RawDigester {
    private var lines: [(slot: UTCTime, requestedAt: UTCTime, text: [UInt8])] = []

    mutating func add(_ capture: ArchivedCapture) throws {
        var text = try PollJSON.bytes(capture.poll)
        for digest in capture.digests { text += " \(digest)" }
        text += "\n"
        lines.append((capture.poll.slot, capture.poll.requestedAt, text))
    }

    func digest() -> ContentDigest {
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
