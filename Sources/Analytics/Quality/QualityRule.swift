import ChargingModel
import Warehouse

/// A statement about the warehouse that a query can refute.
///
/// Rules are data: ``QualityCatalogue`` lists them, ``QualityCheck`` runs them. The SQL is portable and asks for what
/// is wrong, so that a rule without an answer holds.
public struct QualityRule: Sendable {
    /// How bad it is when a rule does not hold.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// Someone should look at it; figures stay right.
        case warning
        /// Figures are wrong, or cannot be trusted.
        case error
    }

    /// Rules that are run together.
    public enum Suite: String, Sendable, Hashable, CaseIterable {
        /// Keys, relations, tiling, history, conservation: what Chargehouse itself must get right.
        case structure
        /// Values, volumes and distributions: what the feeds say.
        case content
        /// How old things are, compared with a given present.
        case freshness
    }

    /// What one result of a rule is about.
    public enum Scope: String, Sendable, Hashable {
        /// The whole warehouse: one result, on the newest day that was checked.
        case warehouse
        /// A feed: one result, on the feed's newest day that was checked.
        case feed
        /// A feed and UTC day.
        case slice
    }

    /// How a rule is measured.
    enum Method: Sendable {
        /// Rows that offend: `subject`, and by slice `feed_key` and `utc_date`.
        case offences(@Sendable (QualityContext) -> String)
        /// One row a unit of the scope: `feed_key, utc_date, observed, expected, deviation, sample, subject`.
        case figures(@Sendable (QualityContext) -> String)
        /// The series of a feed: `feed_key, utc_date, part, amount`; each day is compared with those before it.
        case series(@Sendable (QualityContext) -> String, @Sendable (FeedDay, FeedPast) -> QualityFigure?)
    }

    /// `CHECK_TILING_POINT`; never changes its meaning.
    public let id: String
    /// What must be true, in one sentence.
    public let title: String
    /// What it means where it is not, and what is left out.
    public let meaning: String
    /// How bad that is.
    public let severity: Severity
    /// The suite that it belongs to.
    public let suite: Suite
    /// What one result is about.
    public let scope: Scope
    /// The largest deviation that is in order; `nil` where every offence is one too many.
    public let threshold: QualityThreshold?
    /// The smallest sample that is judged; a smaller one is skipped.
    ///
    /// 0 where nothing is sampled.
    public let minimumSample: Int
    let method: Method

    init(
        _ id: String,
        _ title: String,
        meaning: String = "",
        severity: Severity = .error,
        suite: Suite = .structure,
        scope: Scope = .slice,
        threshold: QualityThreshold? = nil,
        minimumSample: Int = 0,
        method: Method
    ) {
        self.id = id
        self.title = title
        self.meaning = meaning
        self.severity = severity
        self.suite = suite
        self.scope = scope
        self.threshold = threshold
        self.minimumSample = minimumSample
        self.method = method
    }
}

/// What was measured for one unit of a rule's scope.
struct QualityFigure: Sendable, Hashable {
    var observed: Double
    var expected: Double?
    /// What is compared with the threshold.
    var deviation: Double
    /// How much it rests on: past days, polls, points.
    var sample: Int
    /// What stands out; `nil` where nothing does.
    var subject: String?
}

/// What a rule's SQL may rely on.
struct QualityContext: Sendable {
    let dialect: SQLDialect
    /// The present, given from outside.
    let now: UTCTime
    /// The first UTC day that is checked; `nil` where nothing limits it, so that rows of days that were never loaded are
    /// seen too.
    let since: UTCDay?
    /// The last UTC day that is checked; `nil` where nothing limits it.
    let until: UTCDay?
    /// The keys of the feeds that are checked; `nil` for all.
    let feedKeys: [Int64]?
    let thresholds: QualityThresholds

    /// A condition that limits a table to what is checked, and to days before it where the past matters.
    func covers(_ alias: String, day: String = "utc_date", withPast: Bool = false) -> String {
        let past = withPast ? Int(thresholds[.pastDays]) : 0
        // A column is limited as it is, so that the engine can skip what lies outside.
        let column = day.contains("(") ? day : "\(alias).\(day)"
        var terms: [String] = []
        if let since { terms.append("\(column) >= \(dialect.literal(since.advanced(by: -past)))") }
        if let until { terms.append("\(column) <= \(dialect.literal(until))") }
        if let feedKeys {
            let list = feedKeys.map { dialect.literal($0) }.joined(separator: ", ")
            terms.append(feedKeys.isEmpty ? "1 = 0" : "\(alias).feed_key IN (\(list))")
        }
        return terms.isEmpty ? "1 = 1" : terms.joined(separator: " AND ")
    }

    /// Whether a day is checked.
    func covers(_ day: UTCDay) -> Bool {
        since.map { $0 <= day } ?? true && until.map { day <= $0 } ?? true
    }
}

extension TableDefinition {
    /// The UTC day of a row, where the table has a feed and a day; `alias` names the table.
    func sliceDay(_ alias: String) -> String? {
        let names = columnNames
        guard names.contains("feed_key") else { return nil }
        if names.contains("utc_date") { return "\(alias).utc_date" }
        if names.contains("slice_date") { return "\(alias).slice_date" }
        return name == "agg_point_hour" ? "CAST(\(alias).hour_utc AS DATE)" : nil
    }
}

/// An SQL expression as text, for the subject of an offence.
func text(_ expression: String) -> String { "CAST(\(expression) AS VARCHAR(400))" }
