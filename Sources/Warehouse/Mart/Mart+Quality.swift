/// How well the feeds were observed.
extension Mart {
    package static let quality = [poll, feedQuality]

    private static let poll = MartView(
        "poll",
        "One row per poll.",
        key: ["poll_id"],
        day: "utc_date",
        columns: MartColumn.taken("poll_id", "feed_key", "utc_date", "slot_utc", from: "etl_poll", as: "p") + [
            MartColumn("h.local_date", .may("local_date", .date, "Local day of the slot", null: notLoaded)),
            MartColumn(
                "h.hour_of_week",
                .may("hour_of_week", .smallint, "Local hour of the week of the slot", null: notLoaded)
            ),
        ]
            + MartColumn.taken(
                "requested_at",
                "finished_at",
                "outcome",
                "http_status",
                "bytes",
                "same_as_previous",
                "is_chosen",
                from: "etl_poll",
                as: "p"
            ) + [
                MartColumn(
                    "CASE WHEN p.is_chosen THEN 1 ELSE 0 END",
                    .must("good_polls", .integer, "1 where the poll makes observations, else 0")
                )
            ] + MartColumn.taken("stations", "points", "connectors", "attempts", from: "etl_poll", as: "p"),
        from: """
            FROM etl_poll p
            JOIN dim_feed f ON f.feed_key = p.feed_key
            LEFT JOIN dim_hour h ON h.utc_date = p.utc_date AND h.tz_name = f.tz_name
                AND h.hour_utc <= p.slot_utc AND h.hour_end > p.slot_utc
            """
    )

    private static let notLoaded = "no hours of the day are loaded"

    private static let feedQuality = MartView(
        "feed_quality",
        "One row per feed and UTC day that is loaded.",
        key: ["feed_key", "utc_date"],
        columns: [
            MartColumn("l.feed_key", .must("feed_key", .bigint, "Feed (feed)")),
            MartColumn("l.slice_date", Schema.utcDate),
            count("CAST(FLOOR(86400.0 / f.interval_s) AS INTEGER)", "scheduled_polls", "Slots of a whole day"),
            count("COALESCE(p.polls, 0)", "polls", "Polls of the day"),
            count("COALESCE(p.good_polls, 0)", "good_polls", "Polls that make observations"),
            count("l.rows_read", "records_read", "Records read: kept and rejected"),
            count("l.rows_kept", "records_kept", "Records kept"),
            count("COALESCE(l.rows_rejected, 0)", "records_rejected", "Records rejected"),
            count("COALESCE(q.checks_ok, 0)", "checks_ok", "Quality rules that hold, of the newest check"),
            count("COALESCE(q.checks_warning, 0)", "checks_warning", "Quality rules that warn"),
            count("COALESCE(q.checks_failed, 0)", "checks_failed", "Quality rules that failed"),
        ],
        from: """
            FROM etl_load l
            JOIN dim_feed f ON f.feed_key = l.feed_key
            LEFT JOIN (SELECT feed_key, utc_date, COUNT(*) AS polls,
                    SUM(CASE WHEN is_chosen THEN 1 ELSE 0 END) AS good_polls
                FROM etl_poll GROUP BY feed_key, utc_date) p ON p.feed_key = l.feed_key AND p.utc_date = l.slice_date
            LEFT JOIN (SELECT feed_key, utc_date, SUM(CASE WHEN status = 'ok' THEN 1 ELSE 0 END) AS checks_ok,
                    SUM(CASE WHEN status = 'warning' THEN 1 ELSE 0 END) AS checks_warning,
                    SUM(CASE WHEN status = 'failed' THEN 1 ELSE 0 END) AS checks_failed
                FROM etl_quality_result GROUP BY feed_key, utc_date) q
                ON q.feed_key = l.feed_key AND q.utc_date = l.slice_date
            """
    )

    private static func count(_ expression: String, _ name: String, _ meaning: String) -> MartColumn {
        MartColumn("CAST(\(expression) AS INTEGER)", .must(name, .integer, meaning))
    }
}
