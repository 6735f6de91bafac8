/// A JSON value whose members keep their order.
indirect enum JSONNode: Sendable, Hashable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case double(Double)
    case text(String)
    case array([JSONNode])
    case object([Member])

    struct Member: Sendable, Hashable {
        var name: String
        var value: JSONNode

        init(_ name: String, _ value: JSONNode) {
            self.name = name
            self.value = value
        }
    }

    /// One line.
    var compactText: String {
        switch self {
        case .null: "null"
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .double(let number): NumberText.exact(number) ?? "null"
        case .text(let text): Self.quoted(text)
        case .array(let items): "[" + items.map(\.compactText).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { "\(Self.quoted($0.name)): \($0.value.compactText)" }.joined(separator: ", ") + "}"
        }
    }

    /// Indented; an object or array of plain values stays on one line.
    func indentedText(by indent: Int = 0) -> String {
        guard !isFlat else { return compactText }
        let inner = String(repeating: " ", count: indent + 2)
        let outer = String(repeating: " ", count: indent)
        switch self {
        case .array(let items):
            let lines = items.map { inner + $0.indentedText(by: indent + 2) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(outer)]"
        case .object(let members):
            let lines = members.map { "\(inner)\(Self.quoted($0.name)): \($0.value.indentedText(by: indent + 2))" }
            return "{\n\(lines.joined(separator: ",\n"))\n\(outer)}"
        case .null, .boolean, .integer, .double, .text:
            return compactText
        }
    }

    private var isFlat: Bool {
        switch self {
        case .array(let items): items.allSatisfy(\.isScalar)
        case .object(let members): members.allSatisfy { $0.value.isScalar }
        case .null, .boolean, .integer, .double, .text: true
        }
    }

    private var isScalar: Bool {
        switch self {
        case .array, .object: false
        case .null, .boolean, .integer, .double, .text: true
        }
    }

    /// A JSON string (RFC 8259), also safe inside HTML: `<`, `>`, `&` and the line separators are escaped.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..<"\u{20}", "\u{7F}": result += escaped(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
