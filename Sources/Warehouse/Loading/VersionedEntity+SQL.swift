import Cleaning

/// What a load does with an entity before and after its chain of versions is derived.
extension VersionedEntity {
    /// The objects whose history can change: in the new slices and not just continued, or in what the new slices replace.
    var collectTouched: String {
        let former = """
            SELECT v.\(id) FROM \(versions) v
            JOIN stg_slice s ON s.feed_key = v.feed_key AND s.utc_date = v.utc_date
            """
        // The connectors of points whose source id is, or was taken to be, re-used.
        let ofLives =
            name == "connector"
            ? """

            UNION
            SELECT v.connector_id FROM etl_connector_version v JOIN touched_point t ON t.point_id = v.point_id
            JOIN known_life k ON k.source_key = v.point_id
            """ : ""
        return """
            CREATE TEMP TABLE \(touched) AS
            SELECT s.\(id) FROM \(staging) s LEFT JOIN \(continued) c ON c.\(id) = s.\(id) WHERE c.\(id) IS NULL
            UNION
            \(former)\(ofLives)
            """
    }

    /// Replaces what the slices saw; columns that no feed fills stay null.
    func replaceSeen(in dialect: SQLDialect) -> [String] {
        let names = file.columns.map(\.name)
        let columns = names.joined(separator: ", ")
        let values = Schema.fitted(names, to: versions, in: dialect).joined(separator: ", ")
        return [
            Self.deleteSlices(from: versions),
            "INSERT INTO \(versions) (\(columns)) SELECT \(values) FROM \(staging)",
        ]
    }

    static func isInSlices(_ table: String, day: String = "utc_date") -> String {
        """
        EXISTS (SELECT 1 FROM stg_slice
        WHERE stg_slice.feed_key = \(table).feed_key AND stg_slice.utc_date = \(table).\(day))
        """
    }

    static func deleteSlices(from table: String, day: String = "utc_date") -> String {
        "DELETE FROM \(table) WHERE \(isInSlices(table, day: day))"
    }

    /// Objects that were known and whose set of versions is another one now: facts of other slices may point to
    /// versions that are gone.
    var collectChanged: String {
        let same = ([key, id] + (name == "connector" ? ["point_id"] : []))
            .map { "d.\($0) = c.\($0)" }.joined(separator: " AND ")
        return """
            CREATE TEMP TABLE \(changed) AS
            SELECT DISTINCT x.object_key FROM (
                SELECT c.\(sourceKey) AS object_key FROM \(chain) c LEFT JOIN \(dimension) d ON \(same)
                WHERE d.\(key) IS NULL
                UNION ALL
                SELECT d.\(sourceKey) FROM \(dimension) d JOIN \(touched) t ON t.\(id) = d.\(sourceKey)
                LEFT JOIN \(chain) c ON \(same) WHERE c.\(key) IS NULL
            ) x JOIN \(dimension) known ON known.\(sourceKey) = x.object_key
            """
    }

    /// Puts the derived versions in place of the old ones.
    var replaceDimension: [String] {
        let columns = dimensionColumns.joined(separator: ", ")
        return [
            """
            DELETE FROM \(dimension) WHERE EXISTS (SELECT 1 FROM \(touched)
            WHERE \(touched).\(id) = \(dimension).\(sourceKey))
            """,
            "INSERT INTO \(dimension) (\(columns)) SELECT \(columns) FROM \(chain)",
        ]
    }

    /// From when to when a version is the right one for a fact: the first version also stands for the time before it,
    /// in which the object was not yet seen.
    var deriveMatch: String {
        let station = name == "point" || name == "connector" ? ", d.station_id" : ""
        return """
            CREATE TEMP TABLE \(match) AS
            SELECT d.\(sourceKey) AS object_key, d.\(id), d.\(key)\(station), d.valid_to AS match_to,
                CASE WHEN ROW_NUMBER() OVER (PARTITION BY d.\(sourceKey) ORDER BY d.valid_from) = 1
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
                name: "\(dimension): one source id per \(sourceKey)",
                sql: """
                    SELECT v.\(sourceKey), MIN(v.\(source)), MAX(v.\(source)) FROM \(chain) v
                    GROUP BY v.\(sourceKey) HAVING MIN(v.\(source)) <> MAX(v.\(source)) ORDER BY v.\(sourceKey)
                    """
            )
        ]
    }
}

/// The lives of re-used source ids of points: empty in nearly every warehouse.
enum PointLives {
    /// Source keys and durable ids before the load, where they differ.
    static let noteFormer = """
        CREATE TEMP TABLE known_life AS
        SELECT DISTINCT d.source_point_key AS source_key, d.point_id AS durable_id FROM dim_charging_point d
        WHERE d.point_id <> d.source_point_key
        """

    /// Source keys and durable ids after the load, with the time of each life.
    static let derive = [
        """
        CREATE TEMP TABLE point_life AS
        WITH lives AS (
            SELECT d.source_point_key AS source_key, d.point_id AS durable_id, MIN(d.valid_from) AS life_from
            FROM dim_charging_point d
            WHERE d.source_point_key IN
                (SELECT o.source_point_key FROM dim_charging_point o WHERE o.point_id <> o.source_point_key)
            GROUP BY d.source_point_key, d.point_id
        )
        SELECT l.source_key, l.durable_id,
            CASE WHEN l.durable_id = l.source_key THEN TIMESTAMP '0001-01-01 00:00:00' ELSE l.life_from END AS life_from,
            COALESCE(LEAD(l.life_from) OVER (PARTITION BY l.source_key ORDER BY l.life_from),
                TIMESTAMP '9999-12-31 00:00:00') AS life_to
        FROM lives l
        """,
        """
        INSERT INTO known_life SELECT l.source_key, l.durable_id FROM point_life l
        LEFT JOIN known_life k ON k.durable_id = l.durable_id WHERE k.durable_id IS NULL
        """,
    ]
}
