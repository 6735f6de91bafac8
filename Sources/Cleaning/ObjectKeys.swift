package import ChargingModel

/// The durable 64-bit keys of objects: hashes of kind, feed family and the source's own id (`design.md`, decision 5).
package struct ObjectKeys: Sendable {
    let family: String

    package init(family: String) {
        self.family = family
    }

    package func station(_ id: String) -> StableKey { StableKey("station", family, id) }
    package func point(_ id: String) -> StableKey { StableKey("point", family, id) }
    package func connector(_ id: String) -> StableKey { StableKey("connector", family, id) }

    /// The key of an operator; an id of `nil` stands for "the feed names no operator".
    package func `operator`(_ id: String?) -> StableKey { StableKey("operator", family, id ?? "") }

    /// The key of a feed's own status text.
    package func rawStatus(_ text: String) -> StableKey { StableKey("raw_status", family, text) }
}
