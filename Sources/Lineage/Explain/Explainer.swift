import Analytics
import ChargingModel
import Cleaning
public import Warehouse

/// Walks from figures and rows of the warehouse back to the raw bytes.
public struct Explainer: Sendable {
    /// The warehouse.
    public let engine: any WarehouseEngine
    let library: RawLibrary
    /// Most points, hours, intervals and polls that are shown at each level.
    let limit: Int
    /// Most bytes of an object that are shown.
    let fragmentBytes: Int

    /// Creates an explainer.
    ///
    /// `limit` bounds every level of the answer, `fragmentBytes` the raw bytes that are shown of an object.
    public init(engine: any WarehouseEngine, library: RawLibrary, limit: Int = 5, fragmentBytes: Int = 400) {
        self.engine = engine
        self.library = library
        self.limit = limit
        self.fragmentBytes = fragmentBytes
    }

    func load(_ id: Int64) async throws -> LoadExplanation? {
        let rows = try await engine.rows("SELECT * FROM etl_load WHERE load_id = ?", [.integer(id)])
        return rows.first.map { row in
            LoadExplanation(
                loadID: "\(id)",
                inputHash: row.text("input_hash") ?? "",
                codeVersion: row.text("code_version") ?? "",
                adapter: row.text("adapter"),
                mappingVersion: row.integer("mapping_version").map { Int($0) },
                statusMap: row.text("status_map"),
                rulesVersion: row.integer("rules_version").map { Int($0) },
                reason: row.text("reason"),
                startedAt: row.time("started_at")
            )
        }
    }

    func feed(_ key: Int64) async throws -> FeedID {
        let rows = try await engine.rows("SELECT feed_id FROM dim_feed WHERE feed_key = ?", [.integer(key)])
        guard let feed = rows.first?.text("feed_id").flatMap({ FeedID($0) }) else {
            throw LineageError.nothing("feed_key \(key)", "no such feed in the warehouse (expected one in dim_feed)")
        }
        return feed
    }

    /// Explains one row of a status fact; the raw side of its polls is still to be filled in.
    func interval(
        _ row: WarehouseRow,
        of object: SoughtObject,
        _ feed: FeedID,
        secondsInPeriod: Int? = nil
    ) async throws -> OpenInterval {
        guard let from = row.time("valid_from"), let to = row.time("valid_to") else {
            throw LineageError.nothing("interval", "it has no valid_from or valid_to (expected both)")
        }
        let status = ChargingStatus(rawValue: row.text("code") ?? "") ?? .unknown
        var explanation = IntervalExplanation(
            status: status.rawValue,
            category: status.category.rawValue,
            rawStatus: row.text("raw_status"),
            validFrom: from,
            validTo: to,
            secondsInPeriod: secondsInPeriod,
            observations: Int(row.key("observations")),
            startReason: Self.reason(row.integer("start_reason")),
            endReason: Self.reason(row.integer("end_reason")),
            versions: [:],
            load: try await load(row.key("load_id")),
            rule: Self.rule(status),
            polls: [],
            pollsLeftOut: 0
        )
        for column in ["point_sk", "connector_sk", "station_sk"] {
            if let key = row.integer(column) { explanation.versions[column] = "\(key)" }
        }
        let feedKey = row.key("feed_key")
        let within = try await polls(within: from, to, feedKey)
        explanation.pollsLeftOut = max(0, within.count - limit)
        let shown =
            try await neighbour(of: from, isBefore: true, feedKey) + within.prefix(limit)
            + neighbour(of: to, isBefore: false, feedKey)
        explanation.polls = shown
        let sought = shown.map { Self.sought($0, of: object, feed, says: status, row.text("raw_status")) }
        return OpenInterval(explanation: explanation, sought: sought)
    }

    /// Adds what the archive holds to polls.
    func explained(
        _ polls: [PollExplanation],
        of object: SoughtObject?,
        _ feed: FeedID
    ) async throws -> [PollExplanation] {
        let sought = polls.map { Self.sought($0, of: object, feed, says: nil, nil) }
        return Self.filled(polls, sought, from: try await evidence(of: sought))
    }

    /// The archive's side of all intervals: each pack is read once.
    func filled(_ intervals: [OpenInterval]) async throws -> [IntervalExplanation] {
        let evidence = try await evidence(of: intervals.flatMap(\.sought))
        return intervals.map { open in
            var explanation = open.explanation
            explanation.polls = Self.filled(explanation.polls, open.sought, from: evidence)
            return explanation
        }
    }

    private func evidence(of sought: [SoughtPoll]) async throws -> [SoughtPoll: RawEvidence] {
        try await RawLookup(library: library, fragmentBytes: fragmentBytes).evidence(of: sought.filter(\.hasAnswer))
    }

    private static func sought(
        _ poll: PollExplanation,
        of object: SoughtObject?,
        _ feed: FeedID,
        says status: ChargingStatus?,
        _ rawStatus: String?
    ) -> SoughtPoll {
        var sought = SoughtPoll(feed: feed, pollID: poll.pollID, slot: poll.slot, object: object)
        sought.hasAnswer = poll.pack != nil
        guard poll.role == .supports else { return sought }
        sought.expectedText = rawStatus
        sought.expectsAbsence = status == .absent
        return sought
    }

    private static func filled(
        _ polls: [PollExplanation],
        _ sought: [SoughtPoll],
        from evidence: [SoughtPoll: RawEvidence]
    ) -> [PollExplanation] {
        zip(polls, sought).map { poll, sought in
            var poll = poll
            poll.raw = evidence[sought]
            if poll.raw == nil {
                poll.note = sought.hasAnswer ? "the archive does not hold the answer" : "the poll has no answer"
            }
            return poll
        }
    }

    private static func reason(_ number: Int64?) -> String {
        number.flatMap { IntervalBoundary(rawValue: Int16(truncatingIfNeeded: $0)) }.map { "\($0)" } ?? "unknown"
    }

    /// Why the polls give this status.
    private static func rule(_ status: ChargingStatus) -> String {
        switch status {
        case .unobserved:
            "no good poll for longer than the feed's largest gap: the status ends one poll interval after the last sighting"
        case .absent:
            "good polls did not hold the object: it is absent from the first of them to the next that holds it"
        default:
            "a status holds from the first poll that shows it to the next good poll that shows another; missed polls in "
                + "between are bridged up to the feed's largest gap"
        }
    }
}

/// An interval whose polls still lack their raw side.
struct OpenInterval {
    var explanation: IntervalExplanation
    /// What is sought for each poll.
    var sought: [SoughtPoll]
}

extension Explainer {
    private static var pollColumns: String {
        "poll_id, slot_utc, requested_at, outcome, error, raw_sha256, raw_uri, is_chosen, utc_date, feed_key"
    }

    func polls(within from: UTCTime, _ to: UTCTime, _ feedKey: Int64) async throws -> [PollExplanation] {
        let sql = """
            SELECT \(Self.pollColumns) FROM etl_poll
            WHERE feed_key = ? AND utc_date >= ? AND utc_date <= ? AND slot_utc >= ? AND slot_utc < ?
            ORDER BY slot_utc, requested_at, poll_id
            """
        let parameters: [SQLValue] = [
            .integer(feedKey), .date(from.day), .date(to.day), .timestamp(from), .timestamp(to),
        ]
        return try await engine.rows(sql, parameters).map { Self.poll($0, $0.flag("is_chosen") ? .supports : .missed) }
    }

    /// The good poll next to a time: the last before it, or the first from it on.
    func neighbour(of time: UTCTime, isBefore: Bool, _ feedKey: Int64) async throws -> [PollExplanation] {
        let sql = """
            SELECT \(Self.pollColumns) FROM etl_poll
            WHERE feed_key = ? AND is_chosen AND slot_utc \(isBefore ? "<" : ">=") ?
            ORDER BY slot_utc \(isBefore ? "DESC" : "ASC") LIMIT 1
            """
        let rows = try await engine.rows(sql, [.integer(feedKey), .timestamp(time)])
        return rows.map { Self.poll($0, isBefore ? .before : .after) }
    }

    /// The good poll of a slot.
    func poll(at slot: UTCTime, _ feedKey: Int64, _ role: PollExplanation.Role) async throws -> [PollExplanation] {
        let sql = "SELECT \(Self.pollColumns) FROM etl_poll WHERE feed_key = ? AND is_chosen AND slot_utc = ?"
        return try await engine.rows(sql, [.integer(feedKey), .timestamp(slot)]).map { Self.poll($0, role) }
    }

    static func poll(_ row: WarehouseRow, _ role: PollExplanation.Role) -> PollExplanation {
        PollExplanation(
            role: role,
            pollID: "\(row.key("poll_id"))",
            slot: row.time("slot_utc") ?? UTCTime(seconds: 0),
            requestedAt: row.time("requested_at") ?? UTCTime(seconds: 0),
            outcome: row.text("outcome") ?? "",
            error: row.text("error"),
            digest: row.text("raw_sha256"),
            pack: row.text("raw_uri")
        )
    }
}
