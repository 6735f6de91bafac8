import Cleaning

/// The short way for objects of which a load tells nothing new.
///
/// Nearly every object of a new day is as it was: its newest version goes on, and its history need not be derived
/// again. That holds where one feed alone shows it, and all its new runs lie after all that was seen and have the newest
/// version's attributes. Whatever else an object has to tell makes it a touched one. Both ways end in the
/// same rows, so that the order of loads does not matter.
extension VersionedEntity {
    /// Collects the objects that continue.
    func collectContinued(in dialect: SQLDialect) -> String {
        let source = "source_\(name)_id"
        let versioned = changeGroups.flatMap(\.columns)
        let staged = zip(versioned, Schema.fitted(versioned, of: "s", to: versions, in: dialect)).map { column, value in
            // Staged as it was read, kept with six decimals.
            ["lat", "lon"].contains(column) ? "CAST(\(value) AS \(dialect.typeName(.coordinate)))" : value
        }
        let same = zip(versioned, staged).map { isSame($0, $1, "d.\($0)", in: dialect) }
        // Other connectors may be another point under the same id.
        let identity = canBeReused ? ["s.connector_hash = d.connector_hash"] : []
        let conditions =
            ["s.attr_hash = d.attr_hash", "s.seen_from > d.last_seen"] + identity
            + ["\(Schema.fitted([source], of: "s", to: versions, in: dialect)[0]) = d.\(source)"] + same
        return """
            CREATE TEMP TABLE \(continued) AS
            SELECT x.\(id) FROM (
                SELECT s.\(id) FROM \(staging) s JOIN \(dimension) d ON d.\(sourceKey) = s.\(id) AND d.is_current
                GROUP BY s.\(id) HAVING MIN(CASE WHEN \(conditions.joined(separator: " AND ")) THEN 1 ELSE 0 END) = 1
            ) x
            LEFT JOIN (
                SELECT v.\(id) FROM (
                    SELECT \(id), feed_key FROM \(versions) UNION ALL SELECT \(id), feed_key FROM \(staging)
                ) v GROUP BY v.\(id) HAVING MIN(v.feed_key) <> MAX(v.feed_key)
            ) o ON o.\(id) = x.\(id)
            WHERE o.\(id) IS NULL
            """
    }

    /// Lets their newest versions go on: until the last poll, with the attributes that make no version as last seen.
    func continueVersions(in dialect: SQLDialect) -> String {
        let taken = file.columns.map(\.name).filter { column in
            dimensionColumns.contains(column) && ![id, key, "point_id", "feed_key", "attr_hash"].contains(column)
        }
        let fitted = zip(taken, Schema.fitted(taken, of: "s", to: versions, in: dialect))
        let values = fitted.map { "\($1) AS \($0)" }.joined(separator: ", ")
        let assignments = taken.map { "\($0) = r.\($0)" }.joined(separator: ", ")
        return """
            UPDATE \(dimension) SET last_seen = r.seen_to, \(assignments) FROM (
                SELECT s.\(id), s.seen_to, \(values),
                    ROW_NUMBER() OVER (PARTITION BY s.\(id) ORDER BY s.seen_from DESC, s.utc_date) AS from_end
                FROM \(staging) s JOIN \(continued) c ON c.\(id) = s.\(id)
            ) r
            WHERE r.from_end = 1 AND \(dimension).is_current AND \(dimension).\(sourceKey) = r.\(id)
            """
    }
}
