/// Values that a column can have.
enum RangeRules {
    static let all = ofDimensions + ofFacts

    private static func rule(
        _ id: String,
        _ title: String,
        _ table: String,
        subject: String,
        scope: QualityRule.Scope = .warehouse,
        wrong: String,
        meaning: String
    ) -> QualityRule {
        QualityRule(
            id,
            title,
            meaning: meaning,
            suite: .content,
            scope: scope,
            method: .offences { context in
                guard scope == .slice else {
                    return "SELECT \(text(subject)) AS subject FROM \(table) x WHERE \(wrong)"
                }
                let day = table == "agg_point_hour" ? "CAST(x.hour_utc AS DATE)" : "utc_date"
                let shown = day == "utc_date" ? "x.utc_date" : "\(day) AS utc_date"
                return """
                    SELECT x.feed_key, \(shown), \(text(subject)) AS subject FROM \(table) x
                    WHERE \(context.covers("x", day: day)) AND (\(wrong))
                    """
            }
        )
    }

    private static let byMapping = "The mapping let a value through that it should have rejected or converted."

    private static let ofDimensions = [
        rule(
            "CHECK_RANGE_COORDINATES",
            "coordinates lie on the earth, not at 0/0, and come in pairs",
            "dim_charging_station",
            subject: "x.source_station_id",
            wrong: """
                x.lat < -90 OR x.lat > 90 OR x.lon < -180 OR x.lon > 180 OR (x.lat = 0 AND x.lon = 0)
                    OR (x.lat IS NULL AND x.lon IS NOT NULL) OR (x.lat IS NOT NULL AND x.lon IS NULL)
                """,
            meaning: byMapping
        ),
        rule(
            "CHECK_RANGE_POINT_POWER",
            "the power of a point lies between 0.5 and 1,500 kW",
            "dim_charging_point",
            subject: "x.source_point_id",
            wrong: "x.max_power_kw < 0.5 OR x.max_power_kw > 1500",
            meaning: byMapping
        ),
        rule(
            "CHECK_RANGE_CONNECTOR_POWER",
            "the power of a connector lies between 0.5 and 1,500 kW",
            "dim_connector",
            subject: "x.source_connector_id",
            wrong: "x.max_power_kw < 0.5 OR x.max_power_kw > 1500",
            meaning: byMapping
        ),
        rule(
            "CHECK_RANGE_CURRENT",
            "voltage lies between 12 and 1,500 V, current between 1 and 3,000 A",
            "dim_connector",
            subject: "x.source_connector_id",
            wrong: "x.voltage_v < 12 OR x.voltage_v > 1500 OR x.amperage_a < 1 OR x.amperage_a > 3000",
            meaning: byMapping
        ),
        rule(
            "CHECK_RANGE_OPENING_HOURS",
            "opening hours lie within a day of the ISO week and end after they begin",
            "map_opening_hours",
            subject: "x.hours_key",
            wrong: """
                x.iso_dow < 1 OR x.iso_dow > 7 OR x.open_minute < 0 OR x.close_minute > 1440
                    OR x.close_minute <= x.open_minute
                """,
            meaning: "Seconds in opening hours are wrong."
        ),
        rule(
            "CHECK_RANGE_OPENING_EXCEPTION",
            "exceptions of opening hours end after they begin",
            "map_opening_exception",
            subject: "x.hours_key",
            wrong: "x.ends_at <= x.starts_at",
            meaning: "Seconds in opening hours are wrong."
        ),
    ]

    private static let interval = """
        x.valid_to <= x.valid_from OR CAST(x.valid_from AS DATE) <> x.utc_date OR x.observations < 0
            OR (CAST(x.valid_to AS DATE) <> x.utc_date AND x.valid_to <> CAST(CAST(x.valid_to AS DATE) AS TIMESTAMP))
        """

    private static let ofFacts = [
        rule(
            "CHECK_RANGE_POINT_INTERVAL",
            "an interval of a point is positive and lies within its UTC day",
            "fact_point_status",
            subject: "x.point_id",
            scope: .slice,
            wrong: interval,
            meaning: "Durations are wrong."
        ),
        rule(
            "CHECK_RANGE_CONNECTOR_INTERVAL",
            "an interval of a connector is positive and lies within its UTC day",
            "fact_connector_status",
            subject: "x.connector_id",
            scope: .slice,
            wrong: interval,
            meaning: "Durations are wrong."
        ),
        rule(
            "CHECK_RANGE_OPEN_TIME",
            "a stretch of opening time is positive and lies within its UTC day",
            "fact_open_time",
            subject: "x.hours_key",
            scope: .slice,
            wrong: "x.closes_at <= x.opens_at OR CAST(x.opens_at AS DATE) <> x.utc_date",
            meaning: "Seconds in opening hours are wrong."
        ),
        rule(
            "CHECK_RANGE_HOUR",
            "no sum of an hour is negative, and open seconds are a part of all seconds",
            "agg_point_hour",
            subject: "x.point_id",
            scope: .slice,
            wrong: """
                x.free_s < 0 OR x.occupied_s < 0 OR x.reserved_s < 0 OR x.down_s < 0 OR x.unknown_s < 0
                    OR x.outside_s < 0 OR x.absent_s < 0 OR x.unobserved_s < 0 OR x.changes < 0 OR x.session_starts < 0
                    OR x.open_occupied_s < 0 OR x.open_occupied_s > x.occupied_s OR x.open_occupied_s > x.open_observed_s
                    OR x.open_observed_s > x.free_s + x.occupied_s + x.reserved_s + x.down_s + x.unknown_s
                """,
            meaning: "Ratios lie outside 0 to 1."
        ),
        rule(
            "CHECK_RANGE_POLL",
            "a poll ends after it began, and only a good one makes observations",
            "etl_poll",
            subject: "x.slot_utc",
            scope: .slice,
            wrong: """
                x.finished_at < x.requested_at OR (x.is_chosen AND x.outcome <> 'ok') OR x.attempts < 0
                    OR x.page_count < 0 OR x.bytes < 0 OR x.stations < 0 OR x.points < 0 OR x.connectors < 0
                """,
            meaning: "The poll log is wrong, or the collector's clock stepped back during a request."
        ),
    ]
}
