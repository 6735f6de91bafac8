/// The named fields of a WARC record or of an HTTP message, in order.
struct FieldList: Hashable {
    var fields: [HeaderField] = []

    /// The first value of a name, of either case.
    subscript(name: String) -> String? {
        fields.first { isSameName($0.name, name) }?.value
    }

    /// All values of a name.
    func all(_ name: String) -> [String] {
        fields.filter { isSameName($0.name, name) }.map(\.value)
    }

    /// Reads `Name: value` lines; `nil` where a line is neither that nor a continuation.
    init?(_ lines: some Sequence<ArraySlice<UInt8>>) {
        for line in lines {
            if let first = line.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") {
                guard !fields.isEmpty else { return nil }
                fields[fields.count - 1].value += " " + trimmedText(line)
                continue
            }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            fields.append(HeaderField(trimmedText(line[..<colon]), trimmedText(line[(colon + 1)...])))
        }
    }
}

/// Whether two field names are equal but for the case of ASCII letters.
func isSameName(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count && zip(left.utf8, right.utf8).allSatisfy { lowered($0) == lowered($1) }
}

private func lowered(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
}

/// The text of a line without blanks and tabs around it.
private func trimmedText(_ line: ArraySlice<UInt8>) -> String {
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    var slice = line.drop(while: isBlank)
    while let last = slice.last, isBlank(last) { slice = slice.dropLast() }
    return String(decoding: slice, as: UTF8.self)
}

/// Cuts bytes into lines at CR LF, or at LF alone.
///
/// The text must not end with a line end.
func lines(of bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
        $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0
    }
}

/// Adds text to bytes.
func += (bytes: inout [UInt8], text: String) {
    bytes.append(contentsOf: text.utf8)
}

/// Text that fits into one header line: control characters become blanks.
func lineSafe(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
    let bytes = text.utf8.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: " ") : $0 }
    return String(decoding: bytes, as: UTF8.self)
}
