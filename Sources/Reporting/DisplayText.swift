/// Text from feeds, made fit for a line of a terminal or a document.
enum DisplayText {
    /// What stands where there is no value.
    static let nothing = "–"

    /// One line without control characters.
    ///
    /// Breaks and tabs become a space; what could steer a terminal or turn the direction of text becomes U+FFFD.
    static func line(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch scalar.value {
            case 0x0A where previous == "\r": continue
            case 0x09...0x0D, 0x85, 0x2028, 0x2029: result.append(" ")
            case 0x00..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// The number of terminal columns that a text takes: two for East Asian wide letters and emoji.
    static func width(_ text: String) -> Int {
        text.reduce(0) { $0 + width($1) }
    }

    /// Cuts a text to so many columns, with an ellipsis where something is lost.
    static func cut(_ text: String, to columns: Int) -> String {
        guard width(text) > columns else { return text }
        guard columns > 0 else { return "" }
        var result = ""
        var used = 1
        for letter in text {
            used += width(letter)
            if used > columns { break }
            result.append(letter)
        }
        return result + "…"
    }

    /// Fills a text up with spaces.
    static func padded(_ text: String, to columns: Int, isRight: Bool) -> String {
        let space = String(repeating: " ", count: max(0, columns - width(text)))
        return isRight ? space + text : text + space
    }

    private static func width(_ letter: Character) -> Int {
        guard let scalar = letter.unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        case 0x0300...0x036F, 0x200B...0x200D, 0xFE00...0xFE0F: return 0
        default: return 1
        }
    }
}
