import ChargingModel
import Foundation
public import ObjectStore

/// Flat files in an object store: the folder then holds copies of the manifests only.
///
/// Keys are the paths below the folder. A slice's files lie under a name that its input gives them, so that a slice is
/// replaced in one step by its manifest, which is put last.
extension SliceStore {
    /// Requests at the same time.
    private static let width = 8

    /// The slices of a store, at which it has looked; the folder holds copies of all manifests afterwards.
    ///
    /// `isBucketOfEngines` says whether a warehouse that reads buckets reaches this one under its address.
    ///
    /// - Throws: `ObjectStoreError`; ``CleaningError`` where a manifest in the store cannot be read.
    public func connected(to store: any ObjectStore, isBucketOfEngines: Bool = false) async throws -> SliceStore {
        let connected = SliceStore(root, recordedRoot, store, isBucketOfEngines: isBucketOfEngines)
        try await connected.refresh(from: store)
        return connected
    }

    /// Runs a body with the flat files of slices on this machine.
    ///
    /// Of a store, those with rows are fetched and compared with their manifests, and removed at the end.
    ///
    /// - Throws: `ObjectStoreError`, and what `body` throws.
    public func withLocalFiles<Result>(
        of manifests: [SliceManifest],
        _ body: (SliceStore) async throws -> Result
    ) async throws -> Result {
        guard let objects else { return try await body(self) }
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("chargehouse-slices-\(UUID().uuidString.lowercased())").path
        let local = SliceStore(root: folder, recordedRoot: recordedRoot)
        let result: Result
        do {
            let files = manifests.flatMap { manifest in
                manifest.files.filter { $0.rows > 0 }.map { (manifest, $0) }
            }
            try await Self.each(files) { manifest, file in
                let object = ExpectedObject(
                    key: try Self.key(manifest.feed.id, manifest.day, file.path),
                    bytes: file.bytes,
                    sha256: file.sha256
                )
                try await objects.copy(object, to: local.path(of: file, in: manifest))
            }
            result = try await body(local)
        } catch {
            try Self.removeFolder(folder)
            throw error
        }
        try Self.removeFolder(folder)
        return result
    }

    /// The slices as a warehouse that reads buckets finds them; `nil` where they are in no bucket that it reaches.
    public var inBucket: SliceStore? {
        isBucketOfEngines && recordedRoot.hasPrefix("s3://") ? SliceStore(root: recordedRoot) : nil
    }

    /// Puts the slices of a folder here, those that are not here yet.
    ///
    /// - Throws: `ObjectStoreError`, ``CleaningError``.
    public func replaceSlices(with other: SliceStore) async throws {
        for feed in try other.feeds() {
            for manifest in try other.manifests(of: feed) where try self.manifest(feed, manifest.day) != manifest {
                let files = try manifest.files.map { file in
                    (
                        file: file,
                        bytes: Array(try Data(contentsOf: URL(fileURLWithPath: other.path(of: file, in: manifest))))
                    )
                }
                try await write(manifest, files: files)
            }
        }
    }

    /// Puts a slice into the store: files first, then the manifest, then the old files go.
    func put(
        _ manifest: SliceManifest,
        files: [(file: SliceManifest.File, bytes: [UInt8])],
        into store: any ObjectStore
    ) async throws {
        let (feed, day) = (manifest.feed.id, manifest.day)
        try await Self.each(files) { file, bytes in
            try await store.put(ObjectContent(bytes), at: Self.key(feed, day, file.path))
        }
        let key = try Self.key(feed, day, "manifest.json")
        let content = ObjectContent(try manifest.encoded())
        try await store.put(content, at: key)
        try await FolderStore(root: root).put(content, at: key)
        let kept = Set(try manifest.files.map { try Self.key(feed, day, $0.path) } + [key])
        for object in try await store.list(prefix: "\(feed)/\(day)/").objects where !kept.contains(object.key) {
            try await store.delete(object.key)
        }
    }

    private static func key(_ feed: FeedID, _ day: UTCDay, _ path: String) throws -> ObjectKey {
        try ObjectKey("\(feed)/\(day)/\(path)")
    }

    private static func each<Element: Sendable>(
        _ elements: [Element],
        _ body: @escaping @Sendable (Element) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, element) in elements.enumerated() {
                if index >= width { try await group.next() }
                group.addTask { try await body(element) }
            }
            try await group.waitForAll()
        }
    }

    private static func removeFolder(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.removeItem(atPath: path)
    }
}

extension SliceStore {
    private struct SliceName: Hashable {
        var feed: FeedID
        var day: UTCDay
    }

    /// What the names in the store say of a slice.
    private struct Entry {
        var hasManifest = false
        var folders: Set<Substring> = []
    }

    /// Brings the copies of manifests up to date: those whose slice has files of another name are fetched.
    private func refresh(from store: any ObjectStore) async throws {
        var entries: [SliceName: Entry] = [:]
        for object in try await store.list(prefix: "").objects {
            let parts = object.key.text.split(separator: "/")
            let isManifest = parts.last == "manifest.json"
            let place = parts.count - (isManifest ? 2 : 3)
            guard place >= 1, let day = UTCDay(String(parts[place])),
                let feed = FeedID(parts[..<place].joined(separator: "/"))
            else { continue }
            let name = SliceName(feed: feed, day: day)
            if isManifest {
                entries[name, default: Entry()].hasManifest = true
            } else {
                entries[name, default: Entry()].folders.insert(parts[place + 1])
            }
        }
        for feed in try feeds() {
            for day in try days(of: feed) where entries[SliceName(feed: feed, day: day)]?.hasManifest != true {
                try Self.removeFolder(folder(feed, day))
            }
        }
        let stale = entries.filter { name, entry in entry.hasManifest && !isCurrent(name, entry) }.keys
        try await Self.each(Array(stale)) { name in
            let key = try Self.key(name.feed, name.day, "manifest.json")
            let fetched = try await store.get(key)
            let manifest = try SliceManifest.decode(Data(fetched.bytes), named: "\(store.name)/\(key)")
            guard manifest.feed.id == name.feed, manifest.day == name.day else {
                throw CleaningError.badManifest(
                    "\(store.name)/\(key)",
                    reason: "it is that of \(manifest.feed.id) \(manifest.day)"
                )
            }
            try await FolderStore(root: root).put(ObjectContent(fetched.bytes), at: key)
        }
    }

    /// Whether the copy of a manifest is that of the only files of its slice; one that cannot be read is not.
    private func isCurrent(_ name: SliceName, _ entry: Entry) -> Bool {
        guard let manifest = try? manifest(name.feed, name.day) else { return false }
        return entry.folders == Set(manifest.files.map { $0.path.prefix { $0 != "/" } })
    }
}
