public import Analytics
import ChargingModel

/// The written forms of a report.
public enum ReportFormat: String, Sendable, Hashable, CaseIterable {
    /// For a terminal, with definitions below.
    case table
    /// RFC 4180, with the raw seconds.
    case csv
    /// One document, `chargehouse.utilization/1`.
    case json
    /// One self-contained page.
    case html
}

/// Writes a utilization report.
public struct UtilizationRenderer: Sendable, Hashable {
    /// The form.
    public var format: ReportFormat
    /// The columns of the terminal; `nil` means that nothing is cut.
    public var width: Int?

    /// Creates a renderer.
    public init(_ format: ReportFormat, width: Int? = nil) {
        self.format = format
        self.width = width
    }

    /// Writes the report.
    ///
    /// - Returns: The whole text, ending with a line break. The same report gives the same text.
    public func render(_ report: UtilizationReport) -> String {
        switch format {
        case .table: readable(report)
        case .csv: TableRenderer(.csv).render(report.answerTable)
        case .json: report.jsonDocument.indentedText() + "\n"
        case .html: UtilizationPage(report).text
        }
    }

    private func readable(_ report: UtilizationReport) -> String {
        let caption = UtilizationCaption(report)
        let head = [caption.title, caption.period] + (caption.filters.map { [$0] } ?? []) + [caption.basis]
        let table = TableRenderer(.table, width: width).render(report.answerTable)
        let foot = caption.definitions.map { "\($0.name): \($0.text)" } + report.notes.map { "note: \($0)" }
        return (head.map(DisplayText.line) + ["", table + ""] + foot.map(DisplayText.line)).joined(separator: "\n")
            + "\n"
    }
}

/// What stands beside every figure: period, number of points, coverage, poll interval, definitions.
struct UtilizationCaption {
    let title: String
    let period: String
    let filters: String?
    let basis: String
    let definitions: [(name: String, text: String)]

    init(_ report: UtilizationReport) {
        title = "Utilization by \(Self.noun(report.query.grouping)), % of observed time"
        period = "\(report.query.from) to \(report.query.to), \(Self.length(hours: report.hours))"
        let labels = report.query.labels.map { "\($0.name) \($0.value)" }
        filters = labels.isEmpty ? nil : "only " + labels.joined(separator: ", ")
        let coverage = report.total.value(of: MetricRegistry.coverage).ratio
            .flatMap { NumberText.percent($0, decimals: 1) }
        basis = [
            "n = \(report.total.points) charging points",
            "coverage \(coverage.map { "\($0) %" } ?? DisplayText.nothing)",
            Self.interval(report.pollIntervals),
        ].joined(separator: " · ")
        definitions = Self.definitions(report)
    }

    static func noun(_ grouping: UtilizationGrouping) -> String {
        switch grouping {
        case .station: "charging station"
        case .city: "city"
        case .operator: "operator"
        case .hourOfWeek: "local hour of the week"
        }
    }

    private static func length(hours: Int) -> String {
        hours % 24 == 0 ? "\(hours / 24) × 24 h" : "\(hours) h"
    }

    private static func interval(_ intervals: ClosedRange<Int>?) -> String {
        guard let intervals else { return "poll interval unknown" }
        guard intervals.lowerBound < intervals.upperBound else { return "polled every \(intervals.lowerBound) s" }
        return "polled every \(intervals.lowerBound) to \(intervals.upperBound) s"
    }

    private static func definitions(_ report: UtilizationReport) -> [(name: String, text: String)] {
        let metrics = [MetricRegistry.utilization, MetricRegistry.utilizationAdjusted, MetricRegistry.coverage]
        let texts = metrics.map { metric in
            (
                name: "\(metric.title.english) (\(metric.id) v\(metric.version))",
                text: "\(metric.formula). \(metric.definition.english)"
            )
        }
        let error = (
            name: "± polling",
            text: "standard error that polling every D seconds causes: D·√(N/6) ÷ T_obs for N occupied runs."
        )
        return texts + [error]
    }
}
