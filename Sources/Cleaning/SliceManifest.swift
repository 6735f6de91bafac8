public import ChargingModel

/// What stands in `manifest.json` beside the flat files of a slice.
///
/// Written last: a slice without it does not exist.
public struct SliceManifest: Hashable, Sendable, Codable {
    /// Raised when the layout of flat files changes.
    public static let formatVersion = 3

    /// The layout of the flat files.
    public var formatVersion: Int
    /// What the warehouse keeps of the feed.
    public var feed: FeedFacts
    /// The UTC day of the slice.
    public var day: UTCDay
    /// The bytes behind the slice: raw packs, rules, mapping, descriptor.
    ///
    /// Without the tail.
    public var rawHash: ContentDigest
    /// All that the slice depends on.
    ///
    /// Equal hash, equal files.
    public var inputHash: ContentDigest
    /// The key of this load in the warehouse, from feed, day and input hash.
    public var loadID: Int64
    /// How the end of the day was decided: `complete`, `continued`, `gap` or `open`.
    public var tail: String
    /// The parts behind the input hash; `nil` in a manifest of an earlier version.
    public var inputs: SliceInputs?
    /// The version of the adapter's mapping that made the slice.
    public var mappingVersion: Int
    /// The names and versions of the status map's files; `nil` where the adapter has none.
    public var statusMap: String?
    /// The version of the cleaning rules that made the slice.
    public var rulesVersion: Int
    /// Polls of the day, whatever their outcome.
    public var polls: Int
    /// Polls that count as observations.
    public var goodPolls: Int
    /// The slot of the last good poll, UTC; `nil` where the day has none.
    public var lastGoodPoll: UTCTime?
    /// Records met.
    public var read: Counts
    /// Records that were used.
    public var kept: Counts
    /// Records that were refused.
    public var rejected: Counts
    /// The flat files of the slice.
    public var files: [File]

    enum CodingKeys: String, CodingKey {
        case feed, day, tail, inputs, polls, read, kept, rejected, files
        case statusMap = "status_map"
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
        /// The feed's id.
        public var id: FeedID
        /// The feed's name for people.
        public var name: String
        /// The family of feeds that share object ids.
        public var family: String
        /// The id of the feed's adapter.
        public var adapter: String
        /// The URL that is polled.
        public var url: String
        /// IANA name of the feed's time zone.
        public var timeZone: String
        /// Seconds between two slots.
        public var intervalSeconds: Int
        /// Longest silence that is bridged, in seconds.
        public var maximumGapSeconds: Int
        /// Whether the feed is polled with a credential.
        public var needsCredentials: Bool
        /// Whether `acquire` polls the feed without being asked by name.
        public var isEnabled: Bool
        /// The licence of the data; `nil` where it is not known.
        public var licence: String?
        /// How the source is to be named; `nil` where nothing is asked for.
        public var attribution: String?
        /// Remarks for people; `nil` where there are none.
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
        /// Charging stations.
        public var stations: Int
        /// Charging points.
        public var points: Int
        /// Connectors.
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
        /// Which of the flat files.
        public var kind: FlatFileKind
        /// Relative to the manifest.
        public var path: String
        /// Rows, the header not counted.
        public var rows: Int
        /// Bytes of the file, compressed.
        public var bytes: Int
        /// SHA-256 of the file, compressed.
        public var sha256: ContentDigest
    }
}
