internal import ChargingModel
internal import Foundation
internal import ObjectStore

extension StoredPacks {
    /// What the names in the store say of a feed's day.
    private struct Entry {
        var hasManifest = false
        var digests: [String] = []
    }

    private struct PackName: Hashable {
        var feed: FeedID
        var day: UTCDay
    }

    /// Looks at the store: afterwards the folder holds the manifests of the store and no others.
    ///
    /// - Throws: `ObjectStoreError`, ``ArchiveError``; `CancellationError`.
    func refresh(from store: any ObjectStore) async throws {
        var entries: [PackName: Entry] = [:]
        for object in try await store.list(prefix: "").objects {
            guard let name = StoredName(object.key) else { continue }
            let pack = PackName(feed: name.feed, day: name.day)
            switch name.kind {
            case .manifest: entries[pack, default: Entry()].hasManifest = true
            case .pack(let digest): entries[pack, default: Entry()].digests.append(digest)
            }
        }
        try forget(packsBut: entries)
        let stale = try entries.filter { name, entry in try entry.hasManifest && !isCurrent(name, entry) }.keys
            .sorted { ($0.feed, $0.day) < ($1.feed, $1.day) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, name) in stale.enumerated() {
                if index >= Self.width { try await group.next() }
                group.addTask { try await fetchManifest(name.feed, name.day, from: store) }
            }
            try await group.waitForAll()
        }
    }

    /// Whether the copy of a manifest is that of the only pack of its day.
    ///
    /// A copy that cannot be read is fetched again.
    private func isCurrent(_ name: PackName, _ entry: Entry) throws -> Bool {
        do {
            guard let known = try manifest(name.feed, name.day) else { return false }
            return entry.digests == [String(known.sha256.description.prefix(StoredName.digestDigits))]
        } catch let error as ArchiveError where error.errorCode == .manifestMismatch {
            return false
        }
    }

    /// Removes the copies of packs that are not in the store any more.
    private func forget(packsBut entries: [PackName: Entry]) throws {
        for feed in try copies.feeds(naming: PackPath.day(ofManifestName:)) {
            for day in try copies.days(of: feed, naming: PackPath.day(ofManifestName:))
            where entries[PackName(feed: feed, day: day)]?.hasManifest != true {
                try removeFileIfPresent(path(feed, day).manifest)
                try removeFileIfPresent(path(feed, day).pack)
            }
        }
    }

    /// Copies a manifest from the store.
    @discardableResult
    func fetchManifest(_ feed: FeedID, _ day: UTCDay, from store: any ObjectStore) async throws -> PackManifest {
        let key = try StoredName.manifest(feed, day)
        let fetched = try await store.get(key, range: 0..<PackManifest.maximumBytes)
        let manifest = try PackManifest.decode(fetched.bytes, named: "\(store.name)/\(key)")
        guard manifest.feed == feed, manifest.day == day, manifest.formatVersion <= RecordName.formatVersion else {
            throw ArchiveError(
                .manifestMismatch,
                "\(store.name)/\(key)",
                "the manifest of \(manifest.feed) \(manifest.day), format \(manifest.formatVersion) "
                    + "(expected \(feed) \(day), format \(RecordName.formatVersion))",
                remedy: "restore the object, or use the version of chargehouse that wrote it"
            )
        }
        // As an object of a folder: several processes may do it at once.
        try await FolderStore(root: folder).put(ObjectContent(fetched.bytes), at: key)
        return manifest
    }
}
