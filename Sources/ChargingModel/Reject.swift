/// The kinds of records that are counted as read, kept and rejected.
public enum RecordKind: String, CaseIterable, Hashable, Sendable {
    case station
    case point
    case connector
}

/// A record that could not be used.
///
/// The rest of its answer loads; read = kept + rejected.
public struct Reject: Hashable, Sendable {
    /// The kind of record that was refused.
    public var kind: RecordKind
    /// The rule that refused it, for example `duplicate_id`; `docs/reference/rejects.md` lists them.
    public var rule: String
    /// The record's own id, where it could be read.
    public var sourceID: String?
    /// RFC 6901, from the root of the element that was mapped (a station) or of the answer.
    public var pointer: String
    /// What was found and what was expected.
    public var message: String
    /// The record as the feed wrote it, cut to 4,000 bytes.
    public var fragment: String?

    /// Creates a reject.
    public init(
        _ kind: RecordKind,
        rule: String,
        sourceID: String? = nil,
        pointer: String,
        message: String,
        fragment: String? = nil
    ) {
        self.kind = kind
        self.rule = rule
        self.sourceID = sourceID
        self.pointer = pointer
        self.message = message
        self.fragment = fragment
    }
}

/// Something worth knowing about a record that was kept: an unknown field, an unknown status, a value out of range.
public struct QualityFinding: Hashable, Sendable {
    /// The rule, for example `unknown_field`; `docs/reference/rejects.md` lists them.
    public var rule: String
    /// The kind of record that it was found in.
    public var kind: RecordKind
    /// What it is about: the field name, the status text.
    ///
    /// The same value on the same day is one event with a count.
    public var subject: String

    /// Creates a finding.
    public init(rule: String, kind: RecordKind, subject: String) {
        self.rule = rule
        self.kind = kind
        self.subject = subject
    }
}

/// How many records of each kind were met.
public struct RecordCounts: Hashable, Sendable {
    /// Charging stations.
    public var stations: Int
    /// Charging points.
    public var points: Int
    /// Connectors.
    public var connectors: Int

    /// Creates counts.
    public init(stations: Int = 0, points: Int = 0, connectors: Int = 0) {
        self.stations = stations
        self.points = points
        self.connectors = connectors
    }

    /// The sums of both, kind by kind.
    public static func + (left: RecordCounts, right: RecordCounts) -> RecordCounts {
        RecordCounts(
            stations: left.stations + right.stations,
            points: left.points + right.points,
            connectors: left.connectors + right.connectors
        )
    }

    /// Adds the counts of the right to the left.
    public static func += (left: inout RecordCounts, right: RecordCounts) {
        left = left + right
    }

    /// All kinds together.
    public var total: Int { stations + points + connectors }
}
