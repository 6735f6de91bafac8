/// A key figure with what it takes to judge it.
public struct MetricValue: Sendable, Hashable {
    /// The definition.
    public let metric: Metric
    /// The ratio, 0 to 1; `nil` where ``verdict`` says that it is withheld or that nothing was observed.
    public let ratio: Double?
    /// Observed share of observable time, 0 to 1; `nil` where the points were absent or outside all the time.
    public let coverage: Double?
    /// Whether enough was observed.
    public let verdict: CoverageVerdict

    /// Computes a metric from sums.
    public init(_ metric: Metric, from seconds: CategorySeconds) {
        self.metric = metric
        coverage = Self.ratio(MetricRegistry.coverage, seconds)
        let plain = Self.ratio(metric, seconds)
        switch metric.coverageRule {
        case .alwaysShown: verdict = plain == nil ? .nothingObserved : .sufficient
        case .flaggedAndWithheld: verdict = plain == nil ? .nothingObserved : CoverageVerdict(coverage: coverage)
        }
        ratio = verdict.isShown ? plain : nil
    }

    private static func ratio(_ metric: Metric, _ seconds: CategorySeconds) -> Double? {
        let below = seconds.sum(over: metric.denominator)
        return below > 0 ? Double(seconds.sum(over: metric.numerator)) / Double(below) : nil
    }
}

/// Whether enough was observed for a figure to be shown.
public enum CoverageVerdict: String, Sendable, Hashable, CaseIterable {
    case sufficient
    /// Coverage under 80 %: shown greyed, with the reason.
    case low
    /// Coverage under 50 %: not shown.
    case withheld
    /// No observed time at all: there is no figure.
    case nothingObserved = "nothing_observed"

    /// Under this coverage a figure is flagged.
    public static let flagThreshold = 0.8
    /// Under this coverage a figure is withheld.
    public static let withholdThreshold = 0.5

    /// Judges a coverage; `nil` means that there was nothing to observe.
    public init(coverage: Double?) {
        guard let coverage, coverage > 0 else {
            self = .nothingObserved
            return
        }
        self = coverage < Self.withholdThreshold ? .withheld : coverage < Self.flagThreshold ? .low : .sufficient
    }

    /// Whether the figure is shown at all.
    public var isShown: Bool {
        switch self {
        case .sufficient, .low: true
        case .withheld, .nothingObserved: false
        }
    }

    /// Why a figure is flagged or missing; `nil` where it is neither.
    public var reason: String? {
        switch self {
        case .sufficient: nil
        case .low: "low coverage"
        case .withheld: "not enough observations"
        case .nothingObserved: "nothing observed"
        }
    }
}
