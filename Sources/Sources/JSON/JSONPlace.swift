/// Where a JSON pointer leads in a text, byte by byte.
///
/// Values are skipped by counting brackets outside strings, so that a place is found also where the text is no valid
/// JSON elsewhere, or at the place itself.
package enum JSONPlace {
    /// The bytes at an RFC 6901 pointer; `nil` where there is nothing.
    ///
    /// Of equal keys the first is taken. The empty pointer is the whole text.
    package static func range(of pointer: String, in text: ArraySlice<UInt8>) -> Range<Int>? {
        var scan = JSONScan(text: text, position: text.startIndex)
        scan.skipBlanks()
        guard !pointer.isEmpty else { return scan.skipValue() }
        guard pointer.hasPrefix("/") else { return nil }
        for part in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let name = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
            guard scan.enter(name) else { return nil }
        }
        return scan.skipValue()
    }
}

/// A position in a JSON text.
private struct JSONScan {
    let text: ArraySlice<UInt8>
    var position: Int

    private var byte: UInt8? { position < text.endIndex ? text[position] : nil }

    mutating func skipBlanks() {
        while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    /// Moves to the value of a key or index of the value that begins here.
    mutating func enter(_ name: String) -> Bool {
        guard let open = byte, open == UInt8(ascii: "{") || open == UInt8(ascii: "[") else { return false }
        let isObject = open == UInt8(ascii: "{")
        position += 1
        var index = 0
        while true {
            skipBlanks()
            guard let byte, byte != UInt8(ascii: "}"), byte != UInt8(ascii: "]") else { return false }
            var isWanted = !isObject && String(index) == name
            if isObject {
                guard let key = skipValue() else { return false }
                isWanted = Self.key(text[key]) == name
                skipBlanks()
                guard self.byte == UInt8(ascii: ":") else { return false }
                position += 1
                skipBlanks()
            }
            if isWanted { return true }
            guard skipValue() != nil else { return false }
            skipBlanks()
            guard self.byte == UInt8(ascii: ",") else { return false }
            position += 1
            index += 1
        }
    }

    /// Moves behind the value that begins here; `nil` where the text ends first.
    mutating func skipValue() -> Range<Int>? {
        let start = position
        var depth = 0
        while let byte {
            switch byte {
            case UInt8(ascii: "\""): skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return start < position ? start..<trimmed(from: start) : nil }
                depth -= 1
                position += 1
                if depth == 0 { return start..<position }
                continue
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                if depth == 0 { return start < position ? start..<trimmed(from: start) : nil }
                position += 1
            default: position += 1
            }
            if depth == 0, byte == UInt8(ascii: "\"") { return start..<position }
        }
        return depth == 0 && start < position ? start..<trimmed(from: start) : nil
    }

    private func trimmed(from start: Int) -> Int {
        var end = position
        while end > start, [0x20, 0x09, 0x0A, 0x0D].contains(text[end - 1]) { end -= 1 }
        return end
    }

    private mutating func skipString() {
        position += 1
        while let byte, byte != UInt8(ascii: "\"") { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
        position = min(position + 1, text.endIndex)
    }

    /// The key without its quotes; escapes are read by the parser.
    private static func key(_ quoted: ArraySlice<UInt8>) -> String {
        let inner = quoted.dropFirst().dropLast()
        guard inner.contains(UInt8(ascii: "\\")) else { return String(decoding: inner, as: UTF8.self) }
        let array = [UInt8(ascii: "[")] + quoted + [UInt8(ascii: "]")]
        guard case .success(let key?) = JSONText.read(array[...], { $0.at($0.position + 1).string }) else {
            return String(decoding: inner, as: UTF8.self)
        }
        return key
    }
}
