import ChargingModel

/// One page of any surface: its envelope read, its elements found.
struct ChargecloudAnswer {
    let parts: AnswerParts
    /// Surface C: the cursor of the next page.
    let next: String?

    /// What `split` and `nextRequest` say of an answer without stations.
    let emptyFault: AnswerFault

    init(_ page: [UInt8], surface: ChargecloudSurface) throws {
        let list = surface == .afir ? "items" : "data"
        let answer = try JSONListAnswer(page, list: list, envelope: { Envelope($0, surface: surface) }, fault: \.fault)
        let envelope = answer.envelope
        next = envelope.next
        emptyFault = AnswerFault(.suspect, "\"\(list)\" is empty (expected at least one station)")
        parts = AnswerParts(
            sourceTime: envelope.time,
            elements: answer.elements,
            pointer: "/" + list,
            unknownFields: envelope.unknownFields
        )
    }
}

/// What stands around the stations.
private struct Envelope {
    var time: UTCTime?
    var next: String?
    var unknownFields: [String] = []
    var fault: AnswerFault?

    private static let knownFields = [
        "languages", "localesLanguageMap", "currentLocale", "data", "status_code", "status_message", "timestamp",
    ]
    private static let mostUnknownFields = 100

    init(_ root: JSONNode, surface: ChargecloudSurface) {
        let list = surface == .afir ? "items" : "data"
        guard root.kind == .object else {
            fault = AnswerFault(.malformed, "a JSON \(root.kind) (expected an object with \"\(list)\")")
            return
        }
        guard !root.hasDuplicateKeys(deep: false) else {
            fault = AnswerFault(.malformed, "a key of the envelope stands twice (expected once)")
            return
        }
        fault = Self.statusFault(root, surface: surface) ?? Self.listFault(root, list)
        time = root["timestamp"]?.string.flatMap { UTCTime($0) }
        if surface == .afir { readNext(root) }
        let known = surface == .afir ? Self.knownFields + ["items", "next"] : Self.knownFields
        for member in root.members where !known.contains(member.name) {
            if unknownFields.count < Self.mostUnknownFields { unknownFields.append(member.name.cut(toBytes: 120)) }
        }
    }

    private static func statusFault(_ root: JSONNode, surface: ChargecloudSurface) -> AnswerFault? {
        guard let code = root["status_code"] else {
            return surface == .afir ? nil : AnswerFault(.suspect, "there is no status_code (expected 1000)")
        }
        if code.double == 1_000 || code.string == "1000" { return nil }
        let message = root["status_message"]?.compactText(limit: 200) ?? "without a message"
        return AnswerFault(.suspect, "status_code \(code.compactText(limit: 40)) \(message) (expected 1000)")
    }

    private static func listFault(_ root: JSONNode, _ list: String) -> AnswerFault? {
        for member in root.members where member.name == list {
            if member.value.kind == .array { return nil }
            return AnswerFault(.suspect, "\"\(list)\" is a JSON \(member.value.kind) (expected a list)")
        }
        return AnswerFault(.suspect, "there is no \"\(list)\" (expected a list)")
    }

    private mutating func readNext(_ root: JSONNode) {
        guard let node = root["next"], !node.isNull else { return }
        guard let cursor = node.string, cursor.utf8.count <= 4_000 else {
            fault = fault ?? AnswerFault(.malformed, "\"next\" is \(node.compactText(limit: 40)) (expected a text)")
            return
        }
        next = cursor.isEmpty ? nil : cursor
    }
}
