public import ChargingModel

/// The adapter of MOBI.E's weekly exports (`docs/feeds/mobie.md`).
///
/// The exports are files of rows; ``MobieExport`` makes one answer of the rows of a date, and this adapter reads it.
public struct MobieExportAdapter: FeedAdapter {
    private let statuses: StatusMap

    /// Creates the adapter, which reads status texts by a map.
    public init(statuses: StatusMap = StatusMaps.builtIn["mobie"]) {
        self.statuses = statuses
    }

    /// What the status texts mean.
    public var statusMap: StatusMap? { statuses }

    /// `mobie-export`.
    public var id: String { "mobie-export" }
    /// `mobie`.
    public var family: String { "mobie" }
    /// Raised whenever the same bytes would map to other values.
    public var mappingVersion: Int { 1 }

    /// The request for the feed's own address; the feed is disabled, since its answers are imported.
    public func firstRequest(for feed: FeedDescriptor, credential: Secret?) throws -> FeedRequest {
        FeedRequest(url: feed.url)
    }

    /// There is never a second page.
    public func nextRequest(
        after page: [UInt8],
        number: Int,
        for feed: FeedDescriptor,
        credential: Secret?
    ) throws -> FeedRequest? { nil }

    /// Splits an answer, which must hold at least one station.
    public func split(_ page: [UInt8]) throws -> AnswerParts {
        let answer = try JSONListAnswer(page, list: "data", envelope: { Envelope($0) }, fault: \.fault)
        guard !answer.elements.isEmpty else {
            throw AnswerFault(.suspect, "\"data\" is empty (expected at least one station)")
        }
        return AnswerParts(
            sourceTime: nil,
            elements: answer.elements,
            pointer: "/data",
            unknownFields: answer.envelope.unknownFields
        )
    }

    /// As ``JSONListAnswer`` splits.
    public var splitsAtBrackets: Bool { true }

    /// Maps one station element.
    public func map(_ element: ArraySlice<UInt8>, feed: FeedDescriptor) -> MappedStation {
        MobieMapping(feed: feed, statuses: statuses).mapped(element)
    }
}

/// What stands around the stations: `export_date`, a day and no time.
private struct Envelope {
    var unknownFields: [String] = []
    var fault: AnswerFault?

    private static let mostUnknownFields = 100

    init(_ root: JSONNode) {
        guard root.kind == .object else {
            fault = AnswerFault(.malformed, "a JSON \(root.kind) (expected an object with \"data\")")
            return
        }
        guard !root.hasDuplicateKeys(deep: false) else {
            fault = AnswerFault(.malformed, "a key of the envelope stands twice (expected once)")
            return
        }
        if let list = root["data"] {
            if list.kind != .array {
                fault = AnswerFault(.suspect, "\"data\" is a JSON \(list.kind) (expected a list)")
            }
        } else {
            fault = AnswerFault(.suspect, "there is no \"data\" (expected a list)")
        }
        for member in root.members where !["export_date", "data"].contains(member.name) {
            if unknownFields.count < Self.mostUnknownFields { unknownFields.append(member.name.cut(toBytes: 120)) }
        }
    }
}
