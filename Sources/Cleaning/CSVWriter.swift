import ChargingModel

/// Builds the bytes of one CSV file: RFC 4180, UTF-8, `,`, LF, a header, `\N` for null.
///
/// Text is quoted where it holds a separator, a quote, a line break or a backslash, or is empty, so that every text
/// that a stranger wrote comes back as it was.
package struct CSVWriter {
    package private(set) var bytes: [UInt8] = []
    private(set) var rows = 0
    private var isRowStart = true

    init(columns: [FlatColumn]) {
        self.init(names: columns.map(\.name))
    }

    /// Starts a file with the names of its columns.
    package init(names: [String]) {
        bytes = Array((names.joined(separator: ",") + "\n").utf8)
    }

    /// Appends a text of a row.
    package mutating func field(_ text: String?) {
        separate()
        guard var text else { return bytes.append(contentsOf: Self.null) }
        // The one character that no server stores.
        if text.utf8.contains(0) { text = text.replacing("\0", with: "") }
        let needsQuotes = text.isEmpty || text.utf8.contains { Self.special.contains($0) }
        guard needsQuotes else { return bytes.append(contentsOf: text.utf8) }
        bytes.append(Self.quote)
        for byte in text.utf8 {
            if byte == Self.quote { bytes.append(Self.quote) }
            bytes.append(byte)
        }
        bytes.append(Self.quote)
    }

    /// A value whose text never needs quotes.
    mutating func field(_ value: (some LosslessStringConvertible & Comparable)?) {
        separate()
        guard let value else { return bytes.append(contentsOf: Self.null) }
        bytes.append(contentsOf: value.description.utf8)
    }

    mutating func field(_ value: StableKey?) { field(value?.value) }

    mutating func field(_ value: Bool?) {
        separate()
        bytes.append(contentsOf: value.map { ($0 ? "true" : "false").utf8 } ?? Self.null)
    }

    mutating func field(_ time: UTCTime?) {
        separate()
        bytes.append(contentsOf: time.map(\.sqlText.utf8) ?? Self.null)
    }

    /// Ends a row.
    package mutating func endRow() {
        bytes.append(UInt8(ascii: "\n"))
        rows += 1
        isRowStart = true
    }

    private mutating func separate() {
        if !isRowStart { bytes.append(UInt8(ascii: ",")) }
        isRowStart = false
    }

    private static let quote = UInt8(ascii: "\"")
    private static let null = "\\N".utf8
    private static let special: Set<UInt8> = Set("\",\n\r\\".utf8)
}
