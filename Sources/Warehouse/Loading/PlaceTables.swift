import ChargingModel

/// `dim_city` and `map_city_alias`, made anew from the lists of places and from what loaded stations say.
///
/// A function of the catalogue and of the set of loaded slices, never of their order. Both tables are small.
struct PlaceTables {
    let places: PlaceCatalog
    let dialect: SQLDialect

    /// Needs the versions of all loaded slices: runs after they were replaced.
    var replace: [String] {
        [
            "DELETE FROM dim_city", "DELETE FROM map_city_alias",
        ] + listed + [otherCities, listNames, otherSpellings, "DROP TABLE list_name"]
    }

    /// One row a city, one a spelling.
    static let checks = [Schema.city, Schema.cityAlias].flatMap { $0.duplicateChecks() }

    /// The places and spellings of the lists.
    private var listed: [String] {
        guard !places.places.isEmpty else { return [] }
        let cities = places.places.map { place in
            let values = [
                dialect.literal(place.key.value), dialect.literal(place.id), dialect.literal(place.name),
                text(place.district), text(place.stateCode), dialect.literal(place.country),
                text(place.municipalityKey), dialect.literal(place.timeZone), number(place.latitude),
                number(place.longitude), place.population.map { "\($0)" } ?? "NULL",
                place.populationDay.map { dialect.literal($0) } ?? "NULL",
            ]
            return "(\(values.joined(separator: ", ")))"
        }
        let aliases = places.places.flatMap { place in place.spellings.map { spelling(of: place, $0) } }
        return [
            """
            INSERT INTO dim_city (city_key, city_id, name, district, state_code, country, ags, tz_name, lat, lon,
                population, population_date)
            VALUES \(cities.joined(separator: ",\n"))
            """,
            """
            INSERT INTO map_city_alias (country, alias, city_key, city_district, origin)
            VALUES \(aliases.joined(separator: ",\n"))
            """,
        ]
    }

    private func spelling(of place: Place, _ alias: Place.Alias) -> String {
        let values = [
            dialect.literal(place.country), dialect.literal(alias.spelling), dialect.literal(place.key.value),
            text(alias.cityDistrict), dialect.literal(alias.origin.rawValue),
        ]
        return "(\(values.joined(separator: ", ")))"
    }

    /// Every version of a station names its city, so the dimension knows all cities of the loaded slices.
    private var otherCities: String {
        """
        INSERT INTO dim_city (city_key, city_id, name, country, tz_name)
        SELECT s.city_key, MIN(s.city_id), MIN(s.city_name), MIN(s.country), MIN(s.tz_name)
        FROM dim_charging_station s LEFT JOIN dim_city c ON c.city_key = s.city_key
        WHERE c.city_key IS NULL GROUP BY s.city_key
        """
    }

    /// The lists' spellings by their folded text, which finds other ways to write them.
    private var listNames: String {
        """
        CREATE TEMP TABLE list_name AS
        SELECT x.country, x.city_key, x.folded, MIN(x.city_district) AS city_district, MIN(x.origin) AS origin FROM (
            SELECT m.country, m.city_key, \(folded("m.alias")) AS folded, m.city_district, m.origin
            FROM map_city_alias m) x
        GROUP BY x.country, x.city_key, x.folded
        """
    }

    /// Spellings that feeds wrote and no list has letter by letter.
    private var otherSpellings: String {
        """
        INSERT INTO map_city_alias (country, alias, city_key, city_district, origin)
        SELECT v.country, v.alias, v.city_key, n.city_district, COALESCE(n.origin, '\(Place.Origin.feed.rawValue)')
        FROM (SELECT country, city_name AS alias, MIN(city_key) AS city_key FROM etl_station_version
            GROUP BY country, city_name) v
        LEFT JOIN list_name n ON n.country = v.country AND n.city_key = v.city_key AND n.folded = \(folded("v.alias"))
        LEFT JOIN map_city_alias m ON m.country = v.country AND m.alias = v.alias
        WHERE m.alias IS NULL
        """
    }

    /// ``PlaceName`` in SQL, but for repeated blanks, which a `city_name` has only inside.
    private func folded(_ column: String) -> String {
        [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")].reduce(dialect.lowercased("TRIM(\(column))")) {
            inner,
            pair in
            "REPLACE(\(inner), '\(pair.0)', '\(pair.1)')"
        }
    }

    private func text(_ value: String?) -> String {
        value.map { dialect.literal($0) } ?? "NULL"
    }

    private func number(_ value: Double?) -> String {
        value.map { "\($0)" } ?? "NULL"
    }
}
