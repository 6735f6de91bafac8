import ChargingModel

/// What a feed's points did, against the feed's own past.
enum DistributionRules {
    static let all = [
        QualityRule(
            "CHECK_STATUS_DISTRIBUTION",
            "the status mix of a day is about that of the feed's past days",
            meaning: "The feed means something else by its words, or an event is worth a look. Days under "
                + "\(leastPointHours) observed point-hours are left out; the sample is past days.",
            severity: .warning,
            suite: .content,
            threshold: .statusShift,
            minimumSample: VolumeRules.leastPastDays,
            method: .series(categorySeconds) { day, past in
                compare(day, past) { PopulationStability.index($0, $1) }
            }
        ),
        share(
            "UNKNOWN",
            of: .unknown,
            threshold: .unknownShare,
            "The status map lacks a word, or the source lost contact."
        ),
        share(
            "DOWN",
            of: .down,
            threshold: .downShare,
            "Many points broke or were repaired at once, or a word changed its meaning."
        ),
    ]

    /// Ten points over a day: with less, single points shift the mix.
    static let leastPointHours = 240.0

    private static func share(
        _ name: String,
        of category: StatusCategory,
        threshold: QualityThreshold,
        _ meaning: String
    ) -> QualityRule {
        QualityRule(
            "CHECK_\(name)_SHARE",
            "the share of \(category.rawValue) time is about that of the feed's past days",
            meaning: meaning + " Days under \(Int(leastPointHours)) observed point-hours are left out; "
                + "the sample is past days.",
            severity: .warning,
            suite: .content,
            threshold: threshold,
            minimumSample: VolumeRules.leastPastDays,
            method: .series(categorySeconds) { day, past in
                compare(day, past) { abs($1.share(of: category.rawValue) - $0.share(of: category.rawValue)) }
                    .map { figure in
                        var figure = figure
                        figure.observed = day.share(of: category.rawValue)
                        figure.expected = past.sum?.share(of: category.rawValue)
                        return figure
                    }
            }
        )
    }

    private static func compare(
        _ day: FeedDay,
        _ past: FeedPast,
        by distance: (FeedDay, FeedDay) -> Double
    ) -> QualityFigure? {
        guard day.total >= leastPointHours * 3_600 else { return nil }
        let usable = FeedPast(days: past.days.filter { $0.total >= leastPointHours * 3_600 })
        guard let before = usable.sum else { return nil }
        let found = distance(before, day)
        return QualityFigure(observed: found, expected: 0, deviation: found, sample: usable.days.count)
    }

    /// Observed seconds by category.
    @Sendable private static func categorySeconds(_ context: QualityContext) -> String {
        let day = "CAST(a.hour_utc AS DATE)"
        return StatusCategory.allCases.filter(\.isObserved).map { category in
            """
            SELECT a.feed_key, \(day) AS utc_date, '\(category.rawValue)' AS part, SUM(a.\(category.rawValue)_s) AS amount
            FROM agg_point_hour a WHERE \(context.covers("a", day: day, withPast: true)) GROUP BY a.feed_key, \(day)
            """
        }
        .joined(separator: "\nUNION ALL\n")
    }
}
