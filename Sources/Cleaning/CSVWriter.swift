import ChargingModel

/// Builds the bytes of one CSV file: RFC 4180, UTF-8, `,`, LF, a header, `\N` for null.
///
/// Text is quoted where it holds a separator, a quote, a line break or a backslash, or is empty, so that every text
/// that a stranger wrote comes back as it was.
package struct CSVWriter {
    package let text: TextBuffer
    private(set) var rows = 0
    private var isRowStart = true

    /// Starts a file in an empty buffer.
    init(columns: [FlatColumn], in buffer: TextBuffer) {
        self.init(names: columns.map(\.name), in: buffer)
    }

    /// Starts a file with the names of its columns.
    package init(names: [String], in buffer: TextBuffer) {
        self.init(cellsIn: buffer)
        text.append(names.joined(separator: ",") + "\n")
    }

    /// Starts cells without a header or a row around them.
    init(cellsIn buffer: TextBuffer) {
        text = buffer
        text.removeAll()
    }

    /// Appends a text of a row.
    package mutating func field(_ value: String?) {
        separate()
        guard var value else { return text.append("\\N" as StaticString) }
        let isPlain = value.withUTF8 { bytes in
            guard unsafe bytes.count > 0 && !bytes.contains(where: { Self.isSpecial($0) }) else { return false }
            unsafe text.append(bytes)
            return true
        }
        if isPlain { return }
        let quote = UInt8(ascii: "\"")
        // NUL is the one character that no server stores.
        let isQuoted = value.utf8.allSatisfy { $0 == 0 } || value.utf8.contains { $0 != 0 && Self.isSpecial($0) }
        if isQuoted { text.append(quote) }
        for byte in value.utf8 where byte != 0 {
            if byte == quote { text.append(quote) }
            text.append(byte)
        }
        if isQuoted { text.append(quote) }
    }

    mutating func field(_ value: Double?) {
        separate()
        guard let value else { return text.append("\\N" as StaticString) }
        text.append(value.description)
    }

    mutating func field(_ value: UTCDay) {
        separate()
        text.append(value)
    }

    mutating func field(_ value: (some FixedWidthInteger)?) {
        separate()
        guard let value else { return text.append("\\N" as StaticString) }
        text.append(Int64(value))
    }

    mutating func field(_ value: StableKey?) { field(value?.value) }

    mutating func field(_ value: Bool?) {
        separate()
        switch value {
        case nil: text.append("\\N" as StaticString)
        case true: text.append("true" as StaticString)
        case false: text.append("false" as StaticString)
        }
    }

    mutating func field(_ time: UTCTime?) {
        separate()
        guard let time else { return text.append("\\N" as StaticString) }
        text.append(time)
    }

    /// Cells that were written before, commas between them included.
    mutating func cells(_ bytes: [UInt8]) {
        separate()
        text.append(bytes)
    }

    /// Ends a row.
    package mutating func endRow() {
        text.append(UInt8(ascii: "\n"))
        rows += 1
        isRowStart = true
    }

    private mutating func separate() {
        if !isRowStart { text.append(UInt8(ascii: ",")) }
        isRowStart = false
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case 0, 0x0A, 0x0D, UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\\"): true
        default: false
        }
    }
}
