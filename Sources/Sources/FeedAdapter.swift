public import ChargingModel

/// A feed protocol: how to ask, and how to read an answer.
///
/// An adapter is pure: it never retries, sleeps, logs, writes or opens a connection, and reads no clock.
public protocol FeedAdapter: Sendable {
    /// The name that descriptors use: `chargecloud-poi`.
    var id: String { get }
    /// Sources that share ids: part of every natural key. `chargecloud` for all its surfaces.
    var family: String { get }
    /// Raised whenever the same bytes would map to other values; part of every slice's input hash.
    var mappingVersion: Int { get }
    /// What the family's status texts mean; `nil` where the adapter has no such table.
    ///
    /// Part of every slice's input hash.
    var statusMap: StatusMap? { get }

    /// The request of the first page.
    ///
    /// - Throws: ``SourceError`` where the feed needs a credential and there is none, or its URL cannot be used.
    func firstRequest(for feed: FeedDescriptor, credential: Secret?) throws -> FeedRequest

    /// The request of the page after `page`, or `nil` where `page` is the last one.
    ///
    /// `number` tells how many pages have been received, at least 1.
    ///
    /// - Throws: ``AnswerFault`` where the page cannot be read.
    func nextRequest(
        after page: [UInt8],
        number: Int,
        for feed: FeedDescriptor,
        credential: Secret?
    ) throws -> FeedRequest?

    /// Splits one page into its envelope and the bytes of its stations, checking everything outside the stations.
    ///
    /// - Throws: ``AnswerFault`` where the page is no usable answer (its outcome says of which kind).
    func split(_ page: [UInt8]) throws -> AnswerParts

    /// Whether ``split(_:)`` finds the elements by brackets alone and reads of the rest nothing but the object around
    /// them, so that a page like the one before can be split by comparing.
    var splitsAtBrackets: Bool { get }

    /// Maps one station element. Depends on nothing but its arguments: equal bytes give an equal result.
    func map(_ element: ArraySlice<UInt8>, feed: FeedDescriptor) -> MappedStation

    /// RFC 6901 pointer of a point's status, relative to its station element.
    func statusPointer(of point: PointRecord) -> String
    /// RFC 6901 pointer of a point, relative to its station element.
    func pointer(of point: PointRecord) -> String
}

extension FeedAdapter {
    /// None.
    public var statusMap: StatusMap? { nil }
    /// No: only an adapter knows that of itself.
    public var splitsAtBrackets: Bool { false }
    /// As OCPI names the list.
    public func pointer(of point: PointRecord) -> String { "/evses/\(point.position)" }
    /// As OCPI names the field.
    public func statusPointer(of point: PointRecord) -> String { pointer(of: point) + "/status" }
}

/// One HTTP GET.
public struct FeedRequest: Hashable, Sendable {
    /// The address, with its query.
    public var url: String
    /// Header fields; their values are never logged.
    public var headers: [(name: String, value: Secret)]

    /// Creates a request.
    public init(url: String, headers: [(name: String, value: Secret)] = []) {
        self.url = url
        self.headers = headers
    }

    /// Whether both ask for the same, header fields in the same order.
    public static func == (left: FeedRequest, right: FeedRequest) -> Bool {
        left.url == right.url && left.headers.elementsEqual(right.headers, by: ==)
    }

    /// Hashes the URL alone.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(url)
    }
}

/// One page of an answer, taken apart.
public struct AnswerParts: Hashable, Sendable {
    /// The envelope's own time, where it has one.
    public var sourceTime: UTCTime?
    /// Where each station element stands in the page.
    public var elements: [Range<Int>]
    /// RFC 6901 pointer of the array that holds the elements: `/data`.
    public var pointer: String
    /// Names of envelope fields that the adapter does not know.
    public var unknownFields: [String]

    /// Creates the parts of a page.
    public init(sourceTime: UTCTime?, elements: [Range<Int>], pointer: String, unknownFields: [String] = []) {
        self.sourceTime = sourceTime
        self.elements = elements
        self.pointer = pointer
        self.unknownFields = unknownFields
    }
}

/// What one station element became.
///
/// Invariant: `read` = records in `record` + records in `rejects`, for each kind.
public struct MappedStation: Hashable, Sendable {
    /// The station with the points and connectors that could be kept; `nil` where the station itself was rejected.
    public var record: StationRecord?
    /// Records met in the element: a rejected station counts the points and connectors inside it as read, and there
    /// is a reject for each of them.
    public var read: RecordCounts
    /// Pointers are relative to the element.
    public var rejects: [Reject]
    /// What is worth knowing about the records that were kept.
    public var findings: [QualityFinding]

    /// Creates a result.
    public init(record: StationRecord?, read: RecordCounts, rejects: [Reject] = [], findings: [QualityFinding] = []) {
        self.record = record
        self.read = read
        self.rejects = rejects
        self.findings = findings
    }
}

/// Why a page is not a usable answer.
public struct AnswerFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// `suspect` or `malformed`.
    public var outcome: PollOutcome
    /// What was found and what was expected: `status_code 2000 "Generic client error" (expected 1000)`.
    public var detail: String

    /// Creates a fault.
    public init(_ outcome: PollOutcome, _ detail: String) {
        self.outcome = outcome
        self.detail = detail
    }

    /// The outcome and what was found, in one line.
    public var description: String { "\(outcome.rawValue): \(detail)" }
}
