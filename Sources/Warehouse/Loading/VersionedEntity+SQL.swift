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
    var deriveChain: String {
        let order = "PARTITION BY r.\(id) ORDER BY r.seen_from, r.seen_to, r.utc_date, r.feed_key"
        let within = "PARTITION BY n.\(id), n.version_number"
        let attributes = attributes.map { "e.\($0)" }.joined(separator: ", ")
        let kept = (attributes.isEmpty ? [] : self.attributes.map { "n.\($0)" }).joined(separator: ", ")
        let feed = hasFeed ? "n.feed_key, " : ""
        return """
            CREATE TEMP TABLE \(chain) AS
            WITH runs AS (
                SELECT v.*, LAG(v.attr_hash) OVER (PARTITION BY v.\(id)
                    ORDER BY v.seen_from, v.seen_to, v.utc_date, v.feed_key) AS former_hash
                FROM \(versions) v JOIN \(touched) t ON t.\(id) = v.\(id)
            ), numbered AS (
                SELECT r.*, SUM(CASE WHEN r.former_hash = r.attr_hash THEN 0 ELSE 1 END)
                    OVER (\(order) ROWS UNBOUNDED PRECEDING) AS version_number
                FROM runs r
            ), ends AS (
                SELECT n.\(id), n.version_number, n.attr_hash, \(feed)\(kept),
                    FIRST_VALUE(n.\(key)) OVER (\(within) ORDER BY n.seen_from, n.seen_to, n.utc_date, n.feed_key
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS \(key),
                    FIRST_VALUE(n.load_id) OVER (\(within) ORDER BY n.seen_from, n.seen_to, n.utc_date, n.feed_key
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS first_load_id,
                    MIN(n.seen_from) OVER (\(within)) AS valid_from,
                    MAX(n.seen_to) OVER (\(within)) AS last_seen,
                    ROW_NUMBER() OVER (\(within)
                        ORDER BY n.seen_from DESC, n.seen_to DESC, n.utc_date DESC, n.feed_key DESC) AS from_end
                FROM numbered n
            )
            SELECT e.\(key), e.\(id), \(hasFeed ? "e.feed_key, " : "")\(attributes), e.valid_from,
                COALESCE(LEAD(e.valid_from) OVER (PARTITION BY e.\(id) ORDER BY e.valid_from),
                    TIMESTAMP '9999-12-31 00:00:00') AS valid_to,
                CASE WHEN LEAD(e.valid_from) OVER (PARTITION BY e.\(id) ORDER BY e.valid_from) IS NULL
                    THEN TRUE ELSE FALSE END AS is_current,
                e.attr_hash, \(changeMask) AS change_mask, e.last_seen, e.first_load_id
            FROM ends e WHERE e.from_end = 1
            """
    }

    /// The bits of the groups in which a version differs from the one before; 0 for the first version.
    private var changeMask: String {
        let terms = changeGroups.map { group in
            let differs = group.columns.map { column in
                let before = "LAG(e.\(column)) OVER (PARTITION BY e.\(id) ORDER BY e.valid_from)"
                let isSame = "e.\(column) = \(before) OR (e.\(column) IS NULL AND \(before) IS NULL)"
                return "CASE WHEN \(isSame) THEN 0 ELSE 1 END"
            }
            return "CASE WHEN \(differs.joined(separator: " + ")) > 0 THEN \(group.bit) ELSE 0 END"
        }
        return """
            CASE WHEN LAG(e.valid_from) OVER (PARTITION BY e.\(id) ORDER BY e.valid_from) IS NULL THEN 0
            ELSE \(terms.joined(separator: " + ")) END
            """
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
