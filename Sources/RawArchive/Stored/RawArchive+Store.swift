public import ChargingModel
internal import Foundation
public import ObjectStore

/// What a push did.
public enum PushOutcome: Hashable, Sendable {
    /// The store has the pack now.
    case stored
    /// The store had the pack already.
    case wasStored
    /// The store had another pack of the day, and has this one now.
    case replaced
}

extension RawArchive {
    /// The archive with a store behind its folder, at which it has looked.
    ///
    /// What lies in the folder goes before what lies in the store.
    ///
    /// - Throws: `ObjectStoreError`, or ``ArchiveError`` where a manifest in the store cannot be read.
    public func connected(to store: any ObjectStore) async throws -> RawArchive {
        guard let known = stored else { return self }
        var archive = self
        archive.stored = StoredPacks(
            folder: known.folder,
            maximumCacheBytes: known.maximumCacheBytes,
            store: store
        )
        try await known.refresh(from: store)
        return archive
    }

    /// Puts a sealed pack of the folder into the store, reads it back, and then puts its manifest.
    ///
    /// Killed at any moment it leaves the store as it was or with the whole pack; the next push ends it.
    ///
    /// - Parameters:
    ///   - feed: The feed of the pack.
    ///   - day: The UTC day of the pack.
    ///   - isReplacing: Whether a different pack of that day in the store gives way.
    /// - Returns: What the store holds now, and what it held.
    /// - Throws: `ObjectStoreError`; ``ArchiveError`` with code `storedOther` where the store has a different pack,
    ///   `manifestMismatch` where the pack is not what its manifest says.
    @discardableResult
    public func push(_ feed: FeedID, _ day: UTCDay, replacing isReplacing: Bool = false) async throws -> PushOutcome {
        let path = PackPath(root: root, feed: feed, day: day)
        guard let stored, let store = stored.store, let manifest = try PackManifest.load(path) else {
            throw ArchiveError(.notFound, "\(feed) \(day)", "no sealed pack here, or no store (expected both)")
        }
        if try stored.holds(manifest) { return .wasStored }
        try check(manifest, path)
        let pack = ExpectedObject(key: try StoredName.pack(manifest), bytes: manifest.bytes, sha256: manifest.sha256)
        _ = try await store.putIfAbsent(ObjectContent(file: path.pack), at: pack.key)
        try await store.check(pack)
        let key = try StoredName.manifest(feed, day)
        let content = ObjectContent(try manifest.encoded())
        var outcome = PushOutcome.stored
        if try await !store.putIfAbsent(content, at: key) {
            let other = try await stored.fetchManifest(feed, day, from: store)
            if other.sha256 != manifest.sha256 {
                guard isReplacing else { throw Self.conflict(manifest, other, store) }
                try await store.put(content, at: key)
                try await store.delete(StoredName.pack(other))
                outcome = .replaced
            }
        }
        try await stored.fetchManifest(feed, day, from: store)
        return outcome
    }

    /// Removes a sealed pack from the folder; the store has it.
    ///
    /// - Throws: ``ArchiveError`` with code `onlyLocal` where the store does not have the very pack, `locked` where a
    ///   writer has it; `ObjectStoreError` where the object in the store is not it.
    public func removeLocal(_ feed: FeedID, _ day: UTCDay) async throws {
        let path = PackPath(root: root, feed: feed, day: day)
        guard let stored, let store = stored.store, let manifest = try PackManifest.load(path),
            try stored.holds(manifest)
        else {
            throw ArchiveError(
                .storedOther,
                "\(feed) \(day)",
                "the store does not have the pack of this machine (expected it, sealed)",
                kept: "the pack here",
                remedy: "chargehouse archive seal --feed \(feed) --since \(day) --until \(day)"
            )
        }
        try await store.check(
            ExpectedObject(key: try StoredName.pack(manifest), bytes: manifest.bytes, sha256: manifest.sha256)
        )
        let lock = try PackOpening.lockedFile(path.pack, subject: "\(feed) \(day)")
        try withExtendedLifetime(lock) {
            // Late raw makes a pack live again: then it stays.
            guard try PackManifest.load(path)?.sha256 == manifest.sha256 else { return }
            try removeFileIfPresent(path.pack)
            try removeFileIfPresent(path.manifest)
            try synchronizeFolder(path.folder)
        }
    }

    /// Copies a pack of the store into the folder, where it can be appended to; one that is there stays.
    ///
    /// - Returns: Whether it was copied.
    /// - Throws: As ``read(_:_:verifyingDigests:_:)`` does.
    public func pull(_ feed: FeedID, _ day: UTCDay) async throws -> Bool {
        let path = PackPath(root: root, feed: feed, day: day)
        guard fileLength(path.pack) == nil, let stored, let manifest = try stored.manifest(feed, day) else {
            return false
        }
        let lease = try await stored.lease(manifest)
        return try withExtendedLifetime(lease) {
            try createFolder(path.folder)
            let temporary = path.pack + ".tmp"
            let target = try PackFile(temporary, .writeNew)
            var chunk = [UInt8](repeating: 0, count: 1 << 20)
            try lease.file.seek(to: 0)
            while case let count = try lease.file.read(into: &chunk), count > 0 {
                try target.write(Array(chunk[..<count]))
            }
            try target.synchronize()
            // The manifest last: a pack without one is live, which is true of every pack.
            try renameFile(temporary, to: path.pack)
            try manifest.save(path)
            return true
        }
    }

    private static func conflict(
        _ manifest: PackManifest,
        _ other: PackManifest,
        _ store: any ObjectStore
    ) -> ArchiveError {
        let (feed, day) = (manifest.feed, manifest.day)
        return ArchiveError(
            .storedOther,
            "\(feed) \(day)",
            "\(store.name) has another pack of the day: \(other.polls) polls, sealed \(other.sealedAt) "
                + "(expected none, or this one: \(manifest.polls) polls, sealed \(manifest.sealedAt))",
            kept: "both packs; this machine reads its own",
            remedy: "where this one holds all polls of the other: "
                + "chargehouse archive seal --feed \(feed) --since \(day) --until \(day) --replace"
        )
    }
}
