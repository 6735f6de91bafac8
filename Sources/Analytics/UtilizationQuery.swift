public import ChargingModel
public import Warehouse

/// A question about use: the part of the observed time in which charging points were occupied.
///
/// - Shape: answered from `agg_point_hour`, so the period consists of full UTC hours. Local days have 23, 24 or 25 of
///   them; the caller turns local dates into instants.
/// - SeeAlso: `docs/methods/utilization.md`.
public struct UtilizationQuery: Sendable, Hashable {
    /// What the rows stand for.
    public let grouping: UtilizationGrouping
    /// Begin of the period, inclusive, UTC, a full hour.
    public let from: UTCTime
    /// End of the period, exclusive, UTC, a full hour.
    public let to: UTCTime
    /// What the report is limited to.
    public let filters: UtilizationFilters
    /// The time whose names, places, operators and hours hold for the whole period; `nil` for those of each moment.
    public let attributesAsOf: UTCTime?

    /// States the question.
    ///
    /// `attributesAsOf` is `nil` for stations as they were, or the time whose attributes count for the whole period.
    ///
    /// - Throws: ``AnalyticsError`` `CHG060` where the period is empty, reversed, longer than a hundred years, or does
    ///   not begin and end on full hours.
    public init(
        by grouping: UtilizationGrouping,
        from: UTCTime,
        to: UTCTime,
        filters: UtilizationFilters = UtilizationFilters(),
        attributesAsOf: UTCTime? = nil
    ) throws {
        for (name, time) in [("begin", from), ("end", to)] where time.slot(every: 3_600) != time {
            throw AnalyticsError.period(from: from, to: to, "the \(name) \(time) is not a full hour")
        }
        guard from < to else { throw AnalyticsError.period(from: from, to: to, "the period is empty") }
        let century = Int64(36_525) * 86_400 * 1_000_000
        let (length, overflows) = to.microseconds.subtractingReportingOverflow(from.microseconds)
        guard !overflows, length <= century else {
            throw AnalyticsError.period(from: from, to: to, "the period is longer than 100 years")
        }
        self.grouping = grouping
        self.from = from
        self.to = to
        self.filters = filters
        self.attributesAsOf = attributesAsOf
    }

    /// For ``attributesAsOf``: as they are now, whatever is loaded last.
    public static let now = UTCTime.openEnd.adding(seconds: -1)

    /// What the question is limited to and how it is asked, as name and value.
    public var labels: [(name: String, value: String)] {
        filters.labels + (attributesAsOf.map { [("as-of", $0 == Self.now ? "now" : $0.description)] } ?? [])
    }

    /// Answers the question.
    ///
    /// - Returns: The figures, with everything that is needed to judge them.
    /// - Throws: ``AnalyticsError`` `CHG061` where category seconds do not sum to the known seconds, `CHG062` where a
    ///   filter names nothing, and the engine's own errors.
    /// - Complexity: one pass over the period in `agg_point_hour` and one in `fact_point_status`.
    public func report(on engine: any WarehouseEngine) async throws -> UtilizationReport {
        let scope = try await UtilizationScope(query: self, engine: engine)
        let sql = UtilizationSQL(grouping: grouping, scope: scope, asOf: attributesAsOf)
        try await UtilizationChecks.hours(sql.incompleteHours, on: engine)
        let total = try await TotalRecord(engine.run(sql.total))
        let groups = try await engine.run(sql.groups).records().map { try GroupRecord($0) }
        let runs = try await engine.run(sql.occupiedRuns).records().map { try RunRecord($0) }
        try UtilizationChecks.sums(of: groups, equal: total, query: self)
        return UtilizationReport(query: self, total: total, groups: groups, runs: runs, statements: sql.all)
    }
}

/// What the rows of a utilization report stand for.
public enum UtilizationGrouping: String, Sendable, Hashable, CaseIterable {
    /// Charging stations, under their current names.
    case station
    /// Cities, as the stations belonged to them at the time.
    case city
    /// Operators, as they ran the stations at the time, under their current names.
    case `operator`
    /// The 168 hours of the week in the stations' local time.
    case hourOfWeek = "hour-of-week"
}

/// What a utilization report is limited to; `nil` means everything.
public struct UtilizationFilters: Sendable, Hashable {
    /// One feed.
    public var feed: FeedID?
    /// The id or the name of a city.
    public var city: String?
    /// The name of an operator or its id at the source.
    public var `operator`: String?
    /// The name of a station, its id at the source or its key in the warehouse.
    public var station: String?

    /// Creates filters.
    public init(feed: FeedID? = nil, city: String? = nil, operator: String? = nil, station: String? = nil) {
        self.feed = feed
        self.city = city
        self.operator = `operator`
        self.station = station
    }

    /// The filters that are set, as name and value, in a fixed order.
    public var labels: [(name: String, value: String)] {
        [("feed", feed?.description), ("city", city), ("operator", self.operator), ("station", station)]
            .compactMap { name, value in value.map { (name, $0) } }
    }
}

/// A statement with its parameters, as it ran: the way from a figure back to the tables.
public struct SQLStatement: Sendable, Hashable {
    /// What it answers, in one word or two.
    public let purpose: String
    /// One statement, `?` where a parameter stands.
    public let text: String
    /// Bound in order.
    public let parameters: [SQLValue]

    init(_ purpose: String, _ text: String, _ parameters: [SQLValue]) {
        self.purpose = purpose
        self.text = text
        self.parameters = parameters
    }

    /// The parameters as SQL literals, for people; the statement itself always binds them.
    public var parameterTexts: [String] {
        parameters.map { value in
            switch value {
            case .null: "NULL"
            case .boolean(let flag): flag ? "TRUE" : "FALSE"
            case .integer(let number): String(number)
            case .double(let number): String(number)
            case .text(let text):
                "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
            case .timestamp(let time): "TIMESTAMP '\(time.sqlText)'"
            case .date(let day): "DATE '\(day)'"
            }
        }
    }
}

extension WarehouseEngine {
    func run(_ statement: SQLStatement) async throws -> ResultTable {
        try await query(statement.text, statement.parameters)
    }
}
