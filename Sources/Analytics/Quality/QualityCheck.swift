public import ChargingModel
public import Warehouse

/// Runs quality rules on a warehouse.
///
/// Nothing is written, and no clock is read: the present is a parameter.
public struct QualityCheck: Sendable {
    /// Which slices are checked; rules about the whole warehouse always see all of it.
    public struct Selection: Sendable, Hashable {
        /// Feeds; empty for all.
        public var feeds: [FeedID]
        /// The first UTC day; `nil` for the oldest.
        public var since: UTCDay?
        /// The last UTC day; `nil` for the newest.
        public var until: UTCDay?

        /// Selects slices; all by default.
        public init(feeds: [FeedID] = [], since: UTCDay? = nil, until: UTCDay? = nil) {
            self.feeds = feeds
            self.since = since
            self.until = until
        }
    }

    let rules: [QualityRule]
    let selection: Selection
    let thresholds: QualityThresholds
    let now: UTCTime

    /// Prepares a check.
    ///
    /// - Parameters:
    ///   - suite: the rules that are run; `nil` for all.
    ///   - selection: the slices that are checked.
    ///   - thresholds: the limits.
    ///   - now: the present of rules about age.
    public init(
        suite: QualityRule.Suite? = nil,
        selection: Selection = Selection(),
        thresholds: QualityThresholds = QualityThresholds(),
        now: UTCTime
    ) {
        self.init(rules: QualityCatalogue.rules(of: suite), selection: selection, thresholds: thresholds, now: now)
    }

    init(rules: [QualityRule], selection: Selection, thresholds: QualityThresholds, now: UTCTime) {
        self.rules = rules
        self.selection = selection
        self.thresholds = thresholds
        self.now = now
    }

    /// Runs the rules.
    ///
    /// - Throws: The engine's own errors, and ``AnalyticsError`` `CHG063` where an answer has another shape.
    /// - Complexity: a pass a rule over the selected slices; some look at ``QualityThreshold/pastDays`` before them.
    public func run(on engine: any WarehouseEngine) async throws -> QualityReport {
        let slices = try await loadedSlices(engine)
        let newestDay = slices.map(\.day).max() ?? now.day
        let context = QualityContext(
            dialect: engine.dialect,
            now: now,
            since: selection.since,
            until: selection.until,
            feedKeys: selection.feeds.isEmpty ? nil : selection.feeds.map(\.key.value),
            thresholds: thresholds
        )
        var results: [QualityResult] = []
        for rule in rules {
            try Task.checkCancellation()
            let figures = try await figures(of: rule, context, engine)
            results += QualityVerdict(rule: rule, thresholds: thresholds, slices: slices, newestDay: newestDay)
                .results(of: figures)
        }
        return QualityReport(rules: rules, results: results)
    }

    private func loadedSlices(_ engine: any WarehouseEngine) async throws -> [LoadedSlice] {
        let table = try await engine.query(
            """
            SELECT l.feed_key, l.slice_date, MIN(l.load_id) AS load_id, MIN(COALESCE(f.feed_id, '')) AS feed_id
            FROM etl_load l LEFT JOIN dim_feed f ON f.feed_key = l.feed_key
            GROUP BY l.feed_key, l.slice_date ORDER BY l.slice_date, l.feed_key
            """,
            []
        )
        let keys = Set(selection.feeds.map(\.key.value))
        return try table.records().compactMap { record in
            let slice = LoadedSlice(
                feedKey: try record.integer("feed_key"),
                feed: try record.text("feed_id") ?? "",
                day: try record.day("slice_date"),
                loadID: try record.integer("load_id")
            )
            let isWanted =
                (keys.isEmpty || keys.contains(slice.feedKey)) && selection.since.map { $0 <= slice.day } ?? true
                && selection.until.map { slice.day <= $0 } ?? true
            return isWanted ? slice : nil
        }
    }

    private func figures(
        of rule: QualityRule,
        _ context: QualityContext,
        _ engine: any WarehouseEngine
    ) async throws -> [SliceFigure] {
        switch rule.method {
        case .offences(let sql):
            let table = try await engine.query(Self.counting(sql(context), rule.scope), [])
            return try table.records().compactMap { record in
                let count = try record.number("offences") ?? 0
                guard count > 0 else { return nil }
                let figure = QualityFigure(
                    observed: count,
                    expected: 0,
                    deviation: count,
                    sample: 0,
                    subject: try record.text("subject")
                )
                return try SliceFigure(record, figure, of: rule.scope)
            }
        case .figures(let sql):
            return try await engine.query(sql(context), []).records().map { record in
                let figure = QualityFigure(
                    observed: try record.number("observed") ?? 0,
                    expected: try record.number("expected"),
                    deviation: try record.number("deviation") ?? 0,
                    sample: Int(try record.number("sample") ?? 0),
                    subject: try record.text("subject")
                )
                return try SliceFigure(record, figure, of: rule.scope)
            }
        case .series(let sql, let judge):
            let records = try await engine.query(sql(context), []).records()
            return try FeedSeries(records).figures(in: context, judge)
        }
    }

    /// Offences by what they are about, with an example that does not depend on the order of rows.
    private static func counting(_ sql: String, _ scope: QualityRule.Scope) -> String {
        let key = scope == .warehouse ? "" : "o.feed_key, o.utc_date, "
        let grouping = scope == .warehouse ? "" : " GROUP BY o.feed_key, o.utc_date"
        return "SELECT \(key)COUNT(*) AS offences, MIN(o.subject) AS subject FROM (\(sql)) o\(grouping)"
    }
}

/// A slice that is loaded.
struct LoadedSlice: Sendable, Hashable {
    var feedKey: Int64
    var feed: String
    var day: UTCDay
    var loadID: Int64
}

/// A figure and what it is about; both `nil` for the whole warehouse.
struct SliceFigure: Sendable, Hashable {
    var feedKey: Int64?
    var day: UTCDay?
    var figure: QualityFigure

    init(feedKey: Int64?, day: UTCDay?, figure: QualityFigure) {
        self.feedKey = feedKey
        self.day = day
        self.figure = figure
    }

    init(_ record: ResultRecord, _ figure: QualityFigure, of scope: QualityRule.Scope) throws {
        feedKey = scope == .warehouse ? nil : try record.integer("feed_key")
        day = scope == .warehouse ? nil : try record.day("utc_date")
        self.figure = figure
    }
}

/// The days of feeds, as a rule's query tells them.
private struct FeedSeries {
    private var days: [Int64: [UTCDay: FeedDay]] = [:]

    init(_ records: [ResultRecord]) throws {
        for record in records {
            let (feed, day) = (try record.integer("feed_key"), try record.day("utc_date"))
            let part = try record.text("part") ?? ""
            days[feed, default: [:]][day, default: FeedDay(day: day, amounts: [:])].amounts[part, default: 0] +=
                try record.number("amount") ?? 0
        }
    }

    /// Each checked day against the days before it.
    func figures(in context: QualityContext, _ judge: (FeedDay, FeedPast) -> QualityFigure?) -> [SliceFigure] {
        let reach = Int(context.thresholds[.pastDays])
        return days.keys.sorted().flatMap { feed -> [SliceFigure] in
            let series = (days[feed] ?? [:]).values.sorted { $0.day < $1.day }
            return series.filter { context.covers($0.day) }.compactMap { day in
                let past = series.filter { $0.day < day.day && day.day.advanced(by: -reach) <= $0.day }
                return judge(day, FeedPast(days: past)).map { SliceFigure(feedKey: feed, day: day.day, figure: $0) }
            }
        }
    }
}
