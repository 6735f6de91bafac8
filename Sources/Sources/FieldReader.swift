import ChargingModel

/// Reads the lenient scalars of strangers' JSON, and keeps what was odd about them.
///
/// Missing, null, "" and blank text are `nil` without a finding; another type or an implausible value is `nil` with
/// one (`docs/reference/rejects.md`).
struct FieldReader {
    /// Bytes: a longer text is no attribute and stays in the raw answer.
    static let longestText = 4_000
    private static let longestSubject = 120

    private(set) var findings: [QualityFinding] = []

    mutating func note(_ rule: String, _ kind: RecordKind, _ subject: String) {
        findings.append(QualityFinding(rule: rule, kind: kind, subject: subject.cut(toBytes: Self.longestSubject)))
    }

    /// Trimmed text; numbers become decimal text.
    mutating func text(_ node: JSONNode?, _ name: String, _ kind: RecordKind) -> String? {
        guard let node else { return nil }
        switch node.kind {
        case .null: return nil
        case .integer, .unsigned, .double: return node.numberText
        case .string:
            guard let bytes = unsafe node.bytes, let trimmed = unsafe Self.trimmed(bytes) else { return nil }
            guard unsafe trimmed.count <= Self.longestText else {
                note("too_long", kind, name)
                return nil
            }
            guard unsafe !trimmed.contains(0) else {
                note("nul_character", kind, name)
                return nil
            }
            return unsafe String(decoding: trimmed, as: UTF8.self)
        case .object, .array, .yes, .no:
            note("wrong_type", kind, name)
            return nil
        }
    }

    /// A boolean, also as "true", "false", 0 or 1.
    mutating func boolean(_ node: JSONNode?, _ name: String, _ kind: RecordKind) -> Bool? {
        guard let node, !node.isNull else { return nil }
        if let boolean = node.boolean { return boolean }
        guard let text = text(node, name, kind) else { return nil }
        switch text.lowercased() {
        case "true", "1": return true
        case "false", "0": return false
        default:
            note("wrong_type", kind, name)
            return nil
        }
    }

    /// A finite number, also as decimal text.
    mutating func number(_ node: JSONNode?, _ name: String, _ kind: RecordKind) -> Double? {
        guard let node, !node.isNull else { return nil }
        if let number = node.double { return number }
        guard let text = text(node, name, kind) else { return nil }
        let isDecimal = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
        }
        guard isDecimal, let number = Double(text), number.isFinite else {
            note("wrong_type", kind, name)
            return nil
        }
        return number
    }

    /// A number in a range, rounded to a whole one.
    mutating func integer(_ node: JSONNode?, _ name: String, in range: ClosedRange<Int>, _ kind: RecordKind) -> Int? {
        guard let number = number(node, name, kind) else { return nil }
        guard let whole = Int(exactly: number.rounded()), range.contains(whole) else {
            note("out_of_range", kind, "\(name) \(number)")
            return nil
        }
        return whole
    }

    /// RFC 3339 with a zone.
    mutating func time(_ node: JSONNode?, _ name: String, _ kind: RecordKind) -> UTCTime? {
        guard let text = text(node, name, kind) else { return nil }
        guard let time = UTCTime(text) else {
            note("bad_time", kind, "\(name) \(text)")
            return nil
        }
        return time
    }

    /// The texts of a list; blank ones and repetitions left out, sorted.
    mutating func texts(_ node: JSONNode?, _ name: String, _ kind: RecordKind) -> [String] {
        guard let node, !node.isNull else { return [] }
        guard node.kind == .array else {
            if let single = text(node, name, kind) { return [single] }
            return []
        }
        var texts: [String] = []
        for element in node.elements {
            if let text = text(element, name, kind), !texts.contains(text), texts.count < Self.longestList {
                texts.append(text)
            }
        }
        return texts.sorted()
    }

    private static let longestList = 100

    /// The bytes without outer white space; `nil` where nothing is left.
    private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> Slice<UnsafeBufferPointer<UInt8>>? {
        var start = 0
        var end = bytes.count
        while start < end {
            if unsafe isBlank(bytes[start]) {
                start += 1
            } else if unsafe start + 1 < end && isNoBreakSpace(bytes[start], bytes[start + 1]) {
                start += 2
            } else {
                break
            }
        }
        while end > start {
            if unsafe isBlank(bytes[end - 1]) {
                end -= 1
            } else if unsafe end - 1 > start && isNoBreakSpace(bytes[end - 2], bytes[end - 1]) {
                end -= 2
            } else {
                break
            }
        }
        return unsafe start == end ? nil : bytes[start..<end]
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// U+00A0 in UTF-8.
    private static func isNoBreakSpace(_ first: UInt8, _ second: UInt8) -> Bool { first == 0xC2 && second == 0xA0 }
}
