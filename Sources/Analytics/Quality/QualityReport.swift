public import ChargingModel
public import Warehouse

/// What one rule found for a slice, a feed, or the whole warehouse: a row of `etl_quality_result`.
public struct QualityResult: Sendable, Hashable {
    /// How it went.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// The rule holds.
        case ok
        /// Nothing to judge, or too little of it.
        case skipped
        /// A rule of level `warning` does not hold.
        case warning
        /// A rule of level `error` does not hold.
        case failed
    }

    /// The rule's id.
    public var rule: String
    /// The key of the feed; 0 for the whole warehouse.
    public var feedKey: Int64
    /// The name of the feed; empty for the whole warehouse.
    public var feed: String
    /// The UTC day.
    public var day: UTCDay
    /// The load of the slice; 0 for the whole warehouse.
    public var loadID: Int64
    /// How it went.
    public var status: Status
    /// What was found; `nil` where there was nothing to measure.
    public var observed: Double?
    /// What was expected; `nil` where there was nothing to measure.
    public var expected: Double?
    /// The deviation, its limit and an example; `nil` where nothing stands out.
    public var detail: String?
}

/// At which level a check ends with an error.
public enum QualityGate: String, Sendable, Hashable, CaseIterable {
    /// Warnings and errors.
    case warn
    /// Errors.
    case error
}

/// What a check found.
public struct QualityReport: Sendable {
    let rules: [QualityRule]
    /// By rule, day and feed.
    public let results: [QualityResult]

    /// The number of results of a status.
    public func count(_ status: QualityResult.Status) -> Int { results.filter { $0.status == status }.count }

    /// The results that are not in order at a level.
    public func offences(at gate: QualityGate) -> [QualityResult] {
        results.filter { $0.status == .failed || (gate == .warn && $0.status == .warning) }
    }

    /// - Throws: ``AnalyticsError`` `CHG064` where a rule of the level does not hold.
    public func check(_ gate: QualityGate) throws {
        let offences = offences(at: gate)
        guard let first = offences.first else { return }
        let rules = Set(offences.map(\.rule)).count
        let place = first.feed.isEmpty ? "" : " on \(first.feed) \(first.day)"
        throw AnalyticsError.gate(
            "\(offences.count) results of \(rules) rules are not in order (expected none); the first: \(first.rule)\(place)"
                + (first.detail.map { ": \($0)" } ?? "")
        )
    }

    /// In one line.
    public var summary: String {
        "check: \(rules.count) rules, \(results.count) results = \(count(.ok)) ok + \(count(.skipped)) skipped"
            + " + \(count(.warning)) warnings + \(count(.failed)) failed"
    }

    /// One row a rule; without `all` only those that do not hold.
    public func ruleTable(all: Bool) -> AnswerTable {
        let byRule = Dictionary(grouping: results, by: \.rule)
        let rows = rules.compactMap { rule -> [AnswerValue]? in
            let own = byRule[rule.id] ?? []
            let offending = own.filter { $0.status == .warning || $0.status == .failed }
            guard all || !offending.isEmpty else { return nil }
            let skipped = own.filter { $0.status == .skipped }.count
            let status: QualityResult.Status =
                offending.first?.status ?? (skipped == own.count && skipped > 0 ? .skipped : .ok)
            return [
                .text(rule.id), .text(status.rawValue), .integer(Int64(own.count)), .integer(Int64(offending.count)),
                .integer(Int64(skipped)), .text(rule.title), offending.first.map { .text(Self.place($0)) } ?? .null,
                offending.first?.detail.map { .text($0) } ?? .null,
            ]
        }
        return AnswerTable(
            columns: ["rule", "status", "results", "offending", "skipped", "title", "first", "detail"]
                .map { AnswerColumn($0) },
            rows: rows
        )
    }

    /// One row a result; without `all` only those that are not in order.
    public func resultTable(all: Bool) -> AnswerTable {
        let columns = ["rule", "status", "feed", "utc_date", "observed", "expected", "detail"]
        let shown = all ? results : offences(at: .warn)
        return AnswerTable(
            columns: columns.map { AnswerColumn($0) },
            rows: shown.map { result in
                [
                    .text(result.rule), .text(result.status.rawValue), result.feed.isEmpty ? .null : .text(result.feed),
                    .date(result.day), result.observed.map { .double($0) } ?? .null,
                    result.expected.map { .double($0) } ?? .null, result.detail.map { .text($0) } ?? .null,
                ]
            }
        )
    }

    private static func place(_ result: QualityResult) -> String {
        result.feed.isEmpty ? "warehouse" : "\(result.feed) \(result.day)"
    }
}

extension QualityReport {
    /// Rows an INSERT holds.
    private static let rowsPerStatement = 1_000

    /// Puts the results in place of former ones of the same rule, feed and day; others stay.
    public func storingSteps(in dialect: SQLDialect) -> [TransactionStep] {
        guard !results.isEmpty, let table = Schema.table("etl_quality_result") else { return [] }
        let columns = table.columnNames.joined(separator: ", ")
        let typed = table.columns.map { "\($0.name) \(dialect.typeName($0.type))" }.joined(separator: ", ")
        var statements = ["CREATE TEMP TABLE new_quality_result (\(typed))"]
        for start in stride(from: 0, to: results.count, by: Self.rowsPerStatement) {
            let rows = results[start..<min(start + Self.rowsPerStatement, results.count)]
                .map { row(of: $0, table.columnNames, dialect) }
            statements.append("INSERT INTO new_quality_result (\(columns)) VALUES \(rows.joined(separator: ",\n"))")
        }
        statements += [
            """
            DELETE FROM etl_quality_result WHERE EXISTS (SELECT 1 FROM new_quality_result n
            WHERE n.check_id = etl_quality_result.check_id AND n.feed_key = etl_quality_result.feed_key
                AND n.utc_date = etl_quality_result.utc_date)
            """,
            "INSERT INTO etl_quality_result (\(columns)) SELECT \(columns) FROM new_quality_result",
            "DROP TABLE new_quality_result",
        ]
        return statements.map(TransactionStep.statement)
    }

    private func row(of result: QualityResult, _ columns: [String], _ dialect: SQLDialect) -> String {
        let values: [String: SQLValue] = [
            "load_id": .integer(result.loadID), "utc_date": .date(result.day), "feed_key": .integer(result.feedKey),
            "check_id": .text(result.rule), "status": .text(result.status.rawValue),
            "observed": result.observed.map { .double($0) } ?? .null,
            "expected": result.expected.map { .double($0) } ?? .null,
            "detail": result.detail.map { .text($0) } ?? .null,
        ]
        return "(" + columns.map { dialect.literal(values[$0] ?? .null) }.joined(separator: ", ") + ")"
    }
}
