import Cleaning

/// The history of an object as a function of the set of loaded slices, never of their order.
///
/// Slices say what they saw (`etl_…_version`), one row a *run* of equal attributes. Where several feeds show an object,
/// the one that saw it first tells its attributes, and another only on days on which that one does not show it: feeds
/// that disagree would make a version a poll. A run that a slice only took over from the day before counts once. Over all slices, runs of equal attributes make a *spell*. A spell after which the former values return before it settles is flapping and makes no
/// version. What is left of neighbouring equal spells is a version; it starts at the poll that saw it first. Only
/// objects that a load touches are derived again.
extension VersionedEntity {
    /// The versions of the touched objects, one row each.
    ///
    /// The order is decided on narrow rows; attributes are joined to the last run of each version.
    func deriveChain(in dialect: SQLDialect) -> [String] { [numberRuns, buildChain, noteChanges(in: dialect)] }

    /// Gives each run that counts the number of its version.
    private var numberRuns: String {
        let window = "PARTITION BY r.\(id) ORDER BY r.seen_from, r.seen_to, r.utc_date, r.feed_key"
        let spell = "PARTITION BY s.\(id) ORDER BY s.spell_number"
        return """
            CREATE TEMP TABLE \(numbered) AS
            WITH told AS (
                SELECT \(narrowColumns), MIN(v.seen_from) OVER (PARTITION BY v.\(id), v.feed_key) AS first_seen
                FROM \(versions) v JOIN \(touched) t ON t.\(id) = v.\(id)
            ), ranked AS (
                SELECT t.*, DENSE_RANK() OVER (PARTITION BY t.\(id), CAST(t.seen_from AS DATE)
                        ORDER BY t.first_seen, t.feed_key) AS teller,
                    ROW_NUMBER() OVER (PARTITION BY t.\(id), t.feed_key, t.seen_from ORDER BY t.utc_date) AS telling
                FROM told t
            ), former AS (
                SELECT r.*, LAG(r.attr_hash) OVER (\(window)) AS former_hash,
                    \(isOther("r", window)) AS is_other
                FROM ranked r WHERE r.teller = 1 AND r.telling = 1
            ), spelled AS (
                SELECT r.*, SUM(CASE WHEN r.former_hash = r.attr_hash AND r.is_other = 0 THEN 0 ELSE 1 END)
                        OVER (\(window) ROWS UNBOUNDED PRECEDING) AS spell_number,
                    SUM(r.is_other) OVER (\(window) ROWS UNBOUNDED PRECEDING) AS life
                FROM former r
            ), spell AS (
                SELECT r.\(id), r.spell_number, r.life, MIN(r.attr_hash) AS attr_hash, MIN(r.seen_from) AS seen_from,
                    MIN(r.settles_at) AS settles_at
                FROM spelled r GROUP BY r.\(id), r.spell_number, r.life
            ), neighbours AS (
                SELECT s.*, LAG(s.attr_hash) OVER (\(spell)) AS former_hash, LAG(s.life) OVER (\(spell)) AS former_life,
                    LEAD(s.attr_hash) OVER (\(spell)) AS next_hash, LEAD(s.life) OVER (\(spell)) AS next_life,
                    LEAD(s.seen_from) OVER (\(spell)) AS next_from
                FROM spell s
            ), settled AS (
                SELECT s.\(id), s.spell_number, s.life, s.attr_hash,
                    LAG(s.attr_hash) OVER (\(spell)) AS former_hash, LAG(s.life) OVER (\(spell)) AS former_life
                FROM neighbours s
                WHERE NOT (COALESCE(s.former_hash = s.next_hash AND s.former_life = s.next_life
                    AND s.next_from <= s.settles_at, FALSE))
            ), versioned AS (
                SELECT s.\(id), s.spell_number, SUM(CASE WHEN s.former_hash = s.attr_hash AND s.former_life = s.life
                    THEN 0 ELSE 1 END) OVER (\(spell) ROWS UNBOUNDED PRECEDING) AS version_number
                FROM settled s
            )
            SELECT r.*, s.version_number,
                ROW_NUMBER() OVER (PARTITION BY r.\(id), s.version_number
                    ORDER BY r.seen_from, r.seen_to, r.utc_date, r.feed_key) AS from_start,
                ROW_NUMBER() OVER (PARTITION BY r.\(id), s.version_number
                    ORDER BY r.seen_from DESC, r.seen_to DESC, r.utc_date DESC, r.feed_key DESC) AS from_end
                \(canBeReused ? ", \(durableID)" : "")
            FROM spelled r JOIN versioned s ON s.\(id) = r.\(id) AND s.spell_number = r.spell_number
            """
    }

    private var narrowColumns: String {
        let columns =
            [id, key, "utc_date", "feed_key", "load_id", "seen_from", "seen_to", "settles_at", "attr_hash"]
            + (canBeReused ? ["lat", "lon", "connector_hash", "reuse_point_id"] : [])
        return columns.map { "v.\($0)" }.joined(separator: ", ")
    }

    /// 1 where a run is of another object than the one before it: elsewhere, and with other connectors.
    ///
    /// The distance is that of a plane that touches the earth there: right to a metre over 500 m.
    private func isOther(_ run: String, _ window: String) -> String {
        guard canBeReused else { return "0" }
        let (metresPerDegree, reach) = (111_195, 500)
        let north = "(\(run).lat - LAG(\(run).lat) OVER (\(window))) * \(metresPerDegree)"
        let east =
            "(\(run).lon - LAG(\(run).lon) OVER (\(window))) * \(metresPerDegree) * COS(RADIANS(\(run).lat))"
        return """
            CASE WHEN \(run).connector_hash <> LAG(\(run).connector_hash) OVER (\(window))
                    AND POWER(\(north), 2) + POWER(\(east), 2) > \(reach * reach) THEN 1 ELSE 0 END
            """
    }

    /// The durable id: the source's key, or one of its own for each later life of a re-used id.
    private var durableID: String {
        """
        CASE WHEN r.life = 0 THEN r.\(id) ELSE FIRST_VALUE(r.reuse_point_id) OVER (PARTITION BY r.\(id), r.life
                    ORDER BY r.seen_from, r.seen_to, r.utc_date, r.feed_key
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) END AS durable_id
        """
    }

    private var buildChain: String {
        let next = "LEAD(f.seen_from) OVER (PARTITION BY f.\(id) ORDER BY f.version_number)"
        var own = [
            id: canBeReused ? "f.durable_id" : "f.\(id)", key: "f.\(key)", "feed_key": "l.feed_key",
            "valid_from": "f.seen_from", "valid_to": "COALESCE(\(next), TIMESTAMP '9999-12-31 00:00:00')",
            "is_current": "CASE WHEN \(next) IS NULL THEN TRUE ELSE FALSE END", "attr_hash": "f.attr_hash",
            "change_mask": "0", "last_seen": "s.last_seen", "first_load_id": "f.load_id",
        ]
        if canBeReused { own[sourceKey] = "f.\(id)" }
        let life = name == "connector" ? ["point_id": "COALESCE(p.durable_id, a.point_id)"] : [:]
        let seen = Set(Schema.table(versions)?.columnNames ?? [])
        let columns = dimensionColumns.map { column in
            let value = own[column] ?? life[column] ?? (seen.contains(column) ? "a.\(column)" : "NULL")
            return "\(value) AS \(column)"
        }
        let lives =
            name == "connector"
            ? """

            LEFT JOIN point_life p ON p.source_key = a.point_id AND f.seen_from >= p.life_from AND f.seen_from < p.life_to
            """ : ""
        return """
            CREATE TEMP TABLE \(chain) AS
            SELECT \(columns.joined(separator: ", ")), f.version_number
            FROM \(numbered) f
            JOIN \(numbered) l ON l.\(id) = f.\(id) AND l.version_number = f.version_number AND l.from_end = 1
            JOIN (SELECT \(id), version_number, MAX(seen_to) AS last_seen FROM \(numbered)
                GROUP BY \(id), version_number) s ON s.\(id) = f.\(id) AND s.version_number = f.version_number
            JOIN \(versions) a ON a.\(id) = l.\(id) AND a.seen_from = l.seen_from AND a.feed_key = l.feed_key
                AND a.utc_date = l.utc_date\(lives)
            WHERE f.from_start = 1
            """
    }

    /// The columns of the dimension, in order.
    var dimensionColumns: [String] { Schema.table(dimension)?.columnNames ?? [] }

    /// The bits of the groups in which a version differs from the one before; 0 for the first version.
    private func noteChanges(in dialect: SQLDialect) -> String {
        let terms = changeGroups.map { group in
            let same = group.columns.map { isSame($0, "n.\($0)", "p.\($0)", in: dialect) }
            return "CASE WHEN \(same.joined(separator: " AND ")) THEN 0 ELSE \(group.bit) END"
        }
        return """
            UPDATE \(chain) SET change_mask = x.change_mask FROM (
                SELECT n.\(key), \(terms.joined(separator: " + ")) AS change_mask
                FROM \(chain) n JOIN \(chain) p
                    ON p.\(sourceKey) = n.\(sourceKey) AND p.version_number = n.version_number - 1
            ) x WHERE \(chain).\(key) = x.\(key)
            """
    }

    /// Whether two values of a column of the dimension are told apart by the change mask.
    func isSame(_ column: String, _ new: String, _ old: String, in dialect: SQLDialect) -> String {
        // Hashed with five decimals, see `Versioned`.
        if ["lat", "lon"].contains(column) { return Self.isEqual("ROUND(\(new), 5)", "ROUND(\(old), 5)") }
        let type = Schema.table(dimension)?.columnTypes[column]
        return Self.isEqual(dialect.comparable(new, of: type), dialect.comparable(old, of: type))
    }

    private static func isEqual(_ new: String, _ old: String) -> String {
        "(\(new) = \(old) OR (\(new) IS NULL AND \(old) IS NULL))"
    }
}
