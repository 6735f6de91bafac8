import ChargingModel

/// What the mappings of all protocols share: reading an element, refusing records, keeping what is unknown.
///
/// A mapping is a value that is used for one element. Its points stand in `evses` and their connectors in
/// `connectors`, as OCPI names them.
protocol ElementMapping {
    var reader: FieldReader { get set }
    var read: RecordCounts { get set }
    var rejects: [Reject] { get set }
    /// What the feed's status texts mean.
    var statuses: StatusMap { get }

    /// Reads a station with its points; `nil` where it is rejected.
    mutating func station(_ root: JSONNode) -> StationRecord?
}

/// Limits that hold for every feed.
enum MappingLimits {
    static let points = 200  // of one station; above any real site's
    static let connectors = 50  // of one point
    static let fragment = 4_000  // bytes
    /// From the weakest household socket to above any standard of 2026, in kW.
    static let plausiblePower = 0.5...1_500.0
    /// In V: 12 V of a scooter to 1,500 V, the end of IEC's low voltage for direct current.
    static let plausibleVoltage = 12...1_500
    /// In A: the Megawatt Charging System ends at 3,000 A.
    static let plausibleCurrent = 1...3_000
}

extension ElementMapping {
    /// Reads one element with this mapping, which has read nothing yet.
    func mapped(_ element: ArraySlice<UInt8>) -> MappedStation {
        let result = JSONText.read(element) { root in
            var mapping = self
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
                fragment: String(decoding: element, as: UTF8.self).cut(toBytes: MappingLimits.fragment)
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
        let fragment = rule == "parent_rejected" ? nil : node.compactText(limit: MappingLimits.fragment)
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

    /// The status of a point or connector in OCPI's words; an unknown word keeps its text.
    ///
    /// Where one `isExpected`, a missing status is a finding.
    mutating func status(
        _ node: JSONNode?,
        reportedAt: UTCTime?,
        isExpected: Bool,
        _ kind: RecordKind
    ) -> ReportedStatus {
        guard let text = reader.text(node, "status", kind) else {
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
