import ChargingModel

/// The adapters that a program knows, by id.
public struct AdapterRegistry: Sendable {
    private let adapters: [String: any FeedAdapter]

    /// Creates a registry; of two adapters with one id the later is used.
    public init(_ adapters: [any FeedAdapter]) {
        self.adapters = Dictionary(adapters.map { ($0.id, $0) }, uniquingKeysWith: { _, later in later })
    }

    /// The adapters of this version: `chargecloud-poi`, `chargecloud-app`, `chargecloud-afir`, `mobie-export`.
    public static let builtIn = AdapterRegistry.reading(by: .builtIn)

    /// The adapters of this version, reading statuses by these maps.
    public static func reading(by maps: StatusMaps) -> AdapterRegistry {
        let surfaces = ChargecloudSurface.allCases.map { ChargecloudAdapter($0, statuses: maps["chargecloud"]) }
        return AdapterRegistry(surfaces + [MobieExportAdapter(statuses: maps["mobie"])])
    }

    /// The ids of all adapters, sorted.
    public var ids: [String] { adapters.keys.sorted() }

    /// The adapter that speaks to a feed.
    ///
    /// - Throws: ``SourceError`` `unknownAdapter`.
    public func adapter(for feed: FeedDescriptor) throws -> any FeedAdapter {
        guard let adapter = adapters[feed.adapter] else {
            throw SourceError(
                .unknownAdapter,
                subject: feed.id.description,
                detail: "adapter \"\(feed.adapter)\"" + Suggestion.text(for: feed.adapter, among: ids)
                    + " (expected one of: \(ids.joined(separator: ", ")))",
                remedy: "correct \"adapter\" in the feed's descriptor"
            )
        }
        return adapter
    }
}
