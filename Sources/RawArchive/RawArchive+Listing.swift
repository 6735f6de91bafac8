public import ChargingModel
internal import Foundation

/// A pack as the folder shows it.
public struct PackSummary: Hashable, Sendable {
    /// The feed of the pack.
    public var feed: FeedID
    /// The UTC day of the pack.
    public var day: UTCDay
    /// The path of the pack's file.
    public var path: String
    /// Bytes of the file.
    public var bytes: Int
    /// Whether the pack has a manifest.
    public var isSealed: Bool
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

    /// The feeds that have a folder with years, sorted.
    public func feeds() throws -> [FeedID] {
        var feeds: [FeedID] = []
        for outer in try folderNames(root) {
            if try hasYears(outer), let feed = FeedID(outer) { feeds.append(feed) }
            for inner in try folderNames("\(root)/\(outer)") {
                if let feed = FeedID("\(outer)/\(inner)"), try hasYears(feed.description) { feeds.append(feed) }
            }
        }
        return feeds.sorted()
    }

    /// The days of a feed that have a pack, sorted.
    public func days(of feed: FeedID) throws -> [UTCDay] {
        var days: [UTCDay] = []
        for year in try folderNames("\(root)/\(feed)") where isYear(year) {
            for name in try folderNames("\(root)/\(feed)/\(year)") {
                if let day = PackPath.day(ofFileName: name), day.description.hasPrefix(year) { days.append(day) }
            }
        }
        return days.sorted()
    }

    /// One pack; `nil` where there is none.
    public func summary(_ feed: FeedID, _ day: UTCDay) throws -> PackSummary? {
        let path = PackPath(root: root, feed: feed, day: day)
        guard let bytes = fileLength(path.pack) else { return nil }
        let manifest = try PackManifest.load(path)
        return PackSummary(
            feed: feed,
            day: day,
            path: path.pack,
            bytes: bytes,
            isSealed: manifest != nil,
            polls: manifest?.polls
        )
    }

    private func hasYears(_ folder: String) throws -> Bool {
        for year in try folderNames("\(root)/\(folder)") where isYear(year) {
            if try folderNames("\(root)/\(folder)/\(year)").contains(where: { PackPath.day(ofFileName: $0) != nil }) {
                return true
            }
        }
        return false
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
