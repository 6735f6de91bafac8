public import ChargingModel

/// A key figure: what it is called, what it means, and which seconds it divides by which.
///
/// Each definition stands once, in ``MetricRegistry``; SQL, reports, interface and documents read it there.
///
/// - Shape: a ratio of two sums of category seconds.
/// - SeeAlso: `docs/methods/utilization.md`.
public struct Metric: Sendable, Hashable, Identifiable {
    /// The stable name: `utilization_adjusted`.
    public let id: String
    /// Rises when the definition changes; figures of different versions are not compared.
    public let version: Int
    /// The unit of the figure.
    public let unit: MetricUnit
    /// The name in a heading.
    public let title: LocalizedText
    /// One sentence for a reader who does not know the term.
    public let definition: LocalizedText
    /// The categories whose seconds are summed above the line.
    public let numerator: [StatusCategory]
    /// The categories whose seconds are summed below the line.
    public let denominator: [StatusCategory]
    /// What too few observations do to the figure.
    public let coverageRule: CoverageRule
    /// Where the definition comes from.
    public let source: String

    /// Creates a metric.
    public init(
        id: String,
        version: Int,
        unit: MetricUnit,
        title: LocalizedText,
        definition: LocalizedText,
        numerator: [StatusCategory],
        denominator: [StatusCategory],
        coverageRule: CoverageRule,
        source: String
    ) {
        self.id = id
        self.version = version
        self.unit = unit
        self.title = title
        self.definition = definition
        self.numerator = numerator
        self.denominator = denominator
        self.coverageRule = coverageRule
        self.source = source
    }

    /// The formula in the terms of the methods: `T_occupied ÷ (T_free + T_occupied)`.
    public var formula: String {
        "\(Self.terms(numerator)) ÷ \(Self.terms(denominator))"
    }

    /// The formula as portable SQL over the columns of `agg_point_hour`; NULL where nothing stands below the line.
    ///
    /// - Parameter alias: the name under which the query knows the table.
    /// - Returns: An expression over sums, for a query with or without groups.
    public func sqlExpression(alias: String) -> String {
        let sum = { (categories: [StatusCategory]) in
            "SUM(" + categories.map { "\(alias).\($0.secondsColumn)" }.joined(separator: " + ") + ")"
        }
        return "\(sum(numerator)) * 1.0 / NULLIF(\(sum(denominator)), 0)"
    }

    private static func terms(_ categories: [StatusCategory]) -> String {
        if categories == StatusCategory.observed { return "T_obs" }
        if categories == StatusCategory.allCases { return "T_wall" }
        let names = categories.map { "T_\($0.rawValue)" }
        return names.count == 1 ? names[0] : "(\(names.joined(separator: " + ")))"
    }
}

/// The unit of a metric.
public enum MetricUnit: String, Sendable, Hashable, CaseIterable {
    /// 0 to 1; printed in per cent for people, as a plain number for machines.
    case ratio
}

/// What too few observations do to a figure.
public enum CoverageRule: String, Sendable, Hashable, CaseIterable {
    /// Under 80 % coverage flagged, under 50 % withheld.
    case flaggedAndWithheld
    /// Always shown: the figure tells about the observation itself.
    case alwaysShown
}

/// A text in the languages of the reports.
public struct LocalizedText: Sendable, Hashable {
    /// For readers of English.
    public let english: String
    /// For readers of German.
    public let german: String

    /// Creates a text.
    public init(english: String, german: String) {
        self.english = english
        self.german = german
    }
}
