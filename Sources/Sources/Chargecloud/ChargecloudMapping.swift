import ChargingModel

/// One station element → station, points, connectors, statuses, rejects and findings.
///
/// Pure.
struct ChargecloudMapping: ElementMapping {
    let feed: FeedDescriptor
    let surface: ChargecloudSurface
    let statuses: StatusMap
    var reader = FieldReader()
    var read = RecordCounts()
    var rejects: [Reject] = []

    static func map(
        _ element: ArraySlice<UInt8>,
        feed: FeedDescriptor,
        surface: ChargecloudSurface,
        statuses: StatusMap
    ) -> MappedStation {
        ChargecloudMapping(feed: feed, surface: surface, statuses: statuses).mapped(element)
    }

    /// The status of a point or connector; an unknown word keeps its text.
    mutating func status(_ node: JSONNode?, reportedAt: UTCTime?, _ kind: RecordKind) -> ReportedStatus {
        // OCPI's connectors have no status.
        status(node, reportedAt: reportedAt, isExpected: kind == .point || surface != .afir, kind)
    }
}
