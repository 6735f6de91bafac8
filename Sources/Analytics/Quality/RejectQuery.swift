public import ChargingModel
public import Warehouse

/// A reject or finding as the warehouse keeps it: a row of `etl_reject`.
public struct RejectRecord: Sendable, Hashable {
    /// The key of the row.
    public var id: Int64
    /// The feed.
    public var feed: FeedID
    /// The UTC day of the slice.
    public var day: UTCDay
    /// The slot in which it was met first.
    public var slot: UTCTime
    /// `reject` or `finding`.
    public var severity: String
    /// The rule (`docs/reference/rejects.md`).
    public var rule: String
    /// `station`, `point` or `connector`.
    public var entity: String
    /// The record's own id; `nil` where it was not readable.
    public var sourceID: String?
    /// The SHA-256 of the page in which it was met first.
    public var digest: String
    /// RFC 6901 pointer into that page; `nil` where it is about the whole answer.
    public var pointer: String?
    /// What was found and what was expected.
    public var message: String
    /// The record as the feed wrote it, cut; `nil` where it is not kept.
    public var fragment: String?
    /// How often in the slice.
    public var occurrences: Int64
}

/// Asks for rejects.
public struct RejectQuery: Sendable, Hashable {
    /// A rule; `nil` for all.
    public var rule: String?
    /// Feeds; empty for all.
    public var feeds: [FeedID]
    /// The first UTC day; `nil` for the oldest.
    public var since: UTCDay?
    /// The last UTC day; `nil` for the newest.
    public var until: UTCDay?
    /// Whether findings, records that were kept, are asked for too.
    public var includesFindings: Bool

    /// Asks for all rejects, or some of them.
    public init(
        rule: String? = nil,
        feeds: [FeedID] = [],
        since: UTCDay? = nil,
        until: UTCDay? = nil,
        includesFindings: Bool = false
    ) {
        self.rule = rule
        self.feeds = feeds
        self.since = since
        self.until = until
        self.includesFindings = includesFindings
    }

    /// Rules with counts and an example, the most frequent first.
    public func groups(on engine: any WarehouseEngine) async throws -> AnswerTable {
        let (condition, parameters) = condition
        return AnswerTable(
            try await engine.query(
                """
                SELECT x.rule_id AS rule, x.severity, x.entity, COUNT(*) AS matters, SUM(x.occurrences) AS occurrences,
                    COUNT(DISTINCT x.load_id) AS slices, MIN(x.utc_date) AS first_day, MAX(x.utc_date) AS last_day,
                    MIN(CASE WHEN x.place = 1 THEN x.message END) AS example,
                    MIN(CASE WHEN x.place = 1 THEN x.reject_id END) AS example_id
                FROM (SELECT r.*, ROW_NUMBER() OVER (PARTITION BY r.rule_id, r.severity, r.entity
                        ORDER BY r.occurrences DESC, r.utc_date, r.reject_id) AS place
                    FROM etl_reject r WHERE \(condition)) x
                GROUP BY x.rule_id, x.severity, x.entity
                ORDER BY CASE WHEN x.severity = 'reject' THEN 0 ELSE 1 END, SUM(x.occurrences) DESC, x.rule_id, x.entity
                """,
                parameters
            )
        )
    }

    /// The rows, oldest first.
    public func records(limit: Int, on engine: any WarehouseEngine) async throws -> [RejectRecord] {
        let (condition, parameters) = condition
        return try await Self.records(where: condition, parameters, limit: limit, engine)
    }

    /// One row by its key.
    ///
    /// - Throws: ``AnalyticsError`` `CHG065` where there is none.
    public static func record(_ id: Int64, on engine: any WarehouseEngine) async throws -> RejectRecord {
        let found = try await records(where: "r.reject_id = ?", [.integer(id)], limit: 1, engine)
        guard let record = found.first else { throw AnalyticsError.noReject(id) }
        return record
    }

    /// Rejected records by slice.
    public func slices(on engine: any WarehouseEngine) async throws -> [FeedID: [UTCDay: Int64]] {
        let (condition, parameters) = condition
        let table = try await engine.query(
            """
            SELECT f.feed_id, r.utc_date, SUM(r.occurrences) AS occurrences
            FROM etl_reject r JOIN dim_feed f ON f.feed_key = r.feed_key WHERE \(condition)
            GROUP BY f.feed_id, r.utc_date ORDER BY f.feed_id, r.utc_date
            """,
            parameters
        )
        var slices: [FeedID: [UTCDay: Int64]] = [:]
        for record in try table.records() {
            guard let feed = FeedID(try record.text("feed_id") ?? "") else { continue }
            slices[feed, default: [:]][try record.day("utc_date")] = try record.integer("occurrences")
        }
        return slices
    }

    private var condition: (sql: String, parameters: [SQLValue]) {
        var terms = includesFindings ? ["1 = 1"] : ["r.severity = 'reject'"]
        var parameters: [SQLValue] = []
        let limits: [(String, SQLValue?)] = [
            ("r.rule_id = ?", rule.map { .text($0) }), ("r.utc_date >= ?", since.map { .date($0) }),
            ("r.utc_date <= ?", until.map { .date($0) }),
        ]
        for (term, value) in limits {
            guard let value else { continue }
            terms.append(term)
            parameters.append(value)
        }
        if !feeds.isEmpty {
            terms.append("r.feed_key IN (\(feeds.map { _ in "?" }.joined(separator: ", ")))")
            parameters += feeds.map { .integer($0.key.value) }
        }
        return (terms.joined(separator: " AND "), parameters)
    }

    private static func records(
        where condition: String,
        _ parameters: [SQLValue],
        limit: Int,
        _ engine: any WarehouseEngine
    ) async throws -> [RejectRecord] {
        let table = try await engine.query(
            """
            SELECT r.reject_id, f.feed_id, r.utc_date, r.slot_utc, r.severity, r.rule_id, r.entity, r.source_id,
                r.raw_sha256, r.json_pointer, r.message, r.fragment, r.occurrences
            FROM etl_reject r JOIN dim_feed f ON f.feed_key = r.feed_key WHERE \(condition)
            ORDER BY r.utc_date, f.feed_id, r.rule_id, r.slot_utc, r.reject_id LIMIT \(max(0, limit))
            """,
            parameters
        )
        return try table.records().map { try RejectRecord($0) }
    }
}

extension RejectRecord {
    fileprivate init(_ record: ResultRecord) throws {
        guard let feed = FeedID(try record.text("feed_id") ?? ""), let slot = try record.time("slot_utc") else {
            throw AnalyticsError.shape("etl_reject", "a row without feed or slot")
        }
        self.init(
            id: try record.integer("reject_id"),
            feed: feed,
            day: try record.day("utc_date"),
            slot: slot,
            severity: try record.text("severity") ?? "",
            rule: try record.text("rule_id") ?? "",
            entity: try record.text("entity") ?? "",
            sourceID: try record.text("source_id"),
            digest: try record.text("raw_sha256") ?? "",
            pointer: try record.text("json_pointer"),
            message: try record.text("message") ?? "",
            fragment: try record.text("fragment"),
            occurrences: try record.integer("occurrences")
        )
    }
}
