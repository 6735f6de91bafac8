public import ChargingModel
internal import Foundation

/// A pack as the folder shows it.
public struct PackSummary: Hashable, Sendable {
    /// The feed of the pack.
    public var feed: FeedID
    /// The UTC day of the pack.
    public var day: UTCDay
    /// The path of the pack's file, or its address in the store.
    public var path: String
    /// Bytes of the file.
    public var bytes: Int
    /// Whether the pack has a manifest.
    public var isSealed: Bool
    /// Whether the store of the archive has the pack.
    public var isStored: Bool
    /// Whether the pack is in the archive's folder: if not, only its store has it.
    public var isLocal: Bool
    /// Polls in the pack, where a manifest tells it; `nil` for a live pack.
    public var polls: Int?
}

extension RawArchive {
    /// All packs, sorted by feed and day.
    ///
    /// Empty where the archive's folder does not exist.
    ///
    /// - Throws: ``ArchiveError`` with code `readFailed`, or `manifestMismatch` where a manifest cannot be read.
    public func packs() throws -> [PackSummary] {
        try feeds().flatMap { feed in try days(of: feed).compactMap { try summary(feed, $0) } }
    }

    /// The feeds that have packs, sorted.
    public func feeds() throws -> [FeedID] {
        let own = try feeds(naming: PackPath.day(ofFileName:))
        guard let stored else { return own }
        return Set(own).union(try stored.copies.feeds(naming: PackPath.day(ofManifestName:))).sorted()
    }

    /// The days of a feed that have a pack, sorted.
    public func days(of feed: FeedID) throws -> [UTCDay] {
        let own = try days(of: feed, naming: PackPath.day(ofFileName:))
        guard let stored else { return own }
        return Set(own).union(try stored.copies.days(of: feed, naming: PackPath.day(ofManifestName:))).sorted()
    }

    /// One pack; `nil` where there is none.
    public func summary(_ feed: FeedID, _ day: UTCDay) throws -> PackSummary? {
        let path = PackPath(root: root, feed: feed, day: day)
        let bytes = fileLength(path.pack)
        let known = try stored?.manifest(feed, day)
        guard let manifest = try bytes == nil ? known : PackManifest.load(path) else {
            return bytes.map {
                PackSummary(
                    feed: feed,
                    day: day,
                    path: path.pack,
                    bytes: $0,
                    isSealed: false,
                    isStored: false,
                    isLocal: true
                )
            }
        }
        return PackSummary(
            feed: feed,
            day: day,
            path: try bytes == nil ? stored?.address(manifest) ?? path.pack : path.pack,
            bytes: bytes ?? manifest.bytes,
            isSealed: true,
            isStored: known?.sha256 == manifest.sha256,
            isLocal: bytes != nil,
            polls: manifest.polls
        )
    }

    /// The feeds with files whose names have a day, sorted.
    func feeds(naming day: (String) -> UTCDay?) throws -> [FeedID] {
        var feeds: [FeedID] = []
        for outer in try folderNames(root) {
            if let feed = FeedID(outer), try !days(of: feed, naming: day).isEmpty { feeds.append(feed) }
            for inner in try folderNames("\(root)/\(outer)") {
                if let feed = FeedID("\(outer)/\(inner)"), try !days(of: feed, naming: day).isEmpty {
                    feeds.append(feed)
                }
            }
        }
        return feeds.sorted()
    }

    /// The days of a feed's files whose names have one, sorted.
    func days(of feed: FeedID, naming day: (String) -> UTCDay?) throws -> [UTCDay] {
        var days: [UTCDay] = []
        for year in try folderNames("\(root)/\(feed)") where isYear(year) {
            for name in try folderNames("\(root)/\(feed)/\(year)") {
                if let day = day(name), day.description.hasPrefix(year) { days.append(day) }
            }
        }
        return days.sorted()
    }

    private func isYear(_ name: String) -> Bool {
        name.utf8.count == 4 && name.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

/// Names in a folder, sorted; none where there is no such folder.
func folderNames(_ path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
        return []
    }
    do {
        return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
        throw ArchiveError(.readFailed, path, "list the folder: \(error)")
    }
}
