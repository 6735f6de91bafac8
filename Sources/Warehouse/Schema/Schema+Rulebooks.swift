/// How rulebooks count a status.
extension Schema {
    static let rulebook = TableDefinition(
        "map_rulebook",
        "One row per rulebook and status: the class in which the rulebook counts the status.",
        key: ["rulebook", "status_key"],
        distribution: .all,
        columns: [
            .must("rulebook", .text(16), "default, market, uk_2023 or nevi_cec"),
            .must("status_key", .smallint, "Status (dim_status)"),
            .must("class", .text(16), "Class in the rulebook's own words"),
            .may(
                "alternative_class",
                .text(16),
                "Class by the other reading, where the rulebook leaves room for two",
                null: "one reading only"
            ),
            .may("judgement", .text(200), "Why this reading was chosen", null: "the rulebook says so"),
            .must("version", .integer, "Version of the table; a new one replaces the rows at the next load"),
        ]
    )
}
