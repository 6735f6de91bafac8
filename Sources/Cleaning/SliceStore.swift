public import ChargingModel
import Foundation
import ObjectStore

/// The flat files: `<root>/<feed>/<day>/manifest.json` and the files beside it, in a folder or in an object store.
///
/// A slice is replaced by one rename of its manifest: a reader sees the old files or the new ones, never a mixture,
/// whenever the writer dies.
public struct SliceStore: Sendable {
    /// The folder.
    public let root: String
    /// What the load log calls the folder: it can be renamed to that when the load is done.
    public let recordedRoot: String
    /// Where the flat files are, if not in the folder.
    let objects: (any ObjectStore)?
    let isBucketOfEngines: Bool

    /// Names a folder; it need not exist.
    ///
    /// `recordedRoot` is what the load log calls it, where that is another name.
    public init(root: String, recordedRoot: String? = nil) {
        self.init(root, recordedRoot ?? root, nil, isBucketOfEngines: false)
    }

    init(_ root: String, _ recordedRoot: String, _ objects: (any ObjectStore)?, isBucketOfEngines: Bool) {
        self.root = root
        self.recordedRoot = recordedRoot
        self.objects = objects
        self.isBucketOfEngines = isBucketOfEngines
    }

    /// The folder of a slice.
    public func folder(_ feed: FeedID, _ day: UTCDay) -> String { "\(root)/\(feed)/\(day)" }

    /// The manifest of a slice as the load log names it.
    public func recordedManifest(_ feed: FeedID, _ day: UTCDay) -> String {
        "\(recordedRoot)/\(feed)/\(day)/manifest.json"
    }

    /// The manifest of a slice, or `nil` where the slice was never cleaned.
    ///
    /// - Throws: ``CleaningError`` where a manifest is there and cannot be read.
    public func manifest(_ feed: FeedID, _ day: UTCDay) throws -> SliceManifest? {
        let path = folder(feed, day) + "/manifest.json"
        // After a power cut a new manifest can be empty: the slice was never cleaned.
        guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else { return nil }
        return try SliceManifest.decode(data, named: path)
    }

    /// The absolute path of one file of a slice.
    public func path(of file: SliceManifest.File, in manifest: SliceManifest) -> String {
        "\(folder(manifest.feed.id, manifest.day))/\(file.path)"
    }

    /// The manifests of all slices of a feed, oldest first.
    public func manifests(of feed: FeedID) throws -> [SliceManifest] {
        try days(of: feed).compactMap { try manifest(feed, $0) }
    }

    func days(of feed: FeedID) throws -> [UTCDay] {
        let folder = "\(root)/\(feed)"
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap { UTCDay($0) }.sorted()
    }

    /// The feeds that have slices, in order of their names.
    public func feeds() throws -> [FeedID] {
        let names = { (folder: String) in
            FileManager.default.fileExists(atPath: folder)
                ? try FileManager.default.contentsOfDirectory(atPath: folder) : []
        }
        var feeds: [FeedID] = []
        for family in try names(root) {
            let inner = try names("\(root)/\(family)")
            if inner.contains(where: { UTCDay($0) != nil }) {
                feeds.append(contentsOf: FeedID(family).map { [$0] } ?? [])
            }
            feeds += inner.filter { UTCDay($0) == nil }.compactMap { FeedID("\(family)/\($0)") }
        }
        return feeds.sorted()
    }

    /// Writes a slice: files first, then the manifest, then the old files go.
    func write(_ manifest: SliceManifest, files: [(file: SliceManifest.File, bytes: [UInt8])]) async throws {
        if let objects { return try await put(manifest, files: files, into: objects) }
        let folder = folder(manifest.feed.id, manifest.day)
        do {
            for (file, bytes) in files { try FileWriting.write(bytes, to: "\(folder)/\(file.path)") }
            try FileWriting.replace(folder + "/manifest.json", with: Array(manifest.encoded()))
            try removeOthers(in: folder, keeping: manifest)
        } catch {
            throw CleaningError.cannotWrite(folder, reason: String(describing: error))
        }
    }

    private func removeOthers(in folder: String, keeping manifest: SliceManifest) throws {
        let kept = Set(manifest.files.map { $0.path.prefix { $0 != "/" }.description } + ["manifest.json"])
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where !kept.contains(name) {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }
}

extension SliceManifest {
    static func decode(_ data: Data, named path: String) throws -> SliceManifest {
        do {
            return try JSONDecoder().decode(SliceManifest.self, from: data)
        } catch {
            throw CleaningError.badManifest(path, reason: String(describing: error))
        }
    }

    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }
}
