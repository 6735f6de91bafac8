/// What stations and points name by a key: opening hours, capabilities, the feed's own words for a status.
///
/// Each set stands once, whichever slices named it; one that nothing names any more is removed.
enum AttributeSets {
    static func replace(in dialect: SQLDialect) -> [String] {
        let hours = ["iso_dow", "open_minute", "close_minute"]
        let exceptions = ["starts_at", "ends_at", "is_open"]
        return set("map_opening_hours", "hours_key", hours, "opening_hours", "station", dialect)
            + set("map_opening_exception", "hours_key", exceptions, "opening_exceptions", "station", dialect)
            + set("map_capability", "capability_set_key", ["capability"], "capabilities", "point", dialect)
            + openTimes
    }

    private static let openTimes = [
        VersionedEntity.deleteSlices(from: "fact_open_time"),
        """
        INSERT INTO fact_open_time (utc_date, feed_key, hours_key, opens_at, closes_at, load_id)
        SELECT utc_date, feed_key, hours_key, opens_at, closes_at, load_id FROM stg_open_times
        ORDER BY utc_date, feed_key, hours_key, opens_at
        """,
    ]

    private static func set(
        _ table: String,
        _ key: String,
        _ values: [String],
        _ file: String,
        _ object: String,
        _ dialect: SQLDialect
    ) -> [String] {
        let columns = ([key] + values).joined(separator: ", ")
        let staged = Schema.fitted([key] + values, of: "s", to: table, in: dialect).joined(separator: ", ")
        return [
            """
            INSERT INTO \(table) (\(columns)) SELECT DISTINCT \(staged) FROM stg_\(file) s
            LEFT JOIN \(table) m ON m.\(key) = s.\(key) WHERE m.\(key) IS NULL
            """,
            """
            DELETE FROM \(table) WHERE NOT EXISTS (SELECT 1 FROM etl_\(object)_version v
            WHERE v.\(key) = \(table).\(key))
            """,
        ]
    }

    /// New words go in before the facts that name them; ``settleStatusTexts`` follows the facts.
    static func addStatusTexts(in dialect: SQLDialect) -> [String] {
        let text = dialect.fitted("SUBSTRING(raw_status, 1, 400)", to: .text(400))
        let version = dialect.fitted(
            "map_version",
            to: Schema.table("map_status")?.columnTypes["map_version"] ?? .text(64)
        )
        return [
            collectSeenTexts, forgetSeenTexts,
            """
            INSERT INTO map_status (raw_status_key, adapter, raw_status, status_key, first_seen, map_version)
            SELECT raw_status_key, family, \(text), status_key, first_seen, \(version) FROM seen_text
            """, "DROP TABLE seen_text",
        ]
    }

    private static let collectSeenTexts =
        "CREATE TEMP TABLE seen_text AS SELECT x.raw_status_key, MIN(x.family) AS family, "
        + "MIN(x.raw_status) AS raw_status, MIN(x.status_key) AS status_key, MIN(x.valid_from) AS first_seen, "
        + "MAX(x.status_map) AS map_version FROM ("
        + FactTable.all.map { fact in
            """
            SELECT f.raw_status_key, s.family, f.raw_status, d.status_key, f.valid_from, s.status_map
            FROM \(fact.staging) f JOIN stg_slice s ON s.load_id = f.load_id
            JOIN dim_status d ON d.code = f.status WHERE f.raw_status_key IS NOT NULL
            """
        }
        .joined(separator: " UNION ALL ") + ") x GROUP BY x.raw_status_key"

    private static let forgetSeenTexts = """
        DELETE FROM map_status WHERE EXISTS (SELECT 1 FROM seen_text s
        WHERE s.raw_status_key = map_status.raw_status_key)
        """

    /// The first sighting over all slices, and no word that no fact names.
    static let settleStatusTexts = [
        "CREATE TEMP TABLE used_text AS SELECT x.raw_status_key, MIN(x.first_seen) AS first_seen FROM ("
            + FactTable.all.map { fact in
                """
                SELECT raw_status_key, MIN(valid_from) AS first_seen FROM \(fact.name)
                WHERE raw_status_key IS NOT NULL GROUP BY raw_status_key
                """
            }
            .joined(separator: " UNION ALL ") + ") x GROUP BY x.raw_status_key",
        """
        DELETE FROM map_status WHERE NOT EXISTS (SELECT 1 FROM used_text u
        WHERE u.raw_status_key = map_status.raw_status_key)
        """,
        """
        UPDATE map_status SET first_seen = u.first_seen FROM used_text u
        WHERE u.raw_status_key = map_status.raw_status_key AND u.first_seen <> map_status.first_seen
        """,
        "DROP TABLE used_text",
    ]
}
