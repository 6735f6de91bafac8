/// A fact of status intervals, with its staging table.
struct FactTable: Sendable {
    let name: String
    let staging: String
    let entity: VersionedEntity
    /// Columns that the fact takes from the flat file as they are.
    let ids: [String]

    static let pointStatus = FactTable(
        name: "fact_point_status",
        staging: "stg_status_chargingpoints",
        entity: .point,
        ids: ["point_id"]
    )

    static let connectorStatus = FactTable(
        name: "fact_connector_status",
        staging: "stg_status_connectors",
        entity: .connector,
        ids: ["connector_id", "point_id"]
    )

    static let all = [pointStatus, connectorStatus]

    private static let measures = [
        "raw_status_key", "valid_from", "valid_to", "observations", "start_reason", "end_reason", "source_time",
        "load_id",
    ]

    /// Replaces the slices' rows, with the versions of the object and of its station that were in force.
    var replaceSlices: [String] {
        let key = entity.key
        let own = ["utc_date", "feed_key"] + ids
        let columns = own + [key, "station_sk", "status_key"] + Self.measures
        let values =
            own.map { "f.\($0)" } + ["o.\(key)", "st.station_sk", "d.status_key"] + Self.measures.map { "f.\($0)" }
        return [
            VersionedEntity.deleteSlices(from: name),
            """
            INSERT INTO \(name) (\(columns.joined(separator: ", ")))
            SELECT \(values.joined(separator: ", ")) FROM \(staging) f
            \(versionJoins)
            JOIN dim_status d ON d.code = f.status
            ORDER BY f.utc_date, f.feed_key, f.\(entity.id), f.valid_from
            """,
        ]
    }

    /// The versions in force at the start of an interval.
    private var versionJoins: String {
        """
        JOIN \(entity.match) o ON o.\(entity.id) = f.\(entity.id)
            AND f.valid_from >= o.match_from AND f.valid_from < o.match_to
        JOIN match_station st ON st.station_id = o.station_id
            AND f.valid_from >= st.match_from AND f.valid_from < st.match_to
        """
    }

    /// Slices other than the loaded ones whose facts point to versions that are no longer the right ones.
    var collectMoved: String {
        """
        SELECT DISTINCT f.utc_date, f.feed_key FROM \(name) f
        JOIN (SELECT o.\(entity.id) FROM \(entity.match) o JOIN changed_station c ON c.station_id = o.station_id
              UNION SELECT c.\(entity.id) FROM \(entity.changed) c) x ON x.\(entity.id) = f.\(entity.id)
        \(versionJoins)
        WHERE f.\(entity.key) <> o.\(entity.key) OR f.station_sk <> st.station_sk
        """
    }

    /// Points the facts of those slices to the right versions.
    var rekeyMoved: String {
        let key = entity.key
        return """
            UPDATE \(name) SET \(key) = r.\(key), station_sk = r.station_sk FROM (
                SELECT f.\(entity.id), f.valid_from, o.\(key), st.station_sk FROM \(name) f
                JOIN moved_slice m ON m.utc_date = f.utc_date AND m.feed_key = f.feed_key
                \(versionJoins)
                WHERE f.\(key) <> o.\(key) OR f.station_sk <> st.station_sk
            ) r
            WHERE \(name).\(entity.id) = r.\(entity.id) AND \(name).valid_from = r.valid_from
            """
    }

    /// Guards on the staged rows, before anything is deleted.
    func stagingChecks(in dialect: SQLDialect) -> [TransactionStep] {
        let id = entity.id
        let seconds = dialect.secondsBetween("f.valid_from", "f.valid_to")
        return [
            .check(
                name: "\(staging): every object-day is tiled by its intervals",
                sql: """
                    SELECT x.utc_date, x.feed_key, x.\(id), SUM(x.duration_s) AS duration_s FROM (
                        SELECT f.utc_date, f.feed_key, f.\(id), \(seconds) AS duration_s,
                            CASE WHEN LAG(f.valid_to) OVER (PARTITION BY f.utc_date, f.feed_key, f.\(id)
                                ORDER BY f.valid_from) <> f.valid_from THEN 1 ELSE 0 END AS is_broken,
                            CASE WHEN f.valid_from < CAST(f.utc_date AS TIMESTAMP) OR f.valid_to <= f.valid_from
                                THEN 1 ELSE 0 END AS is_outside
                        FROM \(staging) f) x
                    GROUP BY x.utc_date, x.feed_key, x.\(id)
                    HAVING SUM(x.duration_s) <> 86400 OR SUM(x.is_broken) > 0 OR SUM(x.is_outside) > 0
                    ORDER BY x.utc_date, x.feed_key, x.\(id)
                    """
            ),
            .check(
                name: "\(staging): every status is known",
                sql: """
                    SELECT DISTINCT f.status FROM \(staging) f LEFT JOIN dim_status d ON d.code = f.status
                    WHERE d.code IS NULL ORDER BY f.status
                    """
            ),
        ]
    }

    /// Every staged row must have become a fact.
    var arrivalCheck: TransactionStep {
        .check(
            name: "\(name): every staged interval arrived",
            sql: """
                SELECT s.feed_key, s.utc_date, s.staged, COALESCE(f.arrived, 0) AS arrived FROM (
                    SELECT feed_key, utc_date, COUNT(*) AS staged FROM \(staging) GROUP BY feed_key, utc_date) s
                LEFT JOIN (SELECT a.feed_key, a.utc_date, COUNT(*) AS arrived FROM \(name) a
                    JOIN stg_slice b ON b.feed_key = a.feed_key AND b.utc_date = a.utc_date
                    GROUP BY a.feed_key, a.utc_date) f ON f.feed_key = s.feed_key AND f.utc_date = s.utc_date
                WHERE s.staged <> COALESCE(f.arrived, 0) ORDER BY s.feed_key, s.utc_date
                """
        )
    }
}
