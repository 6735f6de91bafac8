import ChargingModel

/// Values, sums, volumes and ages that are not in order.
enum PlantedValues {
    static let all = tiling + conservation + vocabulary + ranges + volumes + distributions + identities + ages

    private static let fact = "fact_point_status"
    private static let slice = "utc_date = \(PlantedFault.lastDay) AND feed_key = (SELECT MIN(feed_key) FROM dim_feed)"
    private static let hours =
        "CAST(hour_utc AS DATE) = \(PlantedFault.lastDay) AND feed_key = (SELECT MIN(feed_key) FROM dim_feed)"
    private static func row(_ table: String, _ condition: String = "1 = 1") -> String {
        PlantedFault.row(of: table, where: condition)
    }

    private static let tiling = [
        PlantedFault("CHECK_TILING_POINT", "DELETE FROM \(fact) WHERE \(row(fact))", also: ["CHECK_FACT_SECONDS"]),
        PlantedFault(
            "CHECK_TILING_CONNECTOR",
            "DELETE FROM fact_connector_status WHERE \(row("fact_connector_status"))"
        ),
        PlantedFault(
            "CHECK_TILING_SEEN_POINTS",
            "DELETE FROM \(fact) WHERE \(slice) AND point_id = (SELECT MIN(point_id) FROM \(fact) WHERE \(slice))",
            also: ["CHECK_FACT_SECONDS"]
        ),
    ]

    private static let conservation = [
        PlantedFault(
            "CHECK_HOUR_SECONDS",
            "UPDATE agg_point_hour SET absent_s = absent_s + 1 WHERE \(row("agg_point_hour"))",
            also: ["CHECK_FACT_SECONDS"]
        ),
        PlantedFault(
            "CHECK_HOURS_OF_DAY",
            "DELETE FROM agg_point_hour WHERE \(row("agg_point_hour"))",
            also: ["CHECK_FACT_SECONDS"]
        ),
        PlantedFault(
            "CHECK_FACT_SECONDS",
            "UPDATE agg_point_hour SET free_s = free_s - 60, reserved_s = reserved_s + 60 "
                + "WHERE \(row("agg_point_hour", "free_s = 3600 AND open_observed_s = 0"))"
        ),
        PlantedFault(
            "CHECK_COPY_COUNTED",
            "UPDATE etl_point_copy SET counted_point_id = point_id, counted_feed_key = feed_key WHERE \(row("etl_point_copy"))"
        ),
        PlantedFault("CHECK_RECORDS_READ", "UPDATE etl_load SET rows_kept = rows_kept - 1 WHERE \(row("etl_load"))"),
        PlantedFault("CHECK_REJECTS_KEPT", "DELETE FROM etl_reject WHERE \(row("etl_reject", "severity = 'reject'"))"),
        PlantedFault(
            "CHECK_CALENDAR_HOURS",
            "DELETE FROM dim_hour WHERE tz_name <> 'UTC' AND utc_date = \(PlantedFault.lastDay) "
                + "AND hour_utc = (SELECT MAX(hour_utc) FROM dim_hour WHERE utc_date = \(PlantedFault.lastDay))"
        ),
        PlantedFault(
            "CHECK_LOCAL_DAYS",
            "UPDATE dim_hour SET local_date = local_date + 1 WHERE tz_name <> 'UTC' "
                + "AND hour_utc = TIMESTAMP '2026-03-29 10:00:00'"
        ),
    ]

    private static let vocabulary = [
        PlantedFault("CHECK_VOCABULARY_STATUS", "UPDATE dim_status SET code = 'free' WHERE code = 'planned'"),
        PlantedFault("CHECK_VOCABULARY_POINT_REASONS", "UPDATE \(fact) SET start_reason = 6 WHERE \(row(fact))"),
        PlantedFault(
            "CHECK_VOCABULARY_CONNECTOR_REASONS",
            "UPDATE fact_connector_status SET end_reason = 0 WHERE \(row("fact_connector_status"))"
        ),
        PlantedFault(
            "CHECK_VOCABULARY_OUTCOME",
            "UPDATE etl_poll SET outcome = 'late' WHERE \(row("etl_poll", "NOT is_chosen"))"
        ),
        PlantedFault("CHECK_VOCABULARY_REJECT", "UPDATE etl_reject SET entity = 'pole' WHERE \(row("etl_reject"))"),
        PlantedFault(
            "CHECK_VOCABULARY_UNSEEN",
            "UPDATE \(fact) SET raw_status_key = (SELECT MIN(raw_status_key) FROM map_status) "
                + "WHERE \(row(fact, "status_key = 11"))",
            also: ["CHECK_VOCABULARY_MAP"]
        ),
        PlantedFault("CHECK_VOCABULARY_MAP", "UPDATE map_status SET status_key = 3 WHERE raw_status = 'CHARGING'"),
        PlantedFault(
            "CHECK_UNKNOWN_STATUS",
            "UPDATE etl_reject SET rule_id = 'unknown_status' WHERE \(row("etl_reject", "severity = 'finding'"))"
        ),
        PlantedFault(
            "CHECK_SCHEMA_DRIFT",
            "INSERT INTO etl_reject SELECT r.* REPLACE (r.reject_id + 1 AS reject_id, \(PlantedFault.lastDay) AS utc_date, "
                + "'taste' AS message) FROM etl_reject r WHERE r.\(row("etl_reject", "rule_id = 'unknown_field'"))"
        ),
    ]

    private static let ranges = [
        PlantedFault(
            "CHECK_RANGE_COORDINATES",
            "UPDATE dim_charging_station SET lat = NULL WHERE \(row("dim_charging_station"))"
        ),
        PlantedFault(
            "CHECK_RANGE_POINT_POWER",
            "UPDATE dim_charging_point SET max_power_kw = 22000 WHERE \(row("dim_charging_point"))"
        ),
        PlantedFault(
            "CHECK_RANGE_CONNECTOR_POWER",
            "UPDATE dim_connector SET max_power_kw = 0.1 WHERE \(row("dim_connector"))"
        ),
        PlantedFault("CHECK_RANGE_CURRENT", "UPDATE dim_connector SET voltage_v = 5 WHERE \(row("dim_connector"))"),
        PlantedFault(
            "CHECK_RANGE_OPENING_HOURS",
            "UPDATE map_opening_hours SET close_minute = 1441 WHERE \(row("map_opening_hours"))"
        ),
        PlantedFault(
            "CHECK_RANGE_OPENING_EXCEPTION",
            "UPDATE map_opening_exception SET ends_at = starts_at WHERE \(row("map_opening_exception"))"
        ),
        PlantedFault("CHECK_RANGE_POINT_INTERVAL", "UPDATE \(fact) SET observations = -1 WHERE \(row(fact))"),
        PlantedFault(
            "CHECK_RANGE_CONNECTOR_INTERVAL",
            "UPDATE fact_connector_status SET observations = -1 WHERE \(row("fact_connector_status"))"
        ),
        PlantedFault(
            "CHECK_RANGE_OPEN_TIME",
            "UPDATE fact_open_time SET closes_at = opens_at WHERE \(row("fact_open_time"))"
        ),
        PlantedFault(
            "CHECK_RANGE_HOUR",
            "UPDATE agg_point_hour SET open_observed_s = 3601 WHERE \(row("agg_point_hour"))"
        ),
        PlantedFault(
            "CHECK_RANGE_POLL",
            "UPDATE etl_poll SET finished_at = requested_at - INTERVAL '1 second' WHERE \(row("etl_poll", "is_chosen"))"
        ),
    ]

    private static let volumes = [
        PlantedFault("CHECK_STATION_COUNT_STABLE", "DELETE FROM etl_station_version WHERE \(slice) AND rowid % 2 = 0"),
        PlantedFault("CHECK_POINT_COUNT_STABLE", "DELETE FROM etl_point_version WHERE \(slice) AND rowid % 2 = 0"),
        PlantedFault(
            "CHECK_POLLS_USABLE",
            "UPDATE etl_poll SET outcome = 'timeout', is_chosen = FALSE WHERE \(slice) AND rowid % 3 = 0"
        ),
        PlantedFault(
            "CHECK_COVERAGE",
            """
            UPDATE agg_point_hour SET unobserved_s = free_s + unobserved_s, free_s = 0, open_observed_s = occupied_s,
                open_occupied_s = occupied_s WHERE \(hours)
            """,
            also: ["CHECK_FACT_SECONDS", "CHECK_STATUS_DISTRIBUTION"]
        ),
        PlantedFault(
            "CHECK_REJECTS_NOTABLE",
            "UPDATE etl_load SET rows_rejected = rows_read // 20, rows_kept = rows_read - rows_read // 20 WHERE \(row("etl_load"))",
            also: ["CHECK_REJECTS_KEPT"]
        ),
        PlantedFault(
            "CHECK_REJECTS_BAD",
            "UPDATE etl_load SET rows_rejected = rows_read // 2, rows_kept = rows_read - rows_read // 2 WHERE \(row("etl_load"))",
            also: ["CHECK_REJECTS_KEPT", "CHECK_REJECTS_NOTABLE"]
        ),
    ]

    private static func shift(_ from: String, to target: String) -> String {
        """
        UPDATE agg_point_hour SET \(target)_s = \(target)_s + \(from)_s, \(from)_s = 0, open_occupied_s = 0 WHERE \(hours)
        """
    }

    private static let distributions = [
        PlantedFault(
            "CHECK_STATUS_DISTRIBUTION",
            shift("free", to: "reserved"),
            also: ["CHECK_FACT_SECONDS"]
        ),
        PlantedFault(
            "CHECK_UNKNOWN_SHARE",
            shift("occupied", to: "unknown"),
            also: ["CHECK_FACT_SECONDS", "CHECK_STATUS_DISTRIBUTION"]
        ),
        PlantedFault(
            "CHECK_DOWN_SHARE",
            shift("occupied", to: "down"),
            also: ["CHECK_FACT_SECONDS", "CHECK_STATUS_DISTRIBUTION"]
        ),
        PlantedFault(
            "CHECK_FEED_FROZEN",
            "UPDATE etl_poll SET same_as_previous = TRUE WHERE \(slice) AND slot_utc >= TIMESTAMP '\(CleanWorld.last) 06:00:00' "
                + "AND slot_utc < TIMESTAMP '\(CleanWorld.last) 11:00:00'"
        ),
    ]

    private static let identities = [
        PlantedFault(
            "CHECK_POINT_COPIES",
            """
            INSERT INTO etl_point_copy SELECT DISTINCT utc_date, feed_key, point_id, feed_key, (SELECT MAX(point_id)
                FROM \(fact) WHERE \(slice)) FROM \(fact) WHERE \(slice) AND point_id IN
                (SELECT DISTINCT point_id FROM \(fact) WHERE \(slice) ORDER BY point_id LIMIT 3)
            """,
            also: ["CHECK_FACT_SECONDS"]
        ),
        PlantedFault(
            "CHECK_EVSE_SHARED",
            "UPDATE etl_point_version SET evse_key = 7 WHERE \(slice) AND point_id IN "
                + "(SELECT point_id FROM etl_point_version WHERE \(slice) ORDER BY point_id LIMIT 3)"
        ),
        PlantedFault(
            "CHECK_ID_REUSED",
            "UPDATE dim_charging_point SET source_point_key = 7 WHERE \(row("dim_charging_point", "is_current AND change_mask = 0"))",
            also: ["CHECK_TILING_SEEN_POINTS"]
        ),
        PlantedFault(
            "CHECK_POINT_CONNECTOR_CONFLICT",
            "UPDATE fact_connector_status SET status_key = 6 WHERE \(slice) AND status_key = 1"
        ),
    ]

    private static let ages = [
        PlantedFault(
            "CHECK_CAPTURE_FRESH",
            "DELETE FROM etl_poll WHERE \(slice) AND slot_utc > TIMESTAMP '\(CleanWorld.last) 20:00:00'"
        ),
        PlantedFault(
            "CHECK_MART_FRESH",
            "DELETE FROM agg_point_hour WHERE \(hours) AND hour_utc > TIMESTAMP '\(CleanWorld.last) 20:00:00'",
            also: ["CHECK_FACT_SECONDS", "CHECK_HOURS_OF_DAY"]
        ),
        PlantedFault("CHECK_LOAD_FINISHED", "UPDATE etl_load SET status = 'failed' WHERE \(row("etl_load"))"),
    ]
}
