import ChargingModel

/// The answer to a ``UtilizationQuery``: figures with everything that is needed to judge them.
public struct UtilizationReport: Sendable, Hashable {
    /// The question.
    public let query: UtilizationQuery
    /// Highest utilization first, rows without a figure last, equal ones in the order of their keys; hours of the week
    /// in their own order.
    public let rows: [UtilizationRow]
    /// The whole, from its own sums.
    ///
    /// Its points are counted once, also where they stand in several rows.
    public let total: UtilizationRow
    /// Feeds that contribute.
    public let feeds: Int
    /// Shortest and longest poll interval of these feeds, seconds; `nil` where nothing is in scope.
    public let pollIntervals: ClosedRange<Int>?
    /// Remarks, never failures: figures outside the usual bounds, low coverage.
    public let notes: [String]
    /// The statements that gave the sums, as they ran.
    public let statements: [SQLStatement]

    /// The period in hours.
    public var hours: Int { query.to.seconds(since: query.from) / 3_600 }
}

/// One row of a utilization report.
public struct UtilizationRow: Sendable, Hashable {
    /// What the row stands for.
    public let key: UtilizationKey
    /// Charging points with at least one observed second.
    public let points: Int
    /// The sums behind every figure of the row.
    public let seconds: CategorySeconds
    /// Occupied runs that began by an observed change within the period.
    public let occupiedRuns: Int
    /// Standard error of the occupied seconds that polling causes, D·√(N/6); `nil` where the poll interval is unknown.
    ///
    /// - SeeAlso: `docs/methods/utilization.md`.
    public let pollingErrorSeconds: Double?

    /// A metric of this row.
    ///
    /// - Returns: The figure with its coverage, withheld where too little was observed.
    public func value(of metric: Metric) -> MetricValue {
        MetricValue(metric, from: seconds)
    }

    /// The standard error of the utilization that polling causes, as a ratio; `nil` where the figure is not shown.
    public var pollingError: Double? {
        guard let pollingErrorSeconds, value(of: MetricRegistry.utilization).ratio != nil else { return nil }
        return pollingErrorSeconds / Double(seconds.observed)
    }
}

/// What a row stands for.
public enum UtilizationKey: Sendable, Hashable {
    /// The whole.
    case total
    /// A station, city or operator.
    case object(ObjectName)
    /// An hour of the week in local time: 0 is Monday 00–01, 167 is Sunday 23–24.
    case hourOfWeek(Int)
}

/// A station, a city or an operator: its key and its names.
public struct ObjectName: Sendable, Hashable {
    /// The key in the warehouse (`station_id`, `city_key` or `operator_id`).
    public let id: Int64
    /// The id at the source; `nil` where the dimension has no current row.
    public let code: String?
    /// The current name; `nil` where the source gives none.
    public let name: String?
    /// The city of a station.
    public let place: String?

    /// The name, or else the id at the source, or else the key.
    public var label: String {
        for text in [name, code] {
            if let text, text.contains(where: { !$0.isWhitespace }) { return text }
        }
        return "id \(id)"
    }
}

extension UtilizationReport {
    init(
        query: UtilizationQuery,
        total: TotalRecord,
        groups: [GroupRecord],
        runs: [RunRecord],
        statements: [SQLStatement]
    ) {
        let runsByKey = Dictionary(runs.map { ($0.key, $0) }) { first, _ in first }
        let hasIntervals = total.intervals != nil
        let rows = groups.map { group in
            let key: UtilizationKey =
                query.grouping == .hourOfWeek
                ? .hourOfWeek(Int(group.key))
                : .object(ObjectName(id: group.key, code: group.code, name: group.name, place: group.place))
            let found = runsByKey[group.key]
            return UtilizationRow(
                key: key,
                points: group.points,
                seconds: group.seconds,
                occupiedRuns: found?.runs ?? 0,
                intervalSquares: hasIntervals ? found?.intervalSquares ?? 0 : nil
            )
        }
        self.query = query
        self.rows = query.grouping == .hourOfWeek ? rows : rows.sortedByUtilization()
        self.total = UtilizationRow(
            key: .total,
            points: total.points,
            seconds: total.seconds,
            occupiedRuns: runs.reduce(0) { $0 + $1.runs },
            intervalSquares: hasIntervals ? runs.reduce(0) { $0 + $1.intervalSquares } : nil
        )
        feeds = total.feeds
        pollIntervals = total.intervals
        notes = PlausibilityBounds.germanAC.notes(rows: self.rows, total: self.total, query: query)
        self.statements = statements
    }
}

extension UtilizationRow {
    fileprivate init(
        key: UtilizationKey,
        points: Int,
        seconds: CategorySeconds,
        occupiedRuns: Int,
        intervalSquares: Int64?
    ) {
        self.init(
            key: key,
            points: points,
            seconds: seconds,
            occupiedRuns: occupiedRuns,
            // D·√(N/6) with one poll interval D; with several the variances D²/6 of the runs add up.
            pollingErrorSeconds: intervalSquares.map { (Double($0) / 6).squareRoot() }
        )
    }
}

extension [UtilizationRow] {
    /// Highest figure first; rows without one last; equal ones stay in the order of the answer, which is the key's.
    fileprivate func sortedByUtilization() -> [UtilizationRow] {
        enumerated().sorted { left, right in
            let first = left.element.value(of: MetricRegistry.utilization).ratio ?? -1
            let second = right.element.value(of: MetricRegistry.utilization).ratio ?? -1
            return first == second ? left.offset < right.offset : first > second
        }.map(\.element)
    }
}
