import ChargingModel

/// One station element → station, points, connectors, statuses, rejects and findings.
///
/// Pure.
struct ChargecloudMapping {
    static let mostPoints = 200  // of one station; above any real site's
    static let mostConnectors = 50  // of one point
    static let longestFragment = 4_000  // bytes

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
        let result = JSONText.read(element) { root in
            var mapping = ChargecloudMapping(feed: feed, surface: surface, statuses: statuses)
            let record = mapping.station(root)
            return MappedStation(
                record: record,
                read: mapping.read,
                rejects: mapping.rejects,
                findings: mapping.reader.findings
            )
        }
        switch result {
        case .success(let mapped): return mapped
        case .failure(let fault):
            let reject = Reject(
                .station,
                rule: "malformed_element",
                pointer: "",
                message: "no valid JSON: \(fault.message) (expected an object)",
                fragment: String(decoding: element, as: UTF8.self).cut(toBytes: longestFragment)
            )
            return MappedStation(record: nil, read: RecordCounts(stations: 1), rejects: [reject])
        }
    }

    // MARK: Rejecting

    /// Rejects a station and everything inside it.
    mutating func rejectStation(_ node: JSONNode, rule: String, id: String? = nil, message: String) {
        reject(.station, node, rule: rule, id: id, pointer: "", message: message)
        for (index, point) in node.lists(named: "evses").enumerated() {
            read.points += 1
            rejectPoint(
                point,
                rule: "parent_rejected",
                pointer: "/evses/\(index)",
                message: "its station was rejected: \(rule)"
            )
        }
    }

    /// Rejects a point, which was counted, and everything inside it.
    mutating func rejectPoint(
        _ node: JSONNode,
        rule: String,
        id: String? = nil,
        pointer: String,
        message: String
    ) {
        reject(.point, node, rule: rule, id: id, pointer: pointer, message: message)
        for (index, connector) in node.lists(named: "connectors").enumerated() {
            read.connectors += 1
            let reason = rule == "parent_rejected" ? message : "its point was rejected: \(rule)"
            reject(
                .connector,
                connector,
                rule: "parent_rejected",
                pointer: "\(pointer)/connectors/\(index)",
                message: reason
            )
        }
    }

    mutating func reject(
        _ kind: RecordKind,
        _ node: JSONNode,
        rule: String,
        id: String? = nil,
        pointer: String,
        message: String
    ) {
        // The fragment of a child stands inside that of its parent.
        let fragment = rule == "parent_rejected" ? nil : node.compactText(limit: Self.longestFragment)
        rejects.append(
            Reject(kind, rule: rule, sourceID: id, pointer: pointer, message: message, fragment: fragment)
        )
    }

    // MARK: What all levels share

    /// Unknown fields and known ones without a place of their own, as one canonical object; `nil` where there are none.
    mutating func extra(
        known: [(name: String, value: JSONNode?)],
        unknown: [JSONMember],
        nested: [(name: String, value: JSONNode)] = [],
        _ kind: RecordKind
    ) -> String? {
        var fields = known.compactMap { field in
            field.value.flatMap { $0.isBlank ? nil : (name: field.name, value: $0) }
        }
        for member in unknown { fields.append((member.name, member.value)) }
        fields += nested
        for field in nested { reader.note("unknown_field", kind, field.name) }
        for member in unknown { reader.note("unknown_field", kind, member.name) }
        guard !fields.isEmpty else { return nil }
        var writer = JSONWriter(sortsKeys: true)
        writer.writeObject(writer.sorted(fields))
        return bounded(writer.text, "extra", kind)
    }

    /// JSON text that fits a warehouse column of any engine; `nil` and a finding where it is longer.
    mutating func bounded(_ json: String, _ name: String, _ kind: RecordKind) -> String? {
        let longestJSON = 60_000  // bytes; Redshift's VARCHAR ends at 65,535
        guard json.utf8.count > longestJSON else { return json }
        reader.note("too_long", kind, name)
        return nil
    }

    /// The status of a point or connector; an unknown word keeps its text.
    mutating func status(_ node: JSONNode?, reportedAt: UTCTime?, _ kind: RecordKind) -> ReportedStatus {
        guard let text = reader.text(node, "status", kind) else {
            let isExpected = kind == .point || surface != .afir  // OCPI's connectors have no status
            if isExpected, node?.isBlank ?? true { reader.note("missing_status", kind, "status") }
            return ReportedStatus(.unknown, reportedAt: reportedAt)
        }
        let verbatim = node?.string ?? text
        guard let status = statuses.status(of: text) else {
            reader.note("unknown_status", kind, text)
            return ReportedStatus(.unknown, rawText: verbatim, reportedAt: reportedAt)
        }
        return ReportedStatus(status, rawText: verbatim, reportedAt: reportedAt)
    }

    /// Canonical JSON list of texts; `nil` where there are none.
    func jsonList(_ texts: [String]) -> String? {
        guard !texts.isEmpty else { return nil }
        var writer = JSONWriter(sortsKeys: true)
        writer.writeList(texts)
        return writer.text
    }
}

extension JSONNode {
    /// Null, a blank text, or an empty list or object.
    var isBlank: Bool {
        switch kind {
        case .null: true
        case .string: string?.allSatisfy(\.isWhitespace) ?? true
        case .array, .object: after == position + 2
        case .integer, .unsigned, .double, .yes, .no: false
        }
    }

    /// The elements of every list of that name, also where the name stands twice.
    func lists(named name: StaticString) -> [JSONNode] {
        members.filter { $0.hasName(name) }.flatMap { Array($0.value.elements) }
    }

    /// Whether this record has a key twice, outside the records inside it.
    func hasDuplicateKeys(outside name: StaticString) -> Bool {
        hasDuplicateKeys(deep: false)
            || members.contains { !$0.hasName(name) && $0.value.hasDuplicateKeys(deep: true) }
    }
}
