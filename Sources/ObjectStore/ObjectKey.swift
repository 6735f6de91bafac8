/// The name of an object in its store: `raw/chargecloud/koeln/2026/2026-03-01.warc.zst`.
///
/// Invariant: one or more parts joined by `/`; none is empty, `.` or `..`, longer than 255 bytes or has control
/// characters; 1,024 bytes of UTF-8 at most. So a key is a path below a folder that never leads out of it, and a key
/// of S3 without surprises. Keys are equal where their bytes are: `ü` in two Unicode forms is two keys.
public struct ObjectKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Most bytes of a key, the store's prefix included (Amazon S3 User Guide, "Naming Amazon S3 objects").
    static let maximumBytes = 1_024
    /// Most bytes of a file name on the usual file systems.
    static let maximumPartBytes = 255
    /// How names of unfinished files begin.
    static let temporaryPrefix = ".chargehouse-part-"

    /// The key as text.
    public let text: String

    /// The key as text.
    public var description: String { text }

    /// Reads a key.
    ///
    /// - Throws: ``ObjectStoreError`` with code `badRequest`.
    public init(_ text: String) throws(ObjectStoreError) {
        if let fault = Self.fault(of: text) {
            throw ObjectStoreError(.badRequest, "key \"\(text.shown)\"", fault)
        }
        self.text = text
    }

    /// The parts between slashes; one at least.
    var parts: [String] { text.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) } }

    /// What makes a text no key; `nil` where it is one.
    static func fault(of text: String) -> String? {
        let length = text.utf8.count
        guard length > 0 else { return "an empty text (expected a name)" }
        guard length <= maximumBytes else { return "\(length) bytes (expected at most \(maximumBytes))" }
        for part in text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            if let fault = fault(ofPart: part) { return fault }
        }
        return nil
    }

    private static func fault(ofPart part: Substring.UTF8View) -> String? {
        if part.isEmpty { return "an empty part (expected no slash at an end, and no two together)" }
        if part.elementsEqual(".".utf8) || part.elementsEqual("..".utf8) {
            return "a part that is . or .. (expected names)"
        }
        if part.count > maximumPartBytes {
            return "a part of \(part.count) bytes (expected at most \(maximumPartBytes))"
        }
        if part.contains(where: { $0 < 0x20 || $0 == 0x7f }) { return "a control character (expected none)" }
        if part.starts(with: temporaryPrefix.utf8) {
            return "a part that begins with \(temporaryPrefix) (that is how unfinished files are named)"
        }
        return nil
    }

    /// Whether two keys have the same bytes.
    public static func == (left: ObjectKey, right: ObjectKey) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Orders keys by their UTF-8 bytes, as S3 does.
    public static func < (left: ObjectKey, right: ObjectKey) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

extension StringProtocol {
    /// The text for a message: control characters as `?`, 200 characters at most.
    var shown: String {
        let clean = String(
            String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 })
        )
        return clean.count > 200 ? clean.prefix(200) + "…" : clean
    }
}
