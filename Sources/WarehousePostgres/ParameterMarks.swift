/// Writes `$1`, `$2` … for the `?` of a statement; those in literals, quoted names and comments stay.
///
/// - Returns: The text, and the number of marks.
package func numberingParameters(_ sql: String) -> (text: String, count: Int) {
    var scanner = MarkScanner(Array(sql.utf8))
    return scanner.rewritten()
}

private struct MarkScanner {
    private let bytes: [UInt8]
    private var position = 0
    private var output: [UInt8] = []
    private var count = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        output.reserveCapacity(bytes.count + 16)
    }

    mutating func rewritten() -> (text: String, count: Int) {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "?"):
                count += 1
                output += "$\(count)".utf8
                position += 1
            case UInt8(ascii: "'"), UInt8(ascii: "\""): copyQuoted(bytes[position])
            case UInt8(ascii: "-") where follows("-"): copy(until: "\n")
            case UInt8(ascii: "/") where follows("*"): copy(until: "*/")
            default:
                output.append(bytes[position])
                position += 1
            }
        }
        return (String(decoding: output, as: UTF8.self), count)
    }

    private func follows(_ next: Unicode.Scalar) -> Bool {
        position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: next)
    }

    /// A doubled quote ends one text and begins the next, which copies the same bytes.
    private mutating func copyQuoted(_ quote: UInt8) {
        output.append(quote)
        position += 1
        while position < bytes.count {
            output.append(bytes[position])
            position += 1
            if bytes[position - 1] == quote { return }
        }
    }

    private mutating func copy(until end: String) {
        let mark = Array(end.utf8)
        output += bytes[position..<min(position + 2, bytes.count)]
        position = min(position + 2, bytes.count)
        while position < bytes.count {
            output.append(bytes[position])
            position += 1
            if output.suffix(mark.count).elementsEqual(mark) { return }
        }
    }
}
