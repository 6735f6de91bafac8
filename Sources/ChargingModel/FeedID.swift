/// The name of a feed: one endpoint that is polled, for example `chargecloud/koeln`.
///
/// - Shape: `^[a-z0-9-]+(/[a-z0-9-]+)?$`, at most 64 characters, so that it can name a folder.
public struct FeedID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The text form.
    public let description: String

    /// Reads a feed name; `nil` where it has another shape.
    public init?(_ text: String) {
        guard text.utf8.count <= 64 else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isName = { (part: Substring) in
            !part.isEmpty
                && part.utf8.allSatisfy { byte in
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
                }
        }
        guard parts.count <= 2, parts.allSatisfy(isName) else { return nil }
        description = text
    }

    /// The 64-bit key of the feed in the warehouse.
    public var key: StableKey { StableKey("feed", description) }

    /// Orders feeds by their text.
    public static func < (left: FeedID, right: FeedID) -> Bool {
        left.description < right.description
    }
}

extension FeedID: Codable {
    /// Reads the text form and refuses a text of another shape.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let feed = FeedID(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription:
                    "feed id \"\(text)\" (expected lower-case letters, digits, \"-\" and at most one \"/\")"
            )
        }
        self = feed
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
