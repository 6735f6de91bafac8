public import ChargingModel

/// A reject or finding of a slice: one row for the same matter, with a count.
public struct RejectRow: Hashable, Sendable {
    /// `reject` where a record was refused, `finding` where it was kept.
    public var severity: String
    /// The rule that made it; `docs/reference/rejects.md` lists them.
    public var rule: String
    /// The kind of record.
    public var kind: RecordKind
    /// The record's own id; `nil` where there is none to name.
    public var sourceID: String?
    /// Where it was met first: the slot, the digest of the page and the place in it.
    public var slot: UTCTime
    /// The digest of the page in which it was met first.
    public var digest: ContentDigest
    /// RFC 6901 pointer to the place where it was met first; `nil` where there is none to name.
    public var pointer: String?
    /// What was found and what was expected.
    public var message: String
    /// The record as the feed wrote it, cut; `nil` where it is not kept.
    public var fragment: String?
    /// In how many records of the slice's good polls.
    public var occurrences: Int

    /// The row's key in the warehouse: the same whenever the same slice is cleaned by the same rules.
    func id(in load: StableKey) -> StableKey {
        StableKey("reject", "\(load.value)", severity, rule, kind.rawValue, sourceID ?? "", message)
    }
}

/// Collects rejects and findings of a slice; equal ones become one row.
struct RejectLog {
    /// A hostile feed could make every record of every poll a different reject.
    static let maximumRows = 10_000

    private struct Key: Hashable {
        var severity: String
        var rule: String
        var kind: RecordKind
        var sourceID: String?
        var message: String
    }

    private var rowByKey: [Key: RejectRow] = [:]

    mutating func add(_ reject: Reject, elementPointer: String, slot: UTCTime, digest: ContentDigest) {
        let key = Key(
            severity: "reject",
            rule: reject.rule,
            kind: reject.kind,
            sourceID: reject.sourceID,
            message: reject.message
        )
        add(key, pointer: elementPointer + reject.pointer, fragment: reject.fragment, slot: slot, digest: digest)
    }

    mutating func add(_ finding: QualityFinding, elementPointer: String, slot: UTCTime, digest: ContentDigest) {
        let key = Key(
            severity: "finding",
            rule: finding.rule,
            kind: finding.kind,
            sourceID: nil,
            message: finding.subject
        )
        add(key, pointer: elementPointer, fragment: nil, slot: slot, digest: digest)
    }

    private mutating func add(_ key: Key, pointer: String, fragment: String?, slot: UTCTime, digest: ContentDigest) {
        var key = key
        if rowByKey[key] == nil, rowByKey.count >= Self.maximumRows {
            key.sourceID = nil
            key.message = "further records, beyond \(Self.maximumRows) different rows"
        }
        if rowByKey[key]?.occurrences == nil {
            rowByKey[key] = RejectRow(
                severity: key.severity,
                rule: key.rule,
                kind: key.kind,
                sourceID: key.sourceID,
                slot: slot,
                digest: digest,
                pointer: pointer,
                message: key.message,
                fragment: fragment,
                occurrences: 0
            )
        }
        rowByKey[key]?.occurrences += 1
    }

    /// The rows in a fixed order.
    var rows: [RejectRow] {
        rowByKey.values.sorted {
            ($0.severity, $0.rule, $0.kind.rawValue, $0.sourceID ?? "", $0.message)
                < ($1.severity, $1.rule, $1.kind.rawValue, $1.sourceID ?? "", $1.message)
        }
    }
}
