public import ChargingModel

/// A figure walked back to the raw bytes: sums, hours, intervals, polls, records.
public struct FigureExplanation: Sendable, Encodable {
    /// The form of the JSON document.
    public let schema = "chargehouse.explain/1"
    /// `figure`.
    public let kind = "figure"
    /// The name of the figure.
    public var metric: String
    /// How it is computed.
    public var formula: String
    /// What it is about: kind and name.
    public var scope: [String: String]
    /// Begin, inclusive, UTC.
    public var from: UTCTime
    /// End, exclusive, UTC.
    public var to: UTCTime
    /// Seconds by category; they add up to those of ``points``, the ones left out included.
    public var seconds: [String: Int]
    /// The figure; `nil` where nothing was observed.
    public var value: Double?
    /// The charging points behind the sums, the first few.
    public var points: [PointExplanation]
    /// Points that are left out.
    public var pointsLeftOut: Int

    enum CodingKeys: String, CodingKey {
        case schema, kind, metric, formula, scope, from, to, seconds, value, points
        case pointsLeftOut = "points_left_out"
    }
}

/// One charging point's part in a figure.
public struct PointExplanation: Sendable, Encodable {
    /// The point's durable id in the warehouse.
    public var pointID: String
    /// The feed's own id of the point.
    public var sourceID: String
    /// The feed.
    public var feed: FeedID
    /// Seconds by category in the period.
    public var seconds: [String: Int]
    /// The rows of `agg_point_hour`, the first few.
    public var hours: [Hour]
    /// Hours that are left out.
    public var hoursLeftOut: Int
    /// The rows of `fact_point_status` in these hours, the first few.
    public var intervals: [IntervalExplanation]
    /// Intervals that are left out.
    public var intervalsLeftOut: Int

    /// One row of `agg_point_hour`.
    public struct Hour: Sendable, Encodable {
        /// Start of the hour, UTC.
        public var hour: UTCTime
        /// Seconds by category; those of no length are left out.
        public var seconds: [String: Int]
    }

    enum CodingKeys: String, CodingKey {
        case feed, seconds, hours, intervals
        case pointID = "point_id"
        case sourceID = "source_point_id"
        case hoursLeftOut = "hours_left_out"
        case intervalsLeftOut = "intervals_left_out"
    }
}

/// One row of a status fact, with the polls that bound and support it.
public struct IntervalExplanation: Sendable, Encodable {
    /// The status that was held.
    public var status: String
    /// Its category.
    public var category: String
    /// The feed's own text; `nil` for `absent` and `unobserved`.
    public var rawStatus: String?
    /// Start, UTC, inclusive.
    public var validFrom: UTCTime
    /// End, UTC, exclusive.
    public var validTo: UTCTime
    /// Seconds of the interval within the period asked for; `nil` where no period is asked for.
    public var secondsInPeriod: Int?
    /// Good polls that showed the status.
    public var observations: Int
    /// Why it starts: `change`, `gap`, `presence`, `midnight`, `version`, `text`.
    public var startReason: String
    /// Why it ends; also `open`.
    public var endReason: String
    /// The keys of the versions of the object and of its station.
    public var versions: [String: String]
    /// The load that wrote the row.
    public var load: LoadExplanation?
    /// Which polls decide it, in words.
    public var rule: String
    /// The poll before, those within, and the poll after; the first few of those within.
    public var polls: [PollExplanation]
    /// Polls within that are left out.
    public var pollsLeftOut: Int

    enum CodingKeys: String, CodingKey {
        case status, category, observations, versions, load, rule, polls
        case rawStatus = "raw_status"
        case validFrom = "valid_from"
        case validTo = "valid_to"
        case secondsInPeriod = "seconds_in_period"
        case startReason = "start_reason"
        case endReason = "end_reason"
        case pollsLeftOut = "polls_left_out"
    }
}

/// The row of the load log behind a row.
public struct LoadExplanation: Sendable, Encodable, Hashable {
    /// The load's key.
    public var loadID: String
    /// Stands for all that the slice depends on.
    public var inputHash: String
    /// The version of the code that loaded.
    public var codeVersion: String
    /// The adapter that read the answers; `nil` where an earlier version loaded.
    public var adapter: String?
    /// The version of the adapter's mapping.
    public var mappingVersion: Int?
    /// The status map's files and versions.
    public var statusMap: String?
    /// The version of the cleaning rules.
    public var rulesVersion: Int?
    /// Why the slice was loaded again; `nil` for a first load.
    public var reason: String?
    /// When the load began, UTC.
    public var startedAt: UTCTime?

    enum CodingKeys: String, CodingKey {
        case adapter, reason
        case loadID = "load_id"
        case inputHash = "input_hash"
        case codeVersion = "code_version"
        case mappingVersion = "mapping_version"
        case statusMap = "status_map"
        case rulesVersion = "rules_version"
        case startedAt = "started_at"
    }
}

/// One poll, and what its raw answer says of the object.
public struct PollExplanation: Sendable, Encodable {
    /// What the poll has to do with the row.
    public enum Role: String, Sendable, Encodable {
        /// The last good poll before the interval.
        case before
        /// A good poll within the interval: it shows the status.
        case supports
        /// A poll within the interval that is no observation.
        case missed
        /// The first good poll after the interval.
        case after
        /// The poll that shows a version's attributes.
        case shows
    }

    /// What it has to do with the row.
    public var role: Role
    /// The key of the poll.
    public var pollID: String
    /// The time of the observation, UTC.
    public var slot: UTCTime
    /// When the request was sent, UTC.
    public var requestedAt: UTCTime
    /// How the poll ended.
    public var outcome: String
    /// Why it is no observation; `nil` where it is one.
    public var error: String?
    /// SHA-256 of the answer's first page; `nil` without an answer.
    public var digest: String?
    /// The pack, below the archive's folder; `nil` without an answer.
    public var pack: String?
    /// What the archive holds; `nil` where the poll has no answer, or it was not found.
    public var raw: RawEvidence?
    /// Why the raw answer is not shown; `nil` where it is.
    public var note: String?

    enum CodingKeys: String, CodingKey {
        case role, slot, outcome, error, digest, pack, raw, note
        case pollID = "poll_id"
        case requestedAt = "requested_at"
    }
}

/// The bytes of one object in one archived answer.
public struct RawEvidence: Sendable, Encodable, Hashable {
    /// The page of the answer, from 1.
    public var page: Int
    /// SHA-256 of the page's body.
    public var digest: String
    /// Bytes of the decoded WARC before the record.
    public var recordOffset: Int
    /// Bytes of the record.
    public var recordLength: Int
    /// `response`, or `revisit` where an earlier record holds the body.
    public var recordType: String
    /// Bytes of the pack's file before the zstd frame in which the record starts.
    public var frameOffset: Int
    /// Bytes of the decoded WARC before the body.
    public var bodyOffset: Int?
    /// Bytes of the body.
    public var bodyLength: Int
    /// RFC 6901 pointer of the object in the body; `nil` where the answer does not hold it.
    public var pointer: String?
    /// Bytes of the body before the object.
    public var byteOffset: Int?
    /// Bytes of the object.
    public var byteLength: Int?
    /// The object as the feed wrote it, cut.
    public var bytes: String?
    /// RFC 6901 pointer of the status.
    public var statusPointer: String?
    /// The status as it stands in the bytes.
    public var statusText: String?
    /// What the text is mapped to.
    public var mappedStatus: String?
    /// The row and the version of the map that say so.
    public var mappedBy: String?
    /// Whether the answer says what the interval says; `nil` where that is not asked.
    public var agrees: Bool?

    enum CodingKeys: String, CodingKey {
        case page, digest, pointer, bytes, agrees
        case recordOffset = "record_offset"
        case recordLength = "record_length"
        case recordType = "record_type"
        case frameOffset = "frame_offset"
        case bodyOffset = "body_offset"
        case bodyLength = "body_length"
        case byteOffset = "byte_offset"
        case byteLength = "byte_length"
        case statusPointer = "status_pointer"
        case statusText = "status_text"
        case mappedStatus = "mapped_status"
        case mappedBy = "mapped_by"
    }
}

/// One row of a table walked back to the raw bytes.
public struct RowExplanation: Sendable, Encodable {
    /// The form of the JSON document.
    public let schema = "chargehouse.explain/1"
    /// `row`.
    public let kind = "row"
    /// The table.
    public var table: String
    /// What a row of the table is.
    public var grain: String
    /// The row, column by column; NULLs are left out.
    public var values: [Value]
    /// The interval; `nil` where the row is none.
    public var interval: IntervalExplanation?
    /// What the slices saw of the object while the version lasted, the first few; empty where the row is no version.
    public var runs: [Run]
    /// Runs that are left out.
    public var runsLeftOut: Int
    /// The polls behind the row.
    public var polls: [PollExplanation]
    /// The load that wrote the row; `nil` where the table does not tell.
    public var load: LoadExplanation?

    /// A value of the row.
    public struct Value: Sendable, Encodable {
        /// The column.
        public var column: String
        /// The value as text.
        public var text: String
    }

    /// A row of an `etl_…_version` table: a time in which a slice saw equal attributes.
    public struct Run: Sendable, Encodable {
        /// The UTC day of the slice.
        public var day: UTCDay
        /// Slot of the first poll that showed them.
        public var seenFrom: UTCTime
        /// Slot of the last poll that showed them.
        public var seenTo: UTCTime
        /// The load that wrote the run.
        public var loadID: String

        enum CodingKeys: String, CodingKey {
            case day
            case seenFrom = "seen_from"
            case seenTo = "seen_to"
            case loadID = "load_id"
        }
    }

    enum CodingKeys: String, CodingKey {
        case schema, kind, table, grain, values, interval, runs, polls, load
        case runsLeftOut = "runs_left_out"
    }
}
