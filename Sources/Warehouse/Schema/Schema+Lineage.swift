/// Lineage and quality: where each row comes from.
extension Schema {
    static let lineage: [TableDefinition] = [poll, load, pointCopy, reject, qualityResult, schemaVersion]

    private static let poll = TableDefinition(
        "etl_poll",
        "One row per poll.",
        key: ["poll_id"],
        sort: ["utc_date", "feed_key"],
        distribution: .even,
        columns: [
            .must("poll_id", .bigint, "Hash of feed, slot and requested_at"),
            feedKey, utcDate,
            .must("slot_utc", .timestamp, "Scheduled time: the time of its observations"),
            .must("requested_at", .timestamp, "When the request was sent"),
            .may("finished_at", .timestamp, "When the answer was complete", null: "no complete answer"),
            .must("outcome", .text(16), "ok, or why the answer was not used"),
            .may("http_status", .smallint, "HTTP status", null: "no answer"),
            .may("bytes", .bigint, "Size of the body", null: "no body"),
            .may("raw_sha256", .text(64), "Digest of the body", null: "no body"),
            .may("raw_uri", .text(512), "Pack of the raw answer, below the archive's folder", null: "no body"),
            .may("same_as_previous", .boolean, "Whether the body is the previous one's", null: "no body"),
            .may("stations", .integer, "Stations in the answer", null: "answer not used"),
            .may("points", .integer, "Charging points in the answer", null: "answer not used"),
            .may("connectors", .integer, "Connectors in the answer", null: "answer not used"),
            .may("error", .text(400), "What went wrong", null: "nothing"),
            .may("collector", .text(64), "Machine that polled", null: "not known"),
            .must("attempts", .smallint, "Requests that were sent"),
            .must("is_chosen", .boolean, "Whether it makes the observations of its slot"),
            .may("source_time", .timestamp, "The source's own stamp of the answer"),
            .must("page_count", .smallint, "Pages of the answer"),
        ]
    )

    private static let pointCopy = TableDefinition(
        "etl_point_copy",
        "One row per UTC day, feed and charging point that is another record of a point that is counted.",
        key: ["utc_date", "feed_key", "point_id"],
        sort: ["utc_date"],
        distribution: .all,
        columns: [
            utcDate, feedKey,
            .must("point_id", .bigint, "Charging point that is not counted on the day"),
            .must("counted_feed_key", .bigint, "Feed of the record that is counted"),
            .must("counted_point_id", .bigint, "Charging point that is counted"),
        ]
    )

    private static let load = TableDefinition(
        "etl_load",
        "One row per slice (feed and UTC day) that is loaded.",
        key: ["feed_key", "slice_date"],
        sort: ["slice_date", "feed_key"],
        distribution: .even,
        columns: [
            .must("load_id", .bigint, "Hash of feed, day and input_hash"),
            .must("target", .text(16), "Engine"),
            feedKey,
            .must("slice_date", .date, "UTC day of the slice"),
            .must("input_hash", .text(64), "Hash of raw digests, carry-in, versions and configuration"),
            .must("code_version", .text(40), "Version of Chargehouse"),
            .must("schema_version", .integer, "Version of this schema"),
            .must("status", .text(12), "loaded, failed or missing_raw"),
            .may("run_id", .text(128), "Name of the run, from a scheduler", null: "none given"),
            .must("started_at", .timestamp, "Start of the load; left out of comparisons"),
            .may("finished_at", .timestamp, "End of the load; left out of comparisons", null: "not finished"),
            .may("rows_in", .bigint, "Rows in the flat files", null: "not finished"),
            .may("rows_out", .bigint, "Rows written", null: "not finished"),
            .may("rows_deleted", .bigint, "Rows of the former load", null: "not finished"),
            .may("rows_rejected", .bigint, "Records rejected", null: "not finished"),
            .must("rows_read", .bigint, "Records read: kept and rejected"),
            .must("rows_kept", .bigint, "Records kept"),
            .may("reason", .text(120), "Why it was loaded again; left out of comparisons", null: "first load"),
            .may("adapter", .text(24), "Adapter that read the raw answers", null: earlier),
            .may("mapping_version", .integer, "Version of the adapter's mapping", null: earlier),
            .may("status_map", .text(200), "Names and versions of the status map's files", null: earlier),
            .may("rules_version", .integer, "Version of the cleaning rules", null: earlier),
            .may("inputs", .text(400), "A digest for each part of the input", null: earlier),
            .may("manifest_uri", .text(512), "Manifest of the flat files", null: "none kept"),
            .may("host", .text(64), "Machine that loaded; left out of comparisons", null: "not known"),
        ]
    )

    private static let earlier = "loaded by an earlier version, or no such part"

    private static let reject = TableDefinition(
        "etl_reject",
        "One row per slice, rule and record that was rejected, or noticed.",
        key: ["reject_id"],
        sort: ["utc_date"],
        distribution: .even,
        columns: [
            .must("reject_id", .bigint, "Hash of load_id, severity, rule, entity, source_id and message"),
            loadID, utcDate, feedKey,
            .must("slot_utc", .timestamp, "Slot of the first occurrence"),
            .must("severity", .text(8), "reject, or finding where the record was kept"),
            .must("rule_id", .text(40), "Rule (docs/reference/rejects.md)"),
            .must("entity", .text(16), "station, point or connector"),
            .may("source_id", .text(128), "The record's own id", null: "not readable"),
            .must("raw_sha256", .text(64), "Digest of the answer"),
            .may("json_pointer", .text(256), "Place in the answer, RFC 6901", null: "about the whole answer"),
            .must("message", .text(400), "What was found and what was expected"),
            .may("fragment", .text(4_000), "The record as the feed wrote it", null: "not kept"),
            .must("occurrences", .integer, "How often in the slice"),
        ]
    )

    private static let qualityResult = TableDefinition(
        "etl_quality_result",
        "One row per quality rule, feed and UTC day: the newest result of `check`.",
        key: ["check_id", "feed_key", "utc_date"],
        distribution: .even,
        columns: [
            .must("load_id", .bigint, "Load that was judged (etl_load); 0 for the whole warehouse"),
            .must("utc_date", .date, "UTC day; the newest day where the rule is about a feed or the whole warehouse"),
            .must("feed_key", .bigint, "Feed (dim_feed); 0 for the whole warehouse"),
            .must("check_id", .text(64), "Rule (docs/methods/quality.md)"),
            .must("status", .text(8), "ok, skipped, warning or failed"),
            .may("observed", .double, "What was found", null: "nothing to measure"),
            .may("expected", .double, "What was expected", null: "nothing to measure"),
            .may("detail", .text(400), "Deviation, limit and an example", null: "nothing stands out"),
        ]
    )

    private static let schemaVersion = TableDefinition(
        "etl_schema_version",
        "One row per migration that was applied.",
        key: ["version"],
        distribution: .all,
        columns: [
            .must("version", .integer, "Number of the migration"),
            .must("name", .text(120), "Name of the migration"),
            .must("checksum", .text(64), "SHA-256 of its statements"),
            .must("applied_at", .timestamp, "When it was applied"),
            .must("code_version", .text(40), "Version of Chargehouse that applied it"),
        ]
    )
}
