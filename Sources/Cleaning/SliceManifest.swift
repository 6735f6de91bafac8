public import ChargingModel

/// What stands in `manifest.json` beside the flat files of a slice. Written last: a slice without it does not exist.
public struct SliceManifest: Hashable, Sendable, Codable {
    /// Raised when the layout of flat files changes.
    public static let formatVersion = 1

    public var formatVersion: Int
    public var feed: FeedFacts
    public var day: UTCDay
    /// The bytes behind the slice: raw packs, rules, mapping, descriptor. Without the tail.
    public var rawHash: ContentDigest
    /// All that the slice depends on. Equal hash, equal files.
    public var inputHash: ContentDigest
    /// The key of this load in the warehouse, from feed, day and input hash.
    public var loadID: Int64
    /// How the end of the day was decided: `complete`, `continued`, `gap` or `open`.
    public var tail: String
    public var mappingVersion: Int
    public var rulesVersion: Int
    public var polls: Int
    public var goodPolls: Int
    public var lastGoodPoll: UTCTime?
    public var read: Counts
    public var kept: Counts
    public var rejected: Counts
    public var files: [File]

    enum CodingKeys: String, CodingKey {
        case feed, day, tail, polls, read, kept, rejected, files
        case formatVersion = "format_version"
        case rawHash = "raw_hash"
        case inputHash = "input_hash"
        case loadID = "load_id"
        case mappingVersion = "mapping_version"
        case rulesVersion = "rules_version"
        case goodPolls = "good_polls"
        case lastGoodPoll = "last_good_poll"
    }

    /// What the warehouse keeps of a feed.
    public struct FeedFacts: Hashable, Sendable, Codable {
        public var id: FeedID
        public var name: String
        public var family: String
        public var adapter: String
        public var url: String
        public var timeZone: String
        public var intervalSeconds: Int
        public var maximumGapSeconds: Int
        public var needsCredentials: Bool
        public var isEnabled: Bool
        public var licence: String?
        public var attribution: String?
        public var notes: String?

        enum CodingKeys: String, CodingKey {
            case id, name, family, adapter, url, licence, attribution, notes
            case timeZone = "time_zone"
            case intervalSeconds = "interval_s"
            case maximumGapSeconds = "max_gap_s"
            case needsCredentials = "needs_credentials"
            case isEnabled = "enabled"
        }
    }

    /// Records by kind, summed over the good polls.
    public struct Counts: Hashable, Sendable, Codable {
        public var stations: Int
        public var points: Int
        public var connectors: Int

        init(_ counts: RecordCounts) {
            stations = counts.stations
            points = counts.points
            connectors = counts.connectors
        }

        /// All kinds together.
        public var total: Int { stations + points + connectors }
    }

    /// One flat file.
    public struct File: Hashable, Sendable, Codable {
        public var kind: FlatFileKind
        /// Relative to the manifest.
        public var path: String
        public var rows: Int
        public var bytes: Int
        public var sha256: ContentDigest
    }
}
