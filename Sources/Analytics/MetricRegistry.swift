import ChargingModel

/// All key figures, each defined once.
///
/// ## Topics
/// ### Use of observed time
/// ``utilization``, ``utilizationAdjusted``, ``shareFree``, ``shareDown``, ``shareUnknown``, ``shareReserved``
/// ### How much was observed
/// ``coverage``, ``absentShare``
public enum MetricRegistry {
    /// The registered metrics, in the order in which reports print them.
    public static let all: [Metric] = [
        utilization, utilizationAdjusted, shareFree, shareReserved, shareDown, shareUnknown, coverage, absentShare,
    ]

    /// The metric with a name; `nil` where none has it.
    public static func metric(id: String) -> Metric? {
        all.first { $0.id == id }
    }

    /// Occupied share of observed time: the default.
    public static let utilization = Metric(
        id: "utilization",
        version: 1,
        unit: .ratio,
        title: LocalizedText(english: "utilization", german: "Auslastung"),
        definition: LocalizedText(
            english: "Share of the observed time in which charging points were occupied; "
                + "down and unknown time stays in the denominator.",
            german: "Anteil der beobachteten Zeit, in der Ladepunkte belegt waren; "
                + "Zeiten außer Betrieb und mit unbekanntem Status bleiben im Nenner."
        ),
        numerator: [.occupied],
        denominator: StatusCategory.observed,
        coverageRule: .flaggedAndWithheld,
        source: "Chargehouse default, docs/methods/utilization.md"
    )

    /// Occupied share of the observed time that was not down.
    public static let utilizationAdjusted = Metric(
        id: "utilization_adjusted",
        version: 1,
        unit: .ratio,
        title: LocalizedText(english: "adjusted utilization", german: "bereinigte Auslastung"),
        definition: LocalizedText(
            english: "Share of the observed time without out-of-order time in which charging points were occupied.",
            german: "Anteil der beobachteten Zeit ohne Zeiten außer Betrieb, in der Ladepunkte belegt waren."
        ),
        numerator: [.occupied],
        denominator: StatusCategory.observed.filter { $0 != .down },
        coverageRule: .flaggedAndWithheld,
        source: "industry practice \"availability-adjusted\", docs/methods/utilization.md"
    )

    /// Free share of observed time.
    public static let shareFree = share(
        of: .free,
        english: ("free", "were free to use"),
        german: ("frei", "frei waren")
    )

    /// Down share of observed time.
    public static let shareDown = share(
        of: .down,
        english: ("out of order", "were reported out of order"),
        german: ("außer Betrieb", "als außer Betrieb gemeldet waren")
    )

    /// Unknown share of observed time.
    public static let shareUnknown = share(
        of: .unknown,
        english: ("unknown", "were listed with an unknown status"),
        german: ("unbekannt", "mit unbekanntem Status gemeldet waren")
    )

    /// Reserved share of observed time.
    public static let shareReserved = share(
        of: .reserved,
        english: ("reserved", "were reserved"),
        german: ("reserviert", "reserviert waren")
    )

    /// How much of the time that could be observed was observed.
    public static let coverage = Metric(
        id: "coverage",
        version: 1,
        unit: .ratio,
        title: LocalizedText(english: "coverage", german: "Abdeckung"),
        definition: LocalizedText(
            english: "Observed time divided by observed plus unobserved time; "
                + "absent and outside time stands on neither side.",
            german: "Beobachtete Zeit geteilt durch beobachtete plus unbeobachtete Zeit; "
                + "nicht gemeldete und außerhalb liegende Zeit steht auf keiner Seite."
        ),
        numerator: StatusCategory.observed,
        denominator: StatusCategory.observed + [.unobserved],
        coverageRule: .alwaysShown,
        source: "Chargehouse default, docs/methods/utilization.md"
    )

    /// Share of wall time in which a working feed did not list the points.
    public static let absentShare = Metric(
        id: "absent_share",
        version: 1,
        unit: .ratio,
        title: LocalizedText(english: "not listed", german: "nicht gemeldet"),
        definition: LocalizedText(
            english: "Share of the wall time in which the feed worked and did not list the charging points.",
            german: "Anteil der Gesamtzeit, in der der Feed lief und die Ladepunkte nicht enthielt."
        ),
        numerator: [.absent],
        denominator: StatusCategory.allCases,
        coverageRule: .alwaysShown,
        source: "Chargehouse default, docs/methods/utilization.md"
    )

    private static func share(
        of category: StatusCategory,
        english: (title: String, predicate: String),
        german: (title: String, predicate: String)
    ) -> Metric {
        Metric(
            id: "share_\(category.rawValue)",
            version: 1,
            unit: .ratio,
            title: LocalizedText(english: english.title, german: german.title),
            definition: LocalizedText(
                english: "Share of the observed time in which charging points \(english.predicate).",
                german: "Anteil der beobachteten Zeit, in der Ladepunkte \(german.predicate)."
            ),
            numerator: [category],
            denominator: StatusCategory.observed,
            coverageRule: .flaggedAndWithheld,
            source: "Chargehouse default, docs/methods/utilization.md"
        )
    }
}
