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

    /// The durable id of a point whose source id was re-used for another point at `slot`.
    package func reusedPoint(_ id: String, from slot: UTCTime) -> StableKey {
        StableKey("point", family, id, slot.description)
    }

    /// The key by which one point is matched over feeds and records; `nil` where its EVSE id does not tell.
    package func evse(of point: ChargingPoint) -> StableKey? {
        point.normalisedEVSEID.map { StableKey("evse", $0) }
    }

    /// The key of a station's opening hours: equal hours, equal key.
    package func openingHours(of station: ChargingStation) -> StableKey {
        Self.openingHours(station.openingHours?.text ?? station.openingHoursJSON)
    }

    /// The key of opening hours by their text, or by the feed's own JSON where it is not understood; `nil` stands for
    /// "the feed gives none".
    package static func openingHours(_ text: String?) -> StableKey { StableKey("opening hours", text ?? "") }

    /// The key of a point's set of capabilities.
    package func capabilities(of point: ChargingPoint) -> StableKey {
        StableKey("capabilities", point.capabilities.joined(separator: ","))
    }

    /// The key of a feed's own status text.
    package func rawStatus(_ text: String) -> StableKey { StableKey("raw_status", family, text) }
}
