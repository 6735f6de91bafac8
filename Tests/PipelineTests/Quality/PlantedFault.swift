import Analytics
import ChargingModel
import Foundation
import Warehouse

/// A fault that is planted into a copy of a clean warehouse, and the rules that must notice it.
struct PlantedFault {
    /// The rule that the fault is for.
    let rule: String
    let statements: [String]
    /// Rules that such a fault breaks too, because of what it is.
    var also: Set<String> = []

    var expected: Set<String> { also.union([rule]) }

    init(_ rule: String, _ statements: String..., also: Set<String> = []) {
        self.rule = rule
        self.statements = statements
        self.also = also
    }

    /// One fault at least for each rule.
    static let all = PlantedKeys.all + PlantedNulls.all + PlantedLinks.all + PlantedHistories.all + PlantedValues.all

    static let lastDay = "DATE '\(CleanWorld.last)'"

    /// A row of a table that has none in the clean world.
    static func fill(_ table: TableDefinition) -> String {
        let values = table.columns.map { column in
            switch column.type {
            case .bigint, .integer, .smallint, .double, .coordinate: "1 AS \(column.name)"
            case .boolean: "TRUE AS \(column.name)"
            case .date: "\(lastDay) AS \(column.name)"
            case .timestamp: "CAST(\(lastDay) AS TIMESTAMP) AS \(column.name)"
            case .json, .text: "'1' AS \(column.name)"
            }
        }
        return "INSERT INTO \(table.name) SELECT \(values.joined(separator: ", ")) "
            + "WHERE NOT EXISTS (SELECT 1 FROM \(table.name))"
    }

    /// One row of a table, always the same.
    static func row(of table: String, where condition: String = "1 = 1") -> String {
        "rowid = (SELECT MIN(rowid) FROM \(table) WHERE \(condition))"
    }
}

/// Rows that occur twice.
enum PlantedKeys {
    static let all = Schema.tables.flatMap { table in
        let keys = (table.primaryKey.isEmpty ? [] : ["CHECK_GRAIN_\(table.name.uppercased())"])
        let unique = table.uniqueKeys.map { ruleID(table, $0) }
        let twice = keys.map { rule in
            PlantedFault(
                rule,
                PlantedFault.fill(table),
                copy(of: table),
                also: Set(unique).union(consequences[rule] ?? [])
            )
        }
        return twice
            + unique.map { rule in
                PlantedFault(rule, copy(of: table, changing: newKeys[table.name]), also: consequences[rule] ?? [])
            }
    }

    private static func ruleID(_ table: TableDefinition, _ key: [String]) -> String {
        "CHECK_UNIQUE_\(table.name)_BY_\(key.joined(separator: "_"))".uppercased()
    }

    private static func copy(of table: TableDefinition, changing change: String? = nil) -> String {
        let columns = change.map { "* REPLACE (\($0))" } ?? "*"
        return """
            INSERT INTO \(table.name) SELECT \(columns) FROM \(table.name)
            WHERE \(PlantedFault.row(of: table.name, where: sources[table.name] ?? "1 = 1"))
            """
    }

    /// Rows whose repetition touches no other rule than it must.
    private static let sources = [
        "etl_reject": "severity = 'finding'", "dim_operator": "NOT is_current",
        "dim_charging_station": "NOT is_current", "dim_charging_point": "NOT is_current",
        "dim_connector": "NOT is_current",
    ]

    /// How the primary key is changed, so that only the other key is twice.
    private static let newKeys = [
        "dim_feed": "feed_key + 1 AS feed_key", "dim_operator": "operator_sk + 1 AS operator_sk",
        "dim_city": "city_key + 1 AS city_key", "dim_status": "status_key + 100 AS status_key",
        "map_status": "raw_status || 'x' AS raw_status", "dim_charging_station": "station_sk + 1 AS station_sk",
        "dim_charging_point": "point_sk + 1 AS point_sk", "dim_connector": "connector_sk + 1 AS connector_sk",
    ]

    private static func history(_ name: String) -> Set<String> {
        ["CHECK_HISTORY_\(name)_OVERLAP", "CHECK_HISTORY_\(name)_REPEATED"]
    }

    /// A version that stands twice follows itself, and a fact that stands twice counts twice.
    private static let consequences: [String: Set<String>] = [
        "CHECK_GRAIN_DIM_OPERATOR": history("OPERATOR"),
        "CHECK_UNIQUE_DIM_OPERATOR_BY_OPERATOR_ID_VALID_FROM": history("OPERATOR"),
        "CHECK_UNIQUE_DIM_STATUS_BY_CODE": ["CHECK_VOCABULARY_STATUS"],
        "CHECK_GRAIN_DIM_CHARGING_STATION": history("STATION"),
        "CHECK_UNIQUE_DIM_CHARGING_STATION_BY_STATION_ID_VALID_FROM": history("STATION"),
        "CHECK_GRAIN_DIM_CHARGING_POINT": history("POINT"),
        "CHECK_UNIQUE_DIM_CHARGING_POINT_BY_POINT_ID_VALID_FROM": history("POINT"),
        "CHECK_GRAIN_DIM_CONNECTOR": history("CONNECTOR"),
        "CHECK_UNIQUE_DIM_CONNECTOR_BY_CONNECTOR_ID_VALID_FROM": history("CONNECTOR"),
        "CHECK_GRAIN_FACT_POINT_STATUS": ["CHECK_FACT_SECONDS", "CHECK_TILING_POINT"],
        "CHECK_GRAIN_FACT_CONNECTOR_STATUS": ["CHECK_TILING_CONNECTOR"],
        "CHECK_GRAIN_AGG_POINT_HOUR": ["CHECK_FACT_SECONDS"],
    ]
}

/// Required columns without a value.
enum PlantedNulls {
    static let all = Schema.tables.compactMap { table -> PlantedFault? in
        let keys = Set(table.primaryKey + table.uniqueKeys.flatMap(\.self))
        let rule = "CHECK_NOT_NULL_\(table.name.uppercased())"
        let required = table.columns.filter(\.isRequired).map(\.name)
        guard let column = chosen[table.name] ?? required.last(where: { !keys.contains($0) }) ?? required.last else {
            return nil
        }
        return PlantedFault(
            rule,
            PlantedFault.fill(table),
            "ALTER TABLE \(table.name) ALTER COLUMN \(column) DROP NOT NULL",
            "UPDATE \(table.name) SET \(column) = NULL WHERE \(PlantedFault.row(of: table.name))",
            also: consequences[rule] ?? []
        )
    }

    /// Columns on which less depends than on the last required one.
    private static let chosen: [String: String] = [:]
    private static let consequences: [String: Set<String>] = [
        "CHECK_NOT_NULL_ETL_POINT_COPY": ["CHECK_COPY_COUNTED"]
    ]
}

/// Keys that name nothing.
enum PlantedLinks {
    static let all =
        RelationshipRules.links.map { link in
            let nobody = values[link.column] ?? "4242424242"
            let row = PlantedFault.row(of: link.table, where: "\(link.column) IS NOT NULL")
            return PlantedFault(
                link.ruleID,
                "UPDATE \(link.table) SET \(link.column) = \(nobody) WHERE \(row)",
                also: consequences[link.ruleID] ?? []
            )
        } + [
            PlantedFault(
                "CHECK_FACT_POINT_VERSION",
                "UPDATE fact_point_status SET point_sk = (SELECT MAX(point_sk) FROM dim_charging_point "
                    + "WHERE point_id <> fact_point_status.point_id) WHERE \(PlantedFault.row(of: "fact_point_status"))"
            ),
            PlantedFault(
                "CHECK_FACT_STATION_VERSION",
                "UPDATE fact_point_status SET station_sk = (SELECT MAX(station_sk) FROM dim_charging_station "
                    + "WHERE NOT is_current) WHERE \(PlantedFault.row(of: "fact_point_status", where: "utc_date = \(PlantedFault.lastDay)"))"
            ),
        ]

    private static let values = ["status_key": "99", "hour_utc": "TIMESTAMP '1999-01-01 00:00:00'"]
    /// A row that moves to another feed, point, hour or status is missing where it was.
    private static let consequences: [String: Set<String>] = [
        "CHECK_REF_FACT_POINT_STATUS_FEED_KEY": ["CHECK_FACT_SECONDS", "CHECK_TILING_POINT"],
        "CHECK_REF_FACT_POINT_STATUS_STATUS_KEY": ["CHECK_FACT_SECONDS", "CHECK_VOCABULARY_MAP"],
        "CHECK_REF_FACT_CONNECTOR_STATUS_FEED_KEY": ["CHECK_TILING_CONNECTOR"],
        "CHECK_REF_AGG_POINT_HOUR_FEED_KEY": ["CHECK_FACT_SECONDS", "CHECK_HOURS_OF_DAY"],
        "CHECK_REF_AGG_POINT_HOUR_HOUR_UTC": ["CHECK_FACT_SECONDS", "CHECK_HOURS_OF_DAY"],
        "CHECK_REF_AGG_POINT_HOUR_POINT_ID": ["CHECK_HOURS_OF_DAY"],
        "CHECK_REF_MAP_STATUS_STATUS_KEY": ["CHECK_VOCABULARY_MAP"],
        "CHECK_REF_ETL_POLL_FEED_KEY": ["CHECK_MART_FRESH"], "CHECK_REF_ETL_LOAD_FEED_KEY": ["CHECK_REJECTS_KEPT"],
        "CHECK_REF_ETL_POINT_COPY_POINT_ID": ["CHECK_FACT_SECONDS"],
        "CHECK_REF_ETL_POINT_COPY_COUNTED_POINT_ID": ["CHECK_COPY_COUNTED"],
    ]
}

/// Versions that do not follow one another.
enum PlantedHistories {
    private static let entities = [
        ("operator", "dim_operator"), ("station", "dim_charging_station"), ("point", "dim_charging_point"),
        ("connector", "dim_connector"),
    ]

    static let all = entities.flatMap { name, dimension in
        let rule = { (suffix: String) in "CHECK_HISTORY_\(name.uppercased())_\(suffix)" }
        let former = PlantedFault.row(of: dimension, where: "NOT is_current")
        let later = PlantedFault.row(of: dimension, where: "change_mask <> 0")
        // One of twelve stations with two truths at once is above the limit of flapping.
        let twoTruths: Set<String> = name == "station" ? ["CHECK_HISTORY_STATION_FLAPPING"] : []
        let chain = name == "point" ? "source_point_key" : "\(name)_id"
        return [
            PlantedFault(
                rule("GAP"),
                "UPDATE \(dimension) SET valid_to = valid_to - INTERVAL '1 second' WHERE \(former)"
            ),
            PlantedFault(
                rule("OVERLAP"),
                "UPDATE \(dimension) SET valid_to = valid_to + INTERVAL '1 second' WHERE \(former)",
                also: twoTruths
            ),
            PlantedFault(
                rule("CURRENT"),
                "UPDATE \(dimension) SET is_current = FALSE WHERE \(PlantedFault.row(of: dimension, where: "is_current"))"
            ),
            PlantedFault(
                rule("SEEN"),
                "UPDATE \(dimension) SET last_seen = valid_from - INTERVAL '1 second' WHERE \(former)"
            ),
            PlantedFault(
                rule("REPEATED"),
                "UPDATE \(dimension) SET attr_hash = (SELECT o.attr_hash FROM \(dimension) o "
                    + "WHERE o.\(chain) = \(dimension).\(chain) AND NOT o.is_current) WHERE \(later)",
                also: twoTruths
            ),
            flapping(name, dimension),
        ]
    }

    /// A tenth and more of the objects of a slice have other attributes than their versions.
    private static func flapping(_ name: String, _ dimension: String) -> PlantedFault {
        let table = "etl_\(name)_version"
        let slice = "utc_date = \(PlantedFault.lastDay)"
        let rule = "CHECK_HISTORY_\(name.uppercased())_FLAPPING"
        guard name == "operator" else {
            return PlantedFault(
                rule,
                "UPDATE \(table) SET attr_hash = 'other' WHERE \(slice) AND rowid % 5 = 0"
            )
        }
        // The world has one operator a feed: ten more are invented, with versions that tell something else.
        let numbers = (1...10).map { "SELECT \($0) AS n" }.joined(separator: " UNION ALL ")
        return PlantedFault(
            rule,
            """
            INSERT INTO \(dimension) SELECT o.* REPLACE (o.operator_id + x.n AS operator_id,
                o.operator_sk + x.n AS operator_sk, TIMESTAMP '2026-03-01 00:00:00' AS valid_from)
            FROM (SELECT * FROM \(dimension) WHERE is_current ORDER BY operator_sk LIMIT 1) o CROSS JOIN (\(numbers)) x
            """,
            """
            INSERT INTO \(table) SELECT v.* REPLACE (v.operator_id + x.n AS operator_id, 'other' AS attr_hash)
            FROM (SELECT t.* FROM \(table) t JOIN \(dimension) d ON d.operator_id = t.operator_id AND t.\(slice)
                AND d.is_current ORDER BY d.operator_sk LIMIT 1) v CROSS JOIN (\(numbers)) x
            """
        )
    }
}
