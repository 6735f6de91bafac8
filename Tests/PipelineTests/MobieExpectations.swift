import WarehouseDuckDB

/// What the files of MOBI.E's exports say about history, asked in DuckDB's own SQL over the files themselves.
///
/// A value that later comes back can be a correction that makes no version, so that groups are compared for objects
/// whose values never come back. Coordinates that move by less than 1e-5 degrees make no version either, but show in
/// the change mask of the next one: stations with such a move are left out too. More than three in four remain.
struct MobieExpectations {
    struct Question {
        let name: String
        let sql: String
    }

    private let stations: String
    private let points: String

    init(folder: String) {
        stations = """
            stations AS (
                SELECT location_id AS id, snapshot_date, TRIM(party_id) AS party_id,
                    [TRIM(address), TRIM(city), ROUND(CAST(lat AS DOUBLE) * 100000)::VARCHAR,
                        ROUND(CAST(lon AS DOUBLE) * 100000)::VARCHAR] AS place,
                    lat || ' ' || lon AS exact_place
                FROM \(parquetTable(at: folder + "/locations.parquet")))
            """
        let connector = { (field: String) in "json_extract_string(connectors, '$[0].\(field)')" }
        points = """
            points AS (
                SELECT snapshot_date, evse_id, \(connector("id")) AS id,
                    [\(connector("standard")), \(connector("format"))] AS name,
                    [\(connector("power_type")), \(connector("max_voltage")), \(connector("max_amperage")),
                        \(connector("max_electric_power"))] AS power
                FROM \(parquetTable(at: folder + "/evses.parquet")))
            """
    }

    /// Rows whose values must all be equal.
    var equalities: [Question] {
        let count = { (name: String, found: String, expected: String) in
            Question(name: name, sql: "SELECT (\(found)) AS found, (\(expected)) AS expected")
        }
        return [
            count(
                "stations",
                "SELECT COUNT(DISTINCT station_id) FROM dim_charging_station",
                "WITH \(stations) SELECT COUNT(DISTINCT id) FROM stations"
            ),
            count(
                "points",
                "SELECT COUNT(DISTINCT point_id) FROM dim_charging_point",
                "WITH \(points) SELECT COUNT(DISTINCT evse_id) FROM points"
            ),
            count(
                "connectors",
                "SELECT COUNT(DISTINCT connector_id) FROM dim_connector",
                "WITH \(points) SELECT COUNT(DISTINCT id) FROM points"
            ),
            count(
                "operators",
                "SELECT COUNT(DISTINCT operator_id) FROM dim_operator",
                "WITH \(stations) SELECT COUNT(DISTINCT party_id) FROM stations"
            ),
            count(
                "observations of points",
                """
                SELECT COUNT(*) FROM fact_point_status f JOIN etl_poll p ON p.feed_key = f.feed_key AND p.is_chosen
                    AND f.valid_from <= p.slot_utc AND f.valid_to > p.slot_utc
                JOIN dim_status s ON s.status_key = f.status_key WHERE s.category NOT IN ('absent', 'unobserved')
                """,
                "WITH \(points) SELECT COUNT(*) FROM points"
            ),
        ]
    }

    /// Objects that are compared, and all objects.
    var compared: [Question] {
        [
            Question(
                name: "stations compared",
                sql: """
                    WITH \(stations), \(Self.runs("stations", ["place", "party_id"]))
                    SELECT (SELECT COUNT(*) FROM steady), (SELECT COUNT(*) FROM objects)
                    """
            ),
            Question(
                name: "connectors compared",
                sql: """
                    WITH \(points), \(Self.runs("points", ["name", "power", "evse_id"]))
                    SELECT (SELECT COUNT(*) FROM steady), (SELECT COUNT(*) FROM objects)
                    """
            ),
        ]
    }

    /// Objects whose changes differ between files and warehouse; there must be none.
    var differences: [Question] {
        [
            Question(
                name: "changes of place and operator, station by station",
                sql: """
                    WITH \(stations), \(Self.runs("stations", ["place", "party_id"])),
                    \(Self.found("station", "dim_charging_station", [2, 4]))
                    SELECT * FROM steady JOIN found ON found.id = steady.id
                    WHERE place_changes <> bit_2 OR party_id_changes <> bit_4
                    """
            ),
            Question(
                name: "changes of standard, power and point, connector by connector",
                sql: """
                    WITH \(points), \(Self.runs("points", ["name", "power", "evse_id"])),
                    \(Self.found("connector", "dim_connector", [1, 8, 64]))
                    SELECT * FROM steady JOIN found ON found.id = steady.id
                    WHERE name_changes <> bit_1 OR power_changes <> bit_8 OR evse_id_changes <> bit_64
                    """
            ),
            Question(
                name: "no object has more versions than its values have runs",
                sql: """
                    WITH \(points), \(Self.runs("points", ["name", "power", "evse_id"])),
                    \(Self.found("connector", "dim_connector", []))
                    SELECT * FROM objects JOIN found ON found.id = objects.id
                    WHERE found.changes > name_changes + power_changes + evse_id_changes
                    """
            ),
        ]
    }

    /// `objects` with the number of changes of each column, and of these the `steady` ones: no value comes back.
    private static func runs(_ table: String, _ columns: [String]) -> String {
        let former = columns.map { "LAG(\($0)) OVER w AS former_\($0)" }
        let changes = columns.map { "COUNT(*) FILTER (former_\($0) <> \($0)) AS \($0)_changes" }
        let steady = columns.map { "\($0)_changes + 1 = \($0)_values" }
        let values = columns.map { "COUNT(DISTINCT \($0)) AS \($0)_values" }
        let exact = table == "stations" ? " AND places = exact_places" : ""
        let places =
            table == "stations"
            ? ", COUNT(DISTINCT place[3:4]) AS places, COUNT(DISTINCT exact_place) AS exact_places" : ""
        return """
            former AS (
                SELECT *, \(former.joined(separator: ", ")) FROM \(table)
                WINDOW w AS (PARTITION BY id ORDER BY snapshot_date)),
            objects AS (
                SELECT id, \((changes + values).joined(separator: ", "))\(places) FROM former GROUP BY id),
            steady AS (SELECT * FROM objects WHERE \(steady.joined(separator: " AND "))\(exact))
            """
    }

    /// `found`: the changes of each object in the warehouse, all and by bit of the change mask.
    private static func found(_ name: String, _ dimension: String, _ bits: [Int]) -> String {
        let counts = bits.map { "COUNT(*) FILTER (number > 1 AND (change_mask & \($0)) <> 0) AS bit_\($0)" }
        return """
            numbered AS (
                SELECT source_\(name)_id AS id, change_mask,
                    ROW_NUMBER() OVER (PARTITION BY \(name)_id ORDER BY valid_from) AS number FROM \(dimension)),
            found AS (
                SELECT id, \((["COUNT(*) - 1 AS changes"] + counts).joined(separator: ", ")) FROM numbered GROUP BY id)
            """
    }
}
