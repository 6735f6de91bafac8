public import ChargingModel
internal import Synchronization

/// When an append counts as done.
public enum Durability: String, CaseIterable, Sendable, Codable {
    /// When the bytes are on the storage device (`fdatasync`): survives a power cut.
    case everyCapture
    /// When the bytes are with the kernel: survives the death of the process, not a power cut.
    case operatingSystem
}

/// How a writer works.
public struct WriterOptions: Hashable, Sendable {
    /// How safe an append is when it returns.
    public var durability: Durability
    /// Body bytes of one answer, where the caller has an idea; chooses the first window.
    ///
    /// 0 means unknown.
    public var expectedAnswerBytes: Int
    /// Largest record block, in bytes.
    public var maximumBlockBytes: Int
    /// Most packs with an open frame; the one used longest ago is ended first.
    public var maximumOpenPacks: Int
    /// A pack whose last poll finished this many seconds before the newest one is ended and freed.
    public var idleSeconds: Int
    /// Name and version for the `warcinfo` record.
    public var software: String

    /// Creates options.
    public init(
        durability: Durability = .everyCapture,
        expectedAnswerBytes: Int = 0,
        maximumBlockBytes: Int = RawArchive.maximumBlockBytes,
        maximumOpenPacks: Int = 64,
        idleSeconds: Int = 10_800,
        software: String = "chargehouse"
    ) {
        self.durability = durability
        self.expectedAnswerBytes = expectedAnswerBytes
        self.maximumBlockBytes = maximumBlockBytes
        self.maximumOpenPacks = maximumOpenPacks
        self.idleSeconds = idleSeconds
        self.software = software
    }
}

/// What an append did.
///
/// Having one means that the capture is acknowledged.
public struct AppendReceipt: Hashable, Sendable {
    /// Bytes that the file grew by.
    public var bytesWritten: Int
    /// Bytes of the records before compression.
    public var plainBytes: Int
    /// The digest of each page's body, in page order; for HTTP 304 that of the body it stands for.
    public var digests: [ContentDigest]
    /// Pages whose body was in the pack already.
    public var revisits: Int
    /// What was cut when the pack was opened; told once, by the first append after opening.
    public var tornTail: TornTail?
    /// Errors met while ending other packs, of past days or idle feeds.
    ///
    /// Their captures are safe; a frame stays open.
    public var closingErrors: [ArchiveError] = []
}

/// The validators of an earlier answer, for a conditional request.
public struct Validators: Hashable, Sendable {
    /// The value of `ETag`; `nil` where the answer had none.
    public var eTag: String?
    /// The value of `Last-Modified`; `nil` where the answer had none.
    public var lastModified: String?
}

/// Appends captures to day packs.
///
/// One writer per pack over all processes, held by a lock on the pack's file. Calls of different packs run in
/// parallel, those of one pack one after the other. All calls block: run them on a thread of your own.
public final class ArchiveWriter: Sendable {
    private struct Key: Hashable {
        let feed: FeedID
        let day: UTCDay
    }

    /// A pack's appender behind its lock; `nil` while the pack is not open.
    private final class Slot: Sendable {
        let appender = Mutex<PackAppender?>(nil)
    }

    private struct State {
        var slots: [Key: Slot] = [:]
        var lastUse: [Key: UTCTime] = [:]
        var isClosed = false
    }

    private let root: String
    private let stored: StoredPacks?
    private let options: WriterOptions
    private let state = Mutex(State())

    init(root: String, stored: StoredPacks?, options: WriterOptions) {
        self.root = root
        self.stored = stored
        self.options = options
    }

    /// Appends a capture to the pack of its feed and the UTC day of its slot.
    ///
    /// Blocks.
    ///
    /// - Throws: ``ArchiveError`` with code `locked`, `writeFailed` or `unusableCapture`, or `onlyStored` where the pack
    ///   of that day is in the store and not here; then nothing of the capture is in the pack.
    public func append(_ capture: Capture) throws -> AppendReceipt {
        let key = Key(feed: capture.poll.feed, day: capture.poll.slot.day)
        let slot = try slot(key)
        var receipt = try slot.appender.withLock { appender in
            let open = try appender ?? newAppender(key)
            appender = nil
            defer { if open.isUsable { appender = open } }
            return try open.append(capture)
        }
        receipt.closingErrors = endOthers(than: key, at: capture.poll.finishedAt)
        return receipt
    }

    /// The validators of the last HTTP 200 answer of a URL whose body is in that day's pack; `nil` where a conditional
    /// request would have nothing to refer to.
    ///
    /// Blocks.
    ///
    /// - Throws: ``ArchiveError``.
    public func validators(feed: FeedID, url: String, day: UTCDay) throws -> Validators? {
        guard fileLength(PackPath(root: root, feed: feed, day: day).pack) != nil else { return nil }
        let slot = try slot(Key(feed: feed, day: day))
        return try slot.appender.withLock { appender in
            let open = try appender ?? PackAppender(root: root, feed: feed, day: day, options: options)
            appender = open
            guard let answer = open.lastAnswer(url), answer.eTag != nil || answer.lastModified != nil else {
                return nil
            }
            return Validators(eTag: answer.eTag, lastModified: answer.lastModified)
        }
    }

    /// Ends the pack's frame and frees its memory and lock.
    ///
    /// The pack can be appended to again. Blocks.
    ///
    /// - Throws: ``ArchiveError`` with code `writeFailed`; every acknowledged capture is still readable.
    public func end(feed: FeedID, day: UTCDay) throws {
        try end(Key(feed: feed, day: day))
    }

    /// Ends the pack and seals it.
    ///
    /// See ``RawArchive/seal(_:_:at:options:)``. Blocks.
    @discardableResult
    public func seal(_ feed: FeedID, _ day: UTCDay, at time: UTCTime) throws -> PackManifest {
        try end(feed: feed, day: day)
        return try RawArchive(root: root).seal(feed, day, at: time)
    }

    /// Bytes of memory that the open frames hold.
    public var frameMemoryBytes: Int {
        let slots = state.withLock { Array($0.slots.values) }
        return slots.reduce(0) { sum, slot in sum + slot.appender.withLock { $0?.memoryBytes ?? 0 } }
    }

    /// Ends all frames.
    ///
    /// Later calls throw. Blocks.
    ///
    /// - Throws: The first ``ArchiveError`` met; the other packs are ended all the same.
    public func close() throws {
        let keys = state.withLock { state in
            state.isClosed = true
            return state.slots.keys.sorted { ($0.feed, $0.day) < ($1.feed, $1.day) }
        }
        if let first = endAll(keys).first { throw first }
    }

    /// Opens a pack.
    ///
    /// A new one beside that of the store would hide all that the store has of the day.
    private func newAppender(_ key: Key) throws -> PackAppender {
        if let stored, fileLength(PackPath(root: root, feed: key.feed, day: key.day).pack) == nil,
            try stored.manifest(key.feed, key.day) != nil
        {
            throw ArchiveError.notConnected(key.feed, key.day)
        }
        return try PackAppender(root: root, feed: key.feed, day: key.day, options: options)
    }

    private func slot(_ key: Key) throws -> Slot {
        try state.withLock { state in
            guard !state.isClosed else {
                throw ArchiveError(
                    .writeFailed,
                    "\(key.feed) \(key.day)",
                    "the writer is closed (expected an open one)"
                )
            }
            if let slot = state.slots[key] { return slot }
            let slot = Slot()
            state.slots[key] = slot
            return slot
        }
    }

    private func end(_ key: Key) throws {
        let slot = state.withLock { state in
            state.lastUse[key] = nil
            return state.slots[key]
        }
        try slot?.appender.withLock { appender in
            let open = appender
            appender = nil
            try open?.end()
        }
    }

    /// Ends packs of earlier days of the same feed, of idle feeds, and the oldest ones above the bound.
    private func endOthers(than key: Key, at time: UTCTime) -> [ArchiveError] {
        let victims = state.withLock { state in
            state.lastUse[key] = time
            var victims = state.lastUse.filter { other, lastUse in
                other != key
                    && ((other.feed == key.feed && other.day < key.day)
                        || time.seconds(since: lastUse) > options.idleSeconds)
            }.map(\.key)
            let rest = state.lastUse.filter { $0.key != key && !victims.contains($0.key) }
            let surplus = rest.count + 1 - max(1, options.maximumOpenPacks)
            if surplus > 0 {
                victims += rest.sorted { $0.value < $1.value }.prefix(surplus).map(\.key)
            }
            return victims
        }
        return endAll(victims)
    }

    private func endAll(_ keys: [Key]) -> [ArchiveError] {
        var errors: [ArchiveError] = []
        for key in keys {
            do {
                try end(key)
            } catch let error as ArchiveError {
                errors.append(error)
            } catch {
                errors.append(ArchiveError(.writeFailed, "\(key.feed) \(key.day)", "\(error)"))
            }
        }
        return errors
    }
}
