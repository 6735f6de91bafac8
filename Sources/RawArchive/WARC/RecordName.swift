internal import ChargingModel

/// Names that the archive uses inside WARC records.
enum RecordName {
    static let formatVersion = 1
    static let identicalPayload = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    static let serverNotModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    static let httpResponse = "application/http; msgtype=response"

    static let feed = "Chargehouse-Feed"
    static let slot = "Chargehouse-Slot"
    static let page = "Chargehouse-Page"
    static let pages = "Chargehouse-Pages"
    static let receivedAt = "Chargehouse-Received-At"
    static let day = "Chargehouse-Day"

    /// A record id that depends on nothing but its arguments: a version-8 UUID (RFC 9562) from a SHA-256.
    static func recordID(_ parts: String...) -> String {
        let hash = ContentDigest(of: Array(parts.joined(separator: "\u{1F}").utf8)).description
        var digits = Array(hash.prefix(32).utf8)
        digits[12] = UInt8(ascii: "8")
        digits[16] = UInt8(ascii: "a")
        let text = String(decoding: digits, as: UTF8.self)
        var groups: [Substring] = []
        var rest = text[...]
        for length in [8, 4, 4, 4, 12] {
            groups.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return "<urn:uuid:\(groups.joined(separator: "-"))>"
    }

    /// `sha256:` and 64 digits.
    static func digestText(_ digest: ContentDigest) -> String {
        "sha256:\(digest)"
    }

    /// Reads `sha256:` with hexadecimal digits; `nil` for other algorithms and notations.
    static func digest(_ text: String) -> ContentDigest? {
        guard text.lowercased().hasPrefix("sha256:") else { return nil }
        return ContentDigest(String(text.dropFirst("sha256:".count)))
    }
}
