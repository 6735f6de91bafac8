/// A `jsonb` as the flat files write JSON: keys in the order of their bytes, no blanks.
///
/// `jsonb` orders keys by length first and puts blanks behind `:` and `,`. The text comes from the server, so it is
/// well formed.
package func canonicalJSON(_ text: String) -> String {
    var reader = JSONTextReader(bytes: Array(text.utf8))
    return String(decoding: reader.value(), as: UTF8.self)
}

private struct JSONTextReader {
    let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func value() -> [UInt8] {
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return list()
        case UInt8(ascii: "\""): return string()
        default: return word()
        }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while peek == UInt8(ascii: " ") { position += 1 }
    }

    /// Moves over a separator, or over the end of a list; `false` at the end.
    private mutating func goesOn() -> Bool {
        skipBlanks()
        defer { position += 1 }
        return peek == UInt8(ascii: ",")
    }

    private mutating func object() -> [UInt8] {
        var members: [(name: [UInt8], value: [UInt8])] = []
        position += 1
        skipBlanks()
        if peek == UInt8(ascii: "}") {
            position += 1
            return Array("{}".utf8)
        }
        repeat {
            skipBlanks()
            let name = string()
            skipBlanks()
            position += 1
            members.append((name, value()))
        } while goesOn()
        members.sort { Self.plain($0.name).lexicographicallyPrecedes(Self.plain($1.name)) }
        let texts = members.map { $0.name + [UInt8(ascii: ":")] + $0.value }
        return [UInt8(ascii: "{")] + Array(texts.joined(separator: ",".utf8)) + [UInt8(ascii: "}")]
    }

    private mutating func list() -> [UInt8] {
        var elements: [[UInt8]] = []
        position += 1
        skipBlanks()
        if peek == UInt8(ascii: "]") {
            position += 1
            return Array("[]".utf8)
        }
        repeat { elements.append(value()) } while goesOn()
        return [UInt8(ascii: "[")] + Array(elements.joined(separator: ",".utf8)) + [UInt8(ascii: "]")]
    }

    /// A string with its quotes; `\b` and `\f`, which the flat files write as numbers, become those.
    private mutating func string() -> [UInt8] {
        var text = [UInt8(ascii: "\"")]
        position += 1
        while let byte = peek, byte != UInt8(ascii: "\"") {
            position += 1
            guard byte == UInt8(ascii: "\\"), let escaped = peek else {
                text.append(byte)
                continue
            }
            position += 1
            switch escaped {
            case UInt8(ascii: "b"): text += "\\u0008".utf8
            case UInt8(ascii: "f"): text += "\\u000c".utf8
            default: text += [byte, escaped]
            }
        }
        position += 1
        return text + [UInt8(ascii: "\"")]
    }

    private mutating func word() -> [UInt8] {
        let start = position
        while let byte = peek, !" ,]}".utf8.contains(byte) { position += 1 }
        return Array(bytes[start..<position])
    }

    /// A name without quotes and escapes, as it is ordered.
    private static func plain(_ name: [UInt8]) -> [UInt8] {
        let inner = name.dropFirst().dropLast()
        guard inner.contains(UInt8(ascii: "\\")) else { return Array(inner) }
        var text: [UInt8] = []
        var rest = inner
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else {
                text.append(byte)
                continue
            }
            switch escaped {
            case UInt8(ascii: "n"): text.append(10)
            case UInt8(ascii: "r"): text.append(13)
            case UInt8(ascii: "t"): text.append(9)
            case UInt8(ascii: "u"):
                // Only control characters are written as numbers: two digits of four tell.
                let digits = String(decoding: rest.prefix(4), as: UTF8.self)
                text.append(UInt8(truncatingIfNeeded: Int(digits, radix: 16) ?? 0))
                rest = rest.dropFirst(4)
            default: text.append(escaped)
            }
        }
        return text
    }
}
