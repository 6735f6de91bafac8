/// Local days and hours, also once more for each part that a day plays in a fact.
extension Mart {
    package static let dates = [
        day("local_date", "One row per calendar day.", prefix: ""),
        day("status_start_date", "One row per calendar day, as the day on which a status starts.", prefix: "start_"),
        day("status_end_date", "One row per calendar day, as the day on which a status ends.", prefix: "end_"),
        localHour,
    ]

    private static func day(_ name: String, _ grain: String, prefix: String) -> MartView {
        let key = prefix.isEmpty ? "local_date" : prefix + "date"
        let attributes = MartColumn.taken(
            "year",
            "quarter",
            "month",
            "iso_week",
            "iso_dow",
            "is_weekend",
            "season",
            from: "dim_date",
            as: "d"
        )
        let dayOfMonth = MartColumn(
            "CAST(EXTRACT(DAY FROM d.local_date) AS SMALLINT)",
            .must("day_of_month", .smallint, "1 to 31")
        )
        return MartView(
            name,
            grain,
            key: [key],
            columns: MartColumn.taken("local_date", from: "dim_date", as: "d").map { $0.renamed(key) }
                + (attributes + [dayOfMonth]).map { $0.renamed(prefix + $0.definition.name) },
            from: "FROM dim_date d"
        )
    }

    private static let localHour = MartView(
        "local_hour",
        "One row per local hour of the week that occurs in the loaded days.",
        key: ["hour_of_week"],
        columns: MartColumn.taken("hour_of_week", "iso_dow", "local_hour", from: "dim_hour", as: "h") + [
            MartColumn(
                "CASE WHEN h.iso_dow >= 6 THEN TRUE ELSE FALSE END",
                .must("is_weekend", .boolean, "Saturday or Sunday")
            )
        ],
        from: "FROM dim_hour h GROUP BY h.hour_of_week, h.iso_dow, h.local_hour"
    )
}
