public import ChargingModel

/// The feeds that a program knows: the built-in ones and those of its user.
///
/// Invariant: ids are unique and sorted; every descriptor has a known adapter and usable values.
public struct FeedCatalog: Hashable, Sendable {
    /// All feeds, by id.
    public let feeds: [FeedDescriptor]

    /// Creates a catalogue of descriptors.
    ///
    /// - Throws: ``SourceError`` `duplicateFeed`.
    public init(_ feeds: [FeedDescriptor]) throws {
        self.feeds = feeds.sorted { $0.id < $1.id }
        for (feed, next) in zip(self.feeds, self.feeds.dropFirst()) where feed.id == next.id {
            throw SourceError(
                .duplicateFeed,
                subject: feed.id.description,
                detail: "two descriptors have this id: \"\(feed.name)\" and \"\(next.name)\" (expected one)",
                remedy: "give one of them another \"id\""
            )
        }
    }

    /// The feeds that come with this version.
    ///
    /// - Throws: ``SourceError`` where a built-in descriptor is wrong; a test guards against it.
    public static func builtIn(adapters: AdapterRegistry = .builtIn) throws -> FeedCatalog {
        let files = [
            ("Feeds/chargecloud.json", PackageResources.chargecloud_json),
            ("Feeds/mobie.json", PackageResources.mobie_json),
        ]
        return try FeedCatalog(
            files.flatMap { name, bytes in
                try DescriptorReader(fileName: name, adapters: adapters).descriptors(in: bytes)
            }
        )
    }

    /// This catalogue with the feeds of a user's file: a JSON list of descriptors.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - fileName: what errors call it.
    ///   - adapters: the adapters that a descriptor can name.
    /// - Returns: The feeds of both.
    /// - Throws: ``SourceError`` where the file or a descriptor in it cannot be used, or an id is taken.
    public func merging(
        contentsOfFile bytes: [UInt8],
        named fileName: String,
        adapters: AdapterRegistry = .builtIn
    ) throws -> FeedCatalog {
        let reader = DescriptorReader(fileName: fileName, adapters: adapters)
        return try FeedCatalog(feeds + reader.descriptors(in: bytes))
    }

    /// The feeds that are polled without being asked for by name.
    public var enabled: [FeedDescriptor] { feeds.filter(\.isEnabled) }

    /// The feed of that id; `nil` where there is none.
    public subscript(id: FeedID) -> FeedDescriptor? { feeds.first { $0.id == id } }

    /// The feed of that name.
    ///
    /// - Throws: ``SourceError`` `unknownFeed`, with the names that are near.
    public func feed(_ name: String) throws -> FeedDescriptor {
        if let feed = feeds.first(where: { $0.id.description == name }) { return feed }
        throw SourceError(
            .unknownFeed,
            subject: "feed \"\(name.cut(toBytes: 80))\"",
            detail: "there is no feed of that name" + Suggestion.text(for: name, among: feeds.map(\.id.description)),
            remedy: "chargehouse feed list"
        )
    }
}
