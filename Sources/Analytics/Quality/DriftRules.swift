/// Answers of another shape than before.
enum DriftRules {
    static let all = [
        QualityRule(
            "CHECK_SCHEMA_DRIFT",
            "a feed's answers have no field and no type that its days before did not have",
            meaning:
                "The source changed its format. Unknown fields are kept in `extra`, values of a wrong type are not. "
                + "The first day of a feed is left out.",
            severity: .warning,
            suite: .content,
            method: .offences { context in
                let isDrift = { (alias: String) in
                    "\(alias).rule_id IN ('unknown_field', 'unknown_envelope_field', 'wrong_type', 'too_long')"
                }
                return """
                    SELECT r.feed_key, r.utc_date, \(text("r.rule_id || ' ' || r.message")) AS subject FROM etl_reject r
                    JOIN (SELECT l.feed_key, MIN(l.slice_date) AS first_day FROM etl_load l GROUP BY l.feed_key) l
                        ON l.feed_key = r.feed_key AND l.first_day < r.utc_date
                    JOIN (SELECT e.feed_key, e.rule_id, e.message, MIN(e.utc_date) AS first_day FROM etl_reject e
                        WHERE \(isDrift("e")) GROUP BY e.feed_key, e.rule_id, e.message) n
                        ON n.feed_key = r.feed_key AND n.rule_id = r.rule_id AND n.message = r.message
                    WHERE \(context.covers("r")) AND \(isDrift("r")) AND n.first_day = r.utc_date
                    """
            }
        )
    ]
}
