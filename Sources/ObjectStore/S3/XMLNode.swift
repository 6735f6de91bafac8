/// One element of a small XML document.
///
/// Reads what S3 sends: elements, text, the five named and all numbered references, CDATA, comments, and processing
/// instructions, which are left out. A document type, of which S3 sends none, is refused; so is a depth over 16.
struct XMLNode: Hashable, Sendable {
    /// The element's name without its namespace prefix.
    var name: String
    /// The text directly in the element.
    var text = ""
    var children: [XMLNode] = []

    /// The text of the first child of a name.
    func text(_ name: String) -> String? {
        children.first { $0.name == name }?.text
    }

    /// Reads a document; `nil` where it is not well-formed.
    static func parse(_ bytes: [UInt8]) -> XMLNode? {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var reader = XMLReader(bytes: bytes)
        return reader.document()
    }
}

private struct XMLReader {
    private static let maximumDepth = 16
    let bytes: [UInt8]
    private var index = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document() -> XMLNode? {
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { index = 3 }
        guard skipMisc(), let root = element(depth: 1), skipMisc(), index == bytes.count else { return nil }
        return root
    }

    /// Blanks, comments and instructions around the root.
    private mutating func skipMisc() -> Bool {
        while index < bytes.count {
            if isBlank(bytes[index]) {
                index += 1
            } else if take("<!--") {
                guard skip(past: "-->") else { return false }
            } else if take("<?") {
                guard skip(past: "?>") else { return false }
            } else {
                return true
            }
        }
        return true
    }

    private mutating func element(depth: Int) -> XMLNode? {
        guard depth <= Self.maximumDepth, take("<"), let name = name(), let isEmpty = skipAttributes() else {
            return nil
        }
        var node = XMLNode(name: String(name.split(separator: ":").last ?? ""))
        if isEmpty { return node }
        var text: [UInt8] = []
        while index < bytes.count {
            let end = bytes[index...].firstIndex { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") } ?? bytes.count
            text += bytes[index..<end]
            index = end
            if take("</") {
                guard self.name() == name else { return nil }
                skipBlanks()
                guard take(">") else { return nil }
                node.text = String(decoding: text, as: UTF8.self)
                return node
            }
            if take("<!--") {
                guard skip(past: "-->") else { return nil }
            } else if take("<![CDATA[") {
                let start = index
                guard skip(past: "]]>") else { return nil }
                text += bytes[start..<index - 3]
            } else if take("<?") {
                guard skip(past: "?>") else { return nil }
            } else if index < bytes.count, bytes[index] == UInt8(ascii: "<") {
                guard let child = element(depth: depth + 1) else { return nil }
                node.children.append(child)
            } else {
                guard let reference = reference() else { return nil }
                text += Array(String(reference).utf8)
            }
        }
        return nil
    }

    /// Behind the attributes of a start tag; `true` where the element is empty (`<a/>`), `nil` where it does not end.
    private mutating func skipAttributes() -> Bool? {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: ">"):
                index += 1
                return false
            case UInt8(ascii: "/"):
                index += 1
                return take(">") ? true : nil
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard let end = bytes[(index + 1)...].firstIndex(of: bytes[index]) else { return nil }
                index = end + 1
            case UInt8(ascii: "<"):
                return nil
            default:
                index += 1
            }
        }
        return nil
    }

    private mutating func name() -> String? {
        let start = index
        while index < bytes.count, !isBlank(bytes[index]), !"<>/=&\"'!?".utf8.contains(bytes[index]) { index += 1 }
        return start == index ? nil : String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func reference() -> Unicode.Scalar? {
        let longest = 12
        guard let end = bytes[index...].prefix(longest).firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = String(decoding: bytes[index + 1..<end], as: UTF8.self)
        index = end + 1
        switch name {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        let number =
            name.hasPrefix("#x")
            ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
        return number.flatMap { Unicode.Scalar($0) }
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let wanted = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard unsafe bytes[index...].starts(with: wanted) else { return false }
        index += text.utf8CodeUnitCount
        return true
    }

    private mutating func skip(past text: StaticString) -> Bool {
        while index < bytes.count {
            if take(text) { return true }
            index += 1
        }
        return false
    }

    private mutating func skipBlanks() {
        while index < bytes.count, isBlank(bytes[index]) { index += 1 }
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0a).contains(byte) || byte == 0x0d
    }
}
