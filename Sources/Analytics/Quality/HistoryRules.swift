/// Versions of dimensions (SCD2) follow one another without gap and overlap.
enum HistoryRules {
    /// A dimension with a history.
    private struct History: Sendable {
        let name: String
        let dimension: String
        /// What the versions of one chain share: the source's key, where ids can be re-used.
        let chain: String
        let versions: String

        var id: String { "\(name)_id" }
        var upper: String { name.uppercased() }

        init(_ name: String, _ dimension: String, chain: String? = nil) {
            self.name = name
            self.dimension = dimension
            self.chain = chain ?? "\(name)_id"
            versions = "etl_\(name)_version"
        }
    }

    private static let histories = [
        History("operator", "dim_operator"), History("station", "dim_charging_station"),
        History("point", "dim_charging_point", chain: "source_point_key"), History("connector", "dim_connector"),
    ]

    static let all = histories.flatMap { history in
        [gap(history), overlap(history), current(history), seen(history), repeated(history), flapping(history)]
    }

    private static func neighbours(_ history: History, where condition: String) -> String {
        // A column that stands twice in a subquery cannot be named outside of it, but on DuckDB.
        let columns = history.chain == history.id ? "d.\(history.id)" : "d.\(history.chain), d.\(history.id)"
        return """
            SELECT \(text("x.\(history.chain)")) AS subject FROM (
                SELECT \(columns), d.valid_to, d.attr_hash,
                    LEAD(d.valid_from) OVER (PARTITION BY d.\(history.chain) ORDER BY d.valid_from) AS next_from,
                    LEAD(d.attr_hash) OVER (PARTITION BY d.\(history.chain) ORDER BY d.valid_from) AS next_hash,
                    LEAD(d.\(history.id)) OVER (PARTITION BY d.\(history.chain) ORDER BY d.valid_from) AS next_id
                FROM \(history.dimension) d) x
            WHERE \(condition)
            """
    }

    private static func gap(_ history: History) -> QualityRule {
        QualityRule(
            "CHECK_HISTORY_\(history.upper)_GAP",
            "a version of \(history.dimension) ends when the next one begins, not before",
            meaning: "At that time the object has no attributes.",
            scope: .warehouse,
            method: .offences { _ in neighbours(history, where: "x.next_from > x.valid_to") }
        )
    }

    private static func overlap(_ history: History) -> QualityRule {
        QualityRule(
            "CHECK_HISTORY_\(history.upper)_OVERLAP",
            "a version of \(history.dimension) ends when the next one begins, not after",
            meaning: "At that time the object is counted twice.",
            scope: .warehouse,
            method: .offences { _ in neighbours(history, where: "x.next_from < x.valid_to") }
        )
    }

    private static func current(_ history: History) -> QualityRule {
        QualityRule(
            "CHECK_HISTORY_\(history.upper)_CURRENT",
            "each chain of \(history.dimension) has one current version, the open one",
            meaning: "As-it-is reports lose the object, or count it twice.",
            scope: .warehouse,
            method: .offences { _ in
                """
                SELECT \(text("d.\(history.chain)")) AS subject FROM \(history.dimension) d GROUP BY d.\(history.chain)
                HAVING SUM(CASE WHEN d.is_current THEN 1 ELSE 0 END) <> 1
                    OR SUM(CASE WHEN d.is_current AND d.valid_to <> TIMESTAMP '9999-12-31 00:00:00' THEN 1 ELSE 0 END) > 0
                """
            }
        )
    }

    private static func seen(_ history: History) -> QualityRule {
        QualityRule(
            "CHECK_HISTORY_\(history.upper)_SEEN",
            "a version of \(history.dimension) was last seen while it was in force",
            meaning: "The version is empty, reversed, or older than its proof.",
            scope: .warehouse,
            method: .offences { _ in
                """
                SELECT \(text("d.\(history.chain)")) AS subject FROM \(history.dimension) d
                WHERE d.valid_to <= d.valid_from OR d.last_seen < d.valid_from
                """
            }
        )
    }

    private static func repeated(_ history: History) -> QualityRule {
        QualityRule(
            "CHECK_HISTORY_\(history.upper)_REPEATED",
            "a version of \(history.dimension) differs from the one before it",
            meaning: "A change is counted that was none.",
            scope: .warehouse,
            method: .offences { _ in
                neighbours(history, where: "x.next_hash = x.attr_hash AND x.next_id = x.\(history.id)")
            }
        )
    }

    /// Runs of equal attributes that made no version, since the former values came back before they settled.
    private static func flapping(_ history: History) -> QualityRule {
        QualityRule(
            "CHECK_HISTORY_\(history.upper)_FLAPPING",
            "few \(history.name)s of a slice have attributes that come and go",
            meaning: "The feed tells two things in turn. No version is made; the source should be asked.",
            severity: .warning,
            suite: .content,
            threshold: .flapping,
            minimumSample: 10,
            method: .figures { context in
                // Where feeds disagree, only the one that tells the attributes is compared; operators have no feed.
                let teller = history.name == "operator" ? "" : "AND d.feed_key = v.feed_key "
                return """
                    SELECT v.feed_key, v.utc_date, CAST(COUNT(DISTINCT CASE WHEN d.attr_hash <> v.attr_hash
                            THEN v.\(history.id) END) AS DOUBLE PRECISION) AS observed, 0 AS expected,
                        COUNT(DISTINCT CASE WHEN d.attr_hash <> v.attr_hash THEN v.\(history.id) END) * 1.0
                            / COUNT(DISTINCT v.\(history.id)) AS deviation,
                        COUNT(DISTINCT v.\(history.id)) AS sample,
                        MIN(CASE WHEN d.attr_hash <> v.attr_hash THEN v.source_\(history.name)_id END) AS subject
                    FROM \(history.versions) v JOIN \(history.dimension) d ON d.\(history.chain) = v.\(history.id)
                        \(teller)AND v.seen_from >= d.valid_from AND v.seen_from < d.valid_to
                    WHERE \(context.covers("v")) GROUP BY v.feed_key, v.utc_date
                    """
            }
        )
    }
}
