import ChargingModel

/// Words and codes that a column can have.
enum VocabularyRules {
    static let all = [status, pointReasons, connectorReasons, outcomes, rejects, unseenText, statusMap, unknownStatus]

    private static let status = QualityRule(
        "CHECK_VOCABULARY_STATUS",
        "dim_status holds the statuses of the program with their numbers and categories",
        meaning: "Another version wrote the warehouse, or the table was changed by hand: every figure is in doubt.",
        scope: .warehouse,
        method: .offences { _ in
            let known = ChargingStatus.allCases.map {
                "(x.status_key = \($0.key) AND x.code = '\($0.rawValue)' AND x.category = '\($0.category.rawValue)')"
            }
            return """
                SELECT \(text("x.code")) AS subject FROM dim_status x WHERE NOT (\(known.joined(separator: " OR ")))
                UNION ALL
                SELECT 'a status is missing' AS subject FROM (SELECT COUNT(*) AS n FROM dim_status) y
                WHERE y.n < \(ChargingStatus.allCases.count)
                """
        }
    )

    private static let pointReasons = reasons("POINT", "fact_point_status", "point_id")
    private static let connectorReasons = reasons("CONNECTOR", "fact_connector_status", "connector_id")

    private static func reasons(_ name: String, _ table: String, _ id: String) -> QualityRule {
        QualityRule(
            "CHECK_VOCABULARY_\(name)_REASONS",
            "the reasons of intervals in \(table) are those of the data dictionary",
            meaning: "Another version wrote the rows; runs and changes are miscounted.",
            method: .offences { context in
                """
                SELECT f.feed_key, f.utc_date, \(text("f.\(id)")) AS subject FROM \(table) f
                WHERE \(context.covers("f")) AND (f.start_reason NOT IN (1, 2, 3, 4, 5, 7)
                    OR f.end_reason NOT IN (1, 2, 3, 4, 5, 6, 7))
                """
            }
        )
    }

    private static let outcomes = QualityRule(
        "CHECK_VOCABULARY_OUTCOME",
        "the outcomes of polls are those of the program",
        meaning: "Another version wrote the poll log.",
        method: .offences { context in
            let known = PollOutcome.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            return """
                SELECT p.feed_key, p.utc_date, \(text("p.outcome")) AS subject FROM etl_poll p
                WHERE \(context.covers("p")) AND p.outcome NOT IN (\(known))
                """
        }
    )

    private static let rejects = QualityRule(
        "CHECK_VOCABULARY_REJECT",
        "a reject is one of a station, point or connector, and a reject or a finding",
        meaning: "Another version wrote the rows.",
        method: .offences { context in
            let kinds = RecordKind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            return """
                SELECT r.feed_key, r.utc_date, \(text("r.rule_id")) AS subject FROM etl_reject r
                WHERE \(context.covers("r")) AND (r.severity NOT IN ('reject', 'finding') OR r.entity NOT IN (\(kinds))
                    OR r.occurrences < 1)
                """
        }
    )

    private static let unseenText = QualityRule(
        "CHECK_VOCABULARY_UNSEEN",
        "time that nobody saw has no word of the feed",
        meaning: "Missing time would be taken for something that the feed said.",
        method: .offences { context in
            """
            SELECT f.feed_key, f.utc_date, \(text("f.point_id")) AS subject FROM fact_point_status f
            JOIN dim_status d ON d.status_key = f.status_key
            WHERE \(context.covers("f")) AND d.category IN ('absent', 'unobserved') AND f.raw_status_key IS NOT NULL
            """
        }
    )

    private static let statusMap = QualityRule(
        "CHECK_VOCABULARY_MAP",
        "a fact has the status that map_status gives to its word",
        meaning: "The slice was loaded with another status map than the newest: load it again.",
        severity: .warning,
        method: .offences { context in
            """
            SELECT f.feed_key, f.utc_date, \(text("m.raw_status")) AS subject FROM fact_point_status f
            JOIN map_status m ON m.raw_status_key = f.raw_status_key
            WHERE \(context.covers("f")) AND m.status_key <> f.status_key
            """
        }
    )

    private static let unknownStatus = QualityRule(
        "CHECK_UNKNOWN_STATUS",
        "the feed uses no status word that is not in the map, and leaves none out",
        meaning: "The time is unknown until the word is added to the status map.",
        severity: .warning,
        suite: .content,
        method: .offences { context in
            """
            SELECT r.feed_key, r.utc_date, \(text("r.message")) AS subject FROM etl_reject r
            WHERE \(context.covers("r")) AND r.severity = 'finding' AND r.rule_id IN ('unknown_status', 'missing_status')
            """
        }
    )
}
