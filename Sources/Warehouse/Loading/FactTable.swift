/// A fact of status intervals, with its staging table.
struct FactTable: Sendable {
    let name: String
    let staging: String
    let entity: VersionedEntity
    /// Columns that only this fact has, taken from the flat file as they are.
    let more: [String]

    static let pointStatus = FactTable(
        name: "fact_point_status",
        staging: "stg_status_chargingpoints",
        entity: .point,
        more: ["parking_sensor_status"]
    )

    static let connectorStatus = FactTable(
        name: "fact_connector_status",
        staging: "stg_status_connectors",
        entity: .connector,
        more: []
    )

    static let all = [pointStatus, connectorStatus]

    private static let measures = [
        "raw_status_key", "valid_from", "valid_to", "observations", "start_reason", "end_reason", "source_time",
        "load_id",
    ]

    private var isOfPoints: Bool { entity.name == "point" }

    /// The durable ids that the fact holds, as expressions over a row `f` whose point has the source key `point`, the
    /// version `o` and the life `p`.
    private func ids(point: String) -> [(column: String, value: String)] {
        isOfPoints
            ? [("point_id", "o.point_id")]
            : [("connector_id", "f.connector_id"), ("point_id", "COALESCE(p.durable_id, \(point))")]
    }

    /// Replaces the slices' rows, with the versions of the object and of its station that were in force.
    func replaceSlices(in dialect: SQLDialect) -> [String] {
        let key = entity.key
        let ids = ids(point: "f.point_id")
        let columns =
            ["utc_date", "feed_key"] + ids.map(\.column) + [key, "station_sk", "status_key"] + Self.measures + more
        let values =
            ["f.utc_date", "f.feed_key"] + ids.map(\.value) + ["o.\(key)", "st.station_sk", "d.status_key"]
            + Schema.fitted(Self.measures + more, of: "f", to: name, in: dialect)
        return [
            VersionedEntity.deleteSlices(from: name),
            """
            INSERT INTO \(name) (\(columns.joined(separator: ", ")))
            SELECT \(values.joined(separator: ", ")) FROM \(staging) f
            \(versionJoins(object: "f.\(entity.id)", point: "f.point_id"))
            JOIN dim_status d ON d.code = f.status
            ORDER BY f.utc_date, f.feed_key, f.\(entity.id), f.valid_from
            """,
        ]
    }

    /// The versions in force at the start of an interval; the arguments are expressions for source keys.
    private func versionJoins(object: String, point: String) -> String {
        let life = """

            LEFT JOIN point_life p ON p.source_key = \(point)
                AND f.valid_from >= p.life_from AND f.valid_from < p.life_to
            """
        return """
            JOIN \(entity.match) o ON o.object_key = \(object)
                AND f.valid_from >= o.match_from AND f.valid_from < o.match_to
            JOIN match_station st ON st.object_key = o.station_id
                AND f.valid_from >= st.match_from AND f.valid_from < st.match_to\(isOfPoints ? "" : life)
            """
    }

    /// The facts of changed objects with the keys that are right for them now.
    private func changedRows(selecting columns: String, from table: String) -> String {
        let point = "COALESCE(k.source_key, f.point_id)"
        let object = isOfPoints ? point : "f.connector_id"
        let wrong =
            ["f.\(entity.key) <> o.\(entity.key)", "f.station_sk <> st.station_sk"]
            + ids(point: point).map { "f.\($0.column) <> \($0.value)" }
        return """
            SELECT \(columns) FROM \(table)
            LEFT JOIN known_life k ON k.durable_id = f.point_id
            JOIN (SELECT m.object_key FROM \(entity.match) m JOIN changed_station c ON c.object_key = m.station_id
                  UNION SELECT c.object_key FROM \(entity.changed) c\(isOfPoints ? "" : ofChangedPoints))
                x ON x.object_key = \(object)
            \(versionJoins(object: object, point: point))
            WHERE \(wrong.joined(separator: " OR "))
            """
    }

    /// A connector's version can outlast a life of its point, so that its own versions say nothing of the change.
    private var ofChangedPoints: String {
        """

                  UNION SELECT v.connector_id FROM etl_connector_version v JOIN changed_point c ON c.object_key = v.point_id
        """
    }

    /// Slices other than the loaded ones whose facts point to versions that are no longer the right ones.
    var collectMoved: String {
        changedRows(selecting: "DISTINCT f.utc_date, f.feed_key", from: "\(name) f")
    }

    /// Points the facts of those slices to the right versions.
    var rekeyMoved: String {
        let ids = ids(point: "COALESCE(k.source_key, f.point_id)")
        let new = ids.map { "\($0.value) AS new_\($0.column)" } + ["o.\(entity.key)", "st.station_sk"]
        let assignments =
            ids.map { "\($0.column) = r.new_\($0.column)" }
            + [entity.key, "station_sk"].map { "\($0) = r.\($0)" }
        return """
            UPDATE \(name) SET \(assignments.joined(separator: ", ")) FROM (
                \(changedRows(
                    selecting: "f.utc_date, f.feed_key, f.\(entity.id), f.valid_from, \(new.joined(separator: ", "))",
                    from: "\(name) f JOIN moved_slice m ON m.utc_date = f.utc_date AND m.feed_key = f.feed_key"
                ))
            ) r
            WHERE \(name).utc_date = r.utc_date AND \(name).feed_key = r.feed_key
                AND \(name).\(entity.id) = r.\(entity.id) AND \(name).valid_from = r.valid_from
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
