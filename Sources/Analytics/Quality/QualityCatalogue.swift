/// All quality rules.
///
/// - SeeAlso: `docs/methods/quality.md`, whose table is made of it.
public enum QualityCatalogue {
    /// The rules in the order in which they are run and listed.
    public static let rules =
        GrainRules.keys + GrainRules.required + RelationshipRules.all + TilingRules.all + HistoryRules.all
        + ConservationRules.all + VocabularyRules.all + RangeRules.all + VolumeRules.all + DistributionRules.all
        + FrozenRules.all + IdentityRules.all + DriftRules.all + FreshnessRules.all

    /// The rules of a suite, or all.
    public static func rules(of suite: QualityRule.Suite?) -> [QualityRule] {
        rules.filter { suite == nil || $0.suite == suite }
    }

    /// The catalogue as a table of Markdown.
    public static func markdown() -> String {
        let head = [
            "| rule | level | suite | one result a | holds where | threshold, least sample | otherwise |",
            "| --- | --- | --- | --- | --- | --- | --- |",
        ]
        let rows = rules.map { rule in
            let limit = [
                rule.threshold.map { "`check.\($0.rawValue)` = \(MarkdownNumber.text($0.defaultValue))" },
                rule.minimumSample > 0 ? "\(rule.minimumSample)" : nil,
            ]
            let cells = [
                "`\(rule.id)`", rule.severity.rawValue, rule.suite.rawValue, rule.scope.rawValue, rule.title,
                limit.compactMap { $0 }.joined(separator: ", "), rule.meaning,
            ]
            return "| " + cells.joined(separator: " | ") + " |"
        }
        return (head + rows).map { $0 + "\n" }.joined()
    }
}

/// Numbers of documents: `0.25`, `28`.
enum MarkdownNumber {
    static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e9 ? String(Int(number)) : String(number)
    }
}
