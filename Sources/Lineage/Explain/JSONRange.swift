/// Where a value stands in the bytes of a JSON text.
///
/// Walks over the bytes by RFC 6901 pointer, without a parser: what is shown is what was received. The text must be
/// valid JSON; of a key that stands twice the first is taken.
enum JSONRange {
    /// The bytes of the value at a pointer; `nil` where there is none.
    static func find(_ pointer: String, in bytes: [UInt8]) -> Range<Int>? {
        var walker = Walker(bytes: bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { walker.index = 3 }
        for token in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let name = token.replacing("~1", with: "/").replacing("~0", with: "~")
            guard walker.descend(to: String(name)) else { return nil }
        }
        return walker.value()
    }

    /// The text of a JSON string's bytes, quotes included; `nil` for another kind of value.
    static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.count >= 2, bytes.first == quote, bytes.last == quote else { return nil }
        let inner = String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
        guard inner.contains("\\") else { return inner }
        return unescaped(inner)
    }

    private static let quote = UInt8(ascii: "\"")

    private static func unescaped(_ text: String) -> String {
        var units: [UInt16] = []
        var rest = Array(text.utf16)[...]
        while let unit = rest.popFirst() {
            guard unit == UInt16(UInt8(ascii: "\\")), let escape = rest.popFirst() else {
                units.append(unit)
                continue
            }
            switch UnicodeScalar(escape) {
            case "n": units.append(10)
            case "r": units.append(13)
            case "t": units.append(9)
            case "b": units.append(8)
            case "f": units.append(12)
            case "u":
                units.append(UInt16(String(decoding: rest.prefix(4), as: UTF16.self), radix: 16) ?? 0xFFFD)
                rest = rest.dropFirst(4)
            default: units.append(escape)
            }
        }
        return String(decoding: units, as: UTF16.self)
    }

    private struct Walker {
        let bytes: [UInt8]
        var index = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

        private mutating func skipBlanks() {
            while let byte = current, byte == 0x20 || (0x09...0x0D).contains(byte) { index += 1 }
        }

        /// Goes to a member of the object, or an element of the array, that stands here.
        mutating func descend(to name: String) -> Bool {
            skipBlanks()
            switch current {
            case UInt8(ascii: "{"): return descend(toMember: name)
            case UInt8(ascii: "["): return Int(name).map { descend(toElement: $0) } ?? false
            default: return false
            }
        }

        private mutating func descend(toMember name: String) -> Bool {
            index += 1
            while true {
                skipBlanks()
                guard current == JSONRange.quote, let key = value() else { return false }
                let isWanted = JSONRange.text(bytes[key]) == name
                skipBlanks()
                guard current == UInt8(ascii: ":") else { return false }
                index += 1
                if isWanted { return true }
                guard next() else { return false }
            }
        }

        private mutating func descend(toElement number: Int) -> Bool {
            index += 1
            skipBlanks()
            guard current != UInt8(ascii: "]") else { return false }
            for _ in 0..<max(0, number) {
                guard next() else { return false }
            }
            return number >= 0
        }

        /// Goes over a value and the comma behind it.
        private mutating func next() -> Bool {
            guard value() != nil else { return false }
            skipBlanks()
            guard current == UInt8(ascii: ",") else { return false }
            index += 1
            return true
        }

        /// Goes over the value that stands here.
        mutating func value() -> Range<Int>? {
            skipBlanks()
            let start = index
            var depth = 0
            var isText = false
            while let byte = current {
                if isText {
                    if byte == UInt8(ascii: "\\") { index += 1 } else if byte == JSONRange.quote { isText = false }
                } else {
                    switch byte {
                    case JSONRange.quote: isText = true
                    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                    case UInt8(ascii: "}"), UInt8(ascii: "]"):
                        guard depth > 0 else { return start < index ? start..<index : nil }
                        depth -= 1
                    case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x09...0x0D:
                        if depth == 0 { return start < index ? start..<index : nil }
                    default: break
                    }
                }
                index += 1
                let isClosed = depth == 0 && !isText && (byte == JSONRange.quote || byte == 0x7D || byte == 0x5D)
                if isClosed { return start..<index }
            }
            return depth == 0 && !isText && start < index ? start..<index : nil
        }
    }
}
