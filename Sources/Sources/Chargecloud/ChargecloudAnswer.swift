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
        let text = try Self.text(of: page)
        let envelope: Envelope
        let elements: [Range<Int>]
        let scan = JSONArrayScan.run(text, name: list, allowsScalars: false)
        if case .found(let array, let found) = scan,
            case .success(let read) = JSONText.read(Self.emptied(text, array), { Envelope($0, surface: surface) })
        {
            envelope = read
            elements = found
        } else {
            // Something is odd: read everything, to say exactly what.
            switch JSONText.read(text, { Envelope($0, surface: surface) }) {
            case .failure(let fault): throw Self.malformed(text, scan: scan, list: list, parser: fault.message)
            case .success(let read): envelope = read
            }
            if let fault = envelope.fault { throw fault }
            let again = JSONArrayScan.run(text, name: list, allowsScalars: true)
            guard case .found(_, let found) = again else {
                throw AnswerFault(.malformed, "\"\(list)\" cannot be told apart (expected a plain key and a list)")
            }
            elements = found
        }
        if let fault = envelope.fault { throw fault }
        next = envelope.next
        emptyFault = AnswerFault(.suspect, "\"\(list)\" is empty (expected at least one station)")
        parts = AnswerParts(
            sourceTime: envelope.time,
            elements: elements,
            pointer: "/" + list,
            unknownFields: envelope.unknownFields
        )
    }

    /// The page without a byte order mark; throws where it is plainly no JSON.
    private static func text(of page: [UInt8]) throws -> ArraySlice<UInt8> {
        let text = page.starts(with: [0xEF, 0xBB, 0xBF]) ? page.dropFirst(3) : page[...]
        let first = text.first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
        guard let first else { throw AnswerFault(.malformed, "the body is empty (expected JSON)") }
        if first == UInt8(ascii: "<") {
            throw AnswerFault(.malformed, "the body starts with \"<\": HTML or XML (expected JSON)")
        }
        return text
    }

    /// The page with the array emptied: what remains to be checked.
    private static func emptied(_ text: ArraySlice<UInt8>, _ array: Range<Int>) -> ArraySlice<UInt8> {
        var envelope = Array(text[text.startIndex...array.lowerBound])
        envelope.append(contentsOf: text[(array.upperBound - 1)...])
        return envelope[...]
    }

    private static func malformed(
        _ text: ArraySlice<UInt8>,
        scan: JSONArrayScan,
        list: String,
        parser: String
    ) -> AnswerFault {
        let place =
            switch scan {
            case .truncated(let element): "ends inside a string or bracket, in /\(list)/\(element)"
            case .tooDeep(let position): "is nested deeper than 64 brackets at byte \(position)"
            case .irregular(let position): "has a wrong bracket or separator after byte \(position)"
            case .found, .noArray, .noMemory: "is no valid JSON"
            }
        return AnswerFault(.malformed, "the body of \(text.count) bytes \(place) (\(parser); expected JSON)")
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
