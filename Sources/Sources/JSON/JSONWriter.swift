/// Writes JSON values without blanks.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    /// Canonical: the keys of every object in the order of their bytes.
    ///
    /// Otherwise as the feed wrote them.
    let sortsKeys: Bool

    /// Names of members whose lists have no order: written in the order of their elements' texts.
    let unorderedLists: Set<String>

    init(sortsKeys: Bool, unorderedLists: Set<String> = []) {
        self.sortsKeys = sortsKeys
        self.unorderedLists = unorderedLists
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func write(_ node: JSONNode) {
        switch node.kind {
        case .object: writeObject(sorted(node.members.map { (name: $0.name, value: $0.value) }))
        case .array:
            bytes.append(UInt8(ascii: "["))
            for (index, element) in node.elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(element)
            }
            bytes.append(UInt8(ascii: "]"))
        case .string: write(node.string ?? "")
        case .integer, .unsigned, .double: bytes.append(contentsOf: (node.numberText ?? "null").utf8)
        case .yes: bytes.append(contentsOf: "true".utf8)
        case .no: bytes.append(contentsOf: "false".utf8)
        case .null: bytes.append(contentsOf: "null".utf8)
        }
    }

    mutating func writeObject(_ members: [(name: String, value: JSONNode)]) {
        bytes.append(UInt8(ascii: "{"))
        for (index, member) in members.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(member.name)
            bytes.append(UInt8(ascii: ":"))
            if member.value.kind == .array, unorderedLists.contains(member.name) {
                let texts = member.value.elements.map(\.canonicalText).sorted()
                bytes.append(contentsOf: "[\(texts.joined(separator: ","))]".utf8)
            } else {
                write(member.value)
            }
        }
        bytes.append(UInt8(ascii: "}"))
    }

    mutating func writeList(_ texts: [String]) {
        bytes.append(UInt8(ascii: "["))
        for (index, text) in texts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(text)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func write(_ string: String) {
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
            // The one character that no server stores.
            case 0: continue
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
            case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Members in canonical order, where that is asked for.
    func sorted(_ members: [(name: String, value: JSONNode)]) -> [(name: String, value: JSONNode)] {
        sortsKeys ? members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } : members
    }
}

extension JSONNode {
    /// The value with sorted keys and without blanks.
    package var canonicalText: String {
        var writer = JSONWriter(sortsKeys: true)
        writer.write(self)
        return writer.text
    }

    /// The value in the feed's own order of keys, without blanks, cut to `limit` bytes.
    func compactText(limit: Int) -> String {
        var writer = JSONWriter(sortsKeys: false)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self).cut(toBytes: limit)
    }
}

extension String {
    /// At most `limit` bytes, cut between characters.
    func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(startIndex, offsetBy: limit)
        while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
