/// Places: cities, their spellings, their public holidays.
extension Schema {
    static let city = TableDefinition(
        "dim_city",
        "One row per city: those of the lists of places, and every other one that a loaded station names.",
        key: ["city_key"],
        unique: [["city_id"]],
        distribution: .all,
        columns: [
            .must("city_key", .bigint, "Hash of city_id"),
            .must("city_id", .text(64), "Country and name of the city in small letters: de/köln"),
            .must("name", .text(120), "Name of the city; as the feed writes it where no list has the city"),
            .may(
                "district",
                .text(120),
                "District that the city belongs to (Kreis) or is (kreisfreie Stadt)",
                null: "not known"
            ),
            .may("state_code", .text(6), "ISO 3166-2", null: "not known"),
            .must("country", .text(2), "ISO 3166-1 alpha-2; ZZ where the feed gives none"),
            .may("ags", .text(8), "German municipality key", null: "not in Germany, or not known"),
            .must("tz_name", .text(40), "IANA time zone"),
            .may("lat", .coordinate, "Degrees north, WGS 84: the middle of the city's area", null: "not known"),
            .may("lon", .coordinate, "Degrees east, WGS 84: the middle of the city's area", null: "not known"),
            .may("population", .integer, "Inhabitants", null: "no sourced figure"),
            .may("population_date", .date, "Day that population stands for", null: "population is NULL"),
        ]
    )

    static let cityAlias = TableDefinition(
        "map_city_alias",
        "One row per country and spelling of a city: those of the lists of places, and every other one that a feed wrote.",
        key: ["country", "alias"],
        distribution: .all,
        columns: [
            .must("country", .text(2), "ISO 3166-1 alpha-2; ZZ where the feed gives none"),
            .must("alias", .text(120), "The spelling, as the list or the feed writes it"),
            .must("city_key", .bigint, "What it means (dim_city)"),
            .may(
                "city_district",
                .text(120),
                "Part of the city that the spelling names: Bad Cannstatt",
                null: "it names none, or it is not known"
            ),
            .must(
                "origin",
                .text(16),
                "Who says so: built-in, configuration, or feed: no list has it, so that it is a city of its own"
            ),
        ]
    )

    static let holiday = TableDefinition(
        "dim_holiday",
        "One row per holiday, state and day, for the years of loaded days.",
        key: ["local_date", "country", "state_code", "kind", "name"],
        distribution: .all,
        columns: [
            .must("local_date", .date, "The day, local"),
            .must("country", .text(2), "ISO 3166-1 alpha-2"),
            .must("state_code", .text(6), "ISO 3166-2"),
            .must("name", .text(80), "Name of the holiday, in the language of the country"),
            .must("kind", .text(16), "public: in the whole state; partial: in some of its municipalities"),
        ]
    )
}
