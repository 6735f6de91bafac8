internal import ChargingModel
internal import Foundation
internal import ObjectStore

/// A copy of a stored pack that nobody removes as long as this value lives.
struct PackLease {
    let path: PackPath
    /// Holds the shared lock.
    let file: PackFile
}

extension StoredPacks {
    /// The copy of a pack, compared with its manifest; fetched where there is none or another one.
    ///
    /// - Throws: `ObjectStoreError`, ``ArchiveError``; `CancellationError`.
    func lease(_ manifest: PackManifest) async throws -> PackLease {
        let path = path(manifest.feed, manifest.day)
        let maximumTries = 4  // another process can need the room for other packs meanwhile
        for _ in 0..<maximumTries {
            if let file = try sharedFile(path.pack), try file.digest() == manifest.sha256 {
                try file.touch()
                return PackLease(path: path, file: file)
            }
            guard let store else { throw ArchiveError.notConnected(manifest.feed, manifest.day) }
            try makeRoom(for: manifest.bytes)
            let pack = ExpectedObject(
                key: try StoredName.pack(manifest),
                bytes: manifest.bytes,
                sha256: manifest.sha256
            )
            try await store.copy(pack, to: path.pack)
        }
        throw ArchiveError(
            .readFailed,
            path.pack,
            "the copy was removed \(maximumTries) times before it could be read (expected room for it)",
            remedy: "set archive.cache_mb to more"
        )
    }

    /// Opens a copy and takes its shared lock; `nil` where there is none, or it is just being removed.
    private func sharedFile(_ path: String) throws -> PackFile? {
        guard fileLength(path) != nil else { return nil }
        do {
            let file = try PackFile(path, .read)
            guard try file.tryLock(isShared: true), try file.isCurrent() else { return nil }
            return file
        } catch let error as ArchiveError where error.errorCode == .notFound {
            return nil
        }
    }

    /// Removes the copies that were used longest ago, until so many bytes fit in; those in use stay.
    func makeRoom(for bytes: Int) throws {
        var packs: [(path: String, bytes: Int, used: Int)] = []
        for feed in try copies.feeds(naming: PackPath.day(ofFileName:)) {
            for day in try copies.days(of: feed, naming: PackPath.day(ofFileName:)) {
                let path = path(feed, day).pack
                guard let length = fileLength(path), let used = lastUse(path) else { continue }
                packs.append((path, length, used))
            }
        }
        var sum = packs.reduce(bytes) { $0 + $1.bytes }
        for pack in packs.sorted(by: { ($0.used, $0.path) < ($1.used, $1.path) }) where sum > maximumCacheBytes {
            do {
                guard try PackFile(pack.path, .read).removeUnlessInUse() else { continue }
            } catch let error as ArchiveError where error.errorCode == .notFound {
                // Another process was faster.
            }
            sum -= pack.bytes
        }
    }
}

extension PackFile {
    /// Removes the file unless somebody holds a lock of it; tells whether it is gone.
    fileprivate func removeUnlessInUse() throws -> Bool {
        guard try tryLock() else { return false }
        if try isCurrent() { try removeFileIfPresent(path) }
        return true
    }
}

extension ArchiveError {
    static func notConnected(_ feed: FeedID, _ day: UTCDay) -> ArchiveError {
        ArchiveError(
            .onlyStored,
            "\(feed) \(day)",
            "the pack is in the store of the archive and not on this machine (expected a pack here)",
            kept: "the pack in the store; nothing was written",
            remedy: "chargehouse archive pull --feed \(feed) --since \(day) --until \(day)"
        )
    }
}
