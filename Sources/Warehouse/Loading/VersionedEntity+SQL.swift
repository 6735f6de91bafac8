import Cleaning

/// The history of an object as a function of the set of loaded slices, never of their order.
///
/// Slices say what they saw (`etl_…_version`). A version is a maximal sequence of equal attributes over all of them;
/// it starts at the poll that saw it first. Only objects that a load touches are derived again.
extension VersionedEntity {
    /// The objects whose history can change: in the new slices, or in what the new slices replace.
    var collectTouched: String {
        """
        CREATE TEMP TABLE \(touched) AS
        SELECT s.\(id) FROM \(staging) s
        UNION
        SELECT v.\(id) FROM \(versions) v
        JOIN stg_slice s ON s.feed_key = v.feed_key AND s.utc_date = v.utc_date
        """
    }

    /// Replaces what the slices saw; columns that no feed fills stay null.
    var replaceSeen: [String] {
        let columns = file.columns.map(\.name).joined(separator: ", ")
        return [
            Self.deleteSlices(from: versions),
            "INSERT INTO \(versions) (\(columns)) SELECT \(columns) FROM \(staging)",
        ]
    }

    static func deleteSlices(from table: String, day: String = "utc_date") -> String {
        """
        DELETE FROM \(table) WHERE EXISTS (SELECT 1 FROM stg_slice
        WHERE stg_slice.feed_key = \(table).feed_key AND stg_slice.utc_date = \(table).\(day))
        """
    }

    /// The versions of the touched objects, one row each.
    ///
    /// The order of runs is decided on narrow rows; attributes are joined to the last run of each version.
    var deriveChain: [String] {
        let order = "r.seen_from, r.seen_to, r.utc_date, r.feed_key"
        let narrow = "\(id), \(key), utc_date, feed_key, load_id, seen_from, seen_to, attr_hash"
        let number = """
            CREATE TEMP TABLE \(numbered) AS
            WITH runs AS (
                SELECT \(Self.prefixed(narrow, "v")), LAG(v.attr_hash) OVER (PARTITION BY v.\(id)
                    ORDER BY v.seen_from, v.seen_to, v.utc_date, v.feed_key) AS former_hash
                FROM \(versions) v JOIN \(touched) t ON t.\(id) = v.\(id)
            ), counted AS (
                SELECT \(Self.prefixed(narrow, "r")), SUM(CASE WHEN r.former_hash = r.attr_hash THEN 0 ELSE 1 END)
                    OVER (PARTITION BY r.\(id) ORDER BY \(order) ROWS UNBOUNDED PRECEDING) AS version_number
                FROM runs r
            )
            SELECT \(Self.prefixed(narrow, "r")), r.version_number,
                ROW_NUMBER() OVER (PARTITION BY r.\(id), r.version_number ORDER BY \(order)) AS from_start,
                ROW_NUMBER() OVER (PARTITION BY r.\(id), r.version_number ORDER BY r.seen_from DESC, r.seen_to DESC,
                    r.utc_date DESC, r.feed_key DESC) AS from_end
            FROM counted r
            """
        let attributes = attributes.map { "a.\($0)" }.joined(separator: ", ")
        let next = "LEAD(f.seen_from) OVER (PARTITION BY f.\(id) ORDER BY f.version_number)"
        let chain = """
            CREATE TEMP TABLE \(chain) AS
            SELECT f.\(key), f.\(id), \(hasFeed ? "l.feed_key, " : "")\(attributes), f.version_number,
                f.seen_from AS valid_from, COALESCE(\(next), TIMESTAMP '9999-12-31 00:00:00') AS valid_to,
                CASE WHEN \(next) IS NULL THEN TRUE ELSE FALSE END AS is_current,
                f.attr_hash, 0 AS change_mask, s.last_seen, f.load_id AS first_load_id
            FROM \(numbered) f
            JOIN \(numbered) l ON l.\(id) = f.\(id) AND l.version_number = f.version_number AND l.from_end = 1
            JOIN (SELECT \(id), version_number, MAX(seen_to) AS last_seen FROM \(numbered)
                GROUP BY \(id), version_number) s ON s.\(id) = f.\(id) AND s.version_number = f.version_number
            JOIN \(versions) a ON a.\(id) = l.\(id) AND a.seen_from = l.seen_from AND a.feed_key = l.feed_key
                AND a.utc_date = l.utc_date
            WHERE f.from_start = 1
            """
        return [number, chain, noteChanges]
    }

    /// The bits of the groups in which a version differs from the one before; 0 for the first version.
    private var noteChanges: String {
        let terms = changeGroups.map { group in
            let isSame = group.columns.map { column in
                "(n.\(column) = p.\(column) OR (n.\(column) IS NULL AND p.\(column) IS NULL))"
            }
            return "CASE WHEN \(isSame.joined(separator: " AND ")) THEN 0 ELSE \(group.bit) END"
        }
        return """
            UPDATE \(chain) SET change_mask = x.change_mask FROM (
                SELECT n.\(key), \(terms.joined(separator: " + ")) AS change_mask
                FROM \(chain) n JOIN \(chain) p ON p.\(id) = n.\(id) AND p.version_number = n.version_number - 1
            ) x WHERE \(chain).\(key) = x.\(key)
            """
    }

    private static func prefixed(_ columns: String, _ table: String) -> String {
        columns.split(separator: ", ").map { "\(table).\($0)" }.joined(separator: ", ")
    }

    /// Objects that were known and whose set of versions is another one now: facts of other slices may point to
    /// versions that are gone.
    var collectChanged: String {
        """
        CREATE TEMP TABLE \(changed) AS
        SELECT DISTINCT x.\(id) FROM (
            SELECT c.\(id) FROM \(chain) c LEFT JOIN \(dimension) d ON d.\(key) = c.\(key) WHERE d.\(key) IS NULL
            UNION ALL
            SELECT d.\(id) FROM \(dimension) d JOIN \(touched) t ON t.\(id) = d.\(id)
            LEFT JOIN \(chain) c ON c.\(key) = d.\(key) WHERE c.\(key) IS NULL
        ) x JOIN \(dimension) known ON known.\(id) = x.\(id)
        """
    }

    /// Puts the derived versions in place of the old ones.
    var replaceDimension: [String] {
        let columns = (Schema.table(dimension)?.columnNames ?? []).joined(separator: ", ")
        return [
            "DELETE FROM \(dimension) WHERE EXISTS (SELECT 1 FROM \(touched) WHERE \(touched).\(id) = \(dimension).\(id))",
            "INSERT INTO \(dimension) (\(columns)) SELECT \(columns) FROM \(chain)",
        ]
    }

    /// From when to when a version is the right one for a fact: the first version also stands for the time before it,
    /// in which the object was not yet seen.
    var deriveMatch: String {
        let station = name == "point" || name == "connector" ? ", d.station_id" : ""
        return """
            CREATE TEMP TABLE \(match) AS
            SELECT d.\(id), d.\(key)\(station), d.valid_to AS match_to,
                CASE WHEN ROW_NUMBER() OVER (PARTITION BY d.\(id) ORDER BY d.valid_from) = 1
                    THEN TIMESTAMP '0001-01-01 00:00:00' ELSE d.valid_from END AS match_from
            FROM \(dimension) d
            """
    }

    /// The version keys are made from the id and the time: two different ids must never share one.
    var checks: [TransactionStep] {
        let source = "source_\(name)_id"
        let table = Schema.table(dimension)
        let duplicates = table.map { $0.duplicateChecks() } ?? []
        return duplicates + [
            .check(
                name: "\(dimension): one source id per \(id)",
                sql: """
                    SELECT v.\(id), MIN(v.\(source)), MAX(v.\(source)) FROM \(chain) v
                    GROUP BY v.\(id) HAVING MIN(v.\(source)) <> MAX(v.\(source)) ORDER BY v.\(id)
                    """
            )
        ]
    }
}
