import ChargingModel

/// Reads a file of places and checks every value.
///
/// An entry whose id is known completes that place: the fields that it gives replace, its aliases are added.
struct PlaceReader {
    let fileName: String
    let origin: Place.Origin

    static let longestID = 64
    static let longestName = 120
    static let largestPopulation = 100_000_000

    private static let fileFields = ["population_source", "population_date", "coordinates_source", "notes", "places"]
    private static let placeFields = [
        "city_id", "name", "country", "state_code", "district", "ags", "time_zone", "lat", "lon", "population",
        "aliases", "notes",
    ]
    private static let aliasFields = ["spelling", "city_district"]

    /// The known places, completed by those of the file.
    func places(in bytes: [UInt8], completing known: [Place]) throws -> [Place] {
        let result = JSONText.read(bytes[...]) { root -> Result<[Place], SourceError> in
            Result { () throws(SourceError) in try places(in: root, completing: known) }
        }
        switch result {
        case .success(let places): return try places.get()
        case .failure(let fault): throw error("no JSON: \(fault.message) (expected an object with \"places\")")
        }
    }

    private func error(_ detail: String) -> SourceError {
        SourceError(.badPlace, subject: fileName, detail: detail, remedy: "see docs/guide/add-a-city.md")
    }

    private func fields(
        _ node: JSONNode,
        _ subject: String,
        known: [String]
    ) throws(SourceError) -> CheckedFields {
        guard node.kind == .object else {
            throw SourceError(.badPlace, subject: subject, detail: "a JSON \(node.kind) (expected an object)")
        }
        let fields = CheckedFields(node: node, subject: subject, known: known, code: .badPlace)
        try fields.checkNames()
        return fields
    }

    private func places(in root: JSONNode, completing known: [Place]) throws(SourceError) -> [Place] {
        let file = try fields(root, fileName, known: Self.fileFields)
        let list = try file.required("places", expected: "a list of places")
        guard list.kind == .array else {
            throw file.error("places", found: "a JSON \(list.kind)", expected: "a list of places")
        }
        _ = try file.optionalText("coordinates_source")
        let populationDay = try file.day("population_date")
        let isSourced = try file.optionalText("population_source") != nil && populationDay != nil
        var places = Dictionary(known.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        for (index, element) in list.elements.enumerated() {
            var entry = try fields(element, "\(fileName) [\(index)]", known: Self.placeFields)
            let id = try cityID(entry)
            entry.subject = "\(fileName) [\(id)]"
            guard seen.insert(id).inserted else {
                throw SourceError(.badPlace, subject: entry.subject, detail: "two entries (expected one)")
            }
            if entry.isGiven("population"), !isSourced {
                throw entry.error(
                    "population",
                    found: "without a source",
                    expected: "\"population_source\" and \"population_date\" of the file"
                )
            }
            var place = if let known = places[id] { known } else { try newPlace(id, entry) }
            try complete(&place, from: entry)
            if entry.isGiven("population") { place.populationDay = populationDay }
            places[id] = place
        }
        return places.values.sorted { $0.id < $1.id }
    }

    private func cityID(_ entry: CheckedFields) throws(SourceError) -> String {
        let id = try entry.text("city_id")
        let parts = id.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let isUsable =
            parts.count == 2 && parts[0].utf8.count == 2 && !parts[1].isEmpty && id.count <= Self.longestID
            && id == id.lowercased() && !id.contains { $0.isNewline }
        guard isUsable else {
            throw entry.error(
                "city_id",
                found: "\"\(id.cut(toBytes: 80))\"",
                expected: "country and name in small letters, for example \"de/köln\""
            )
        }
        return id
    }

    private func newPlace(_ id: String, _ entry: CheckedFields) throws(SourceError) -> Place {
        let country = try entry.text("country")
        guard country.utf8.count == 2, country == country.uppercased(), id.hasPrefix(country.lowercased() + "/") else {
            throw entry.error(
                "country",
                found: "\"\(country.cut(toBytes: 80))\"",
                expected: "two capital letters, those that \"city_id\" begins with"
            )
        }
        return Place(
            id: id,
            name: try entry.text("name"),
            country: country,
            timeZone: try entry.timeZone("time_zone"),
            origin: origin
        )
    }

    private func complete(_ place: inout Place, from entry: CheckedFields) throws(SourceError) {
        if let name = try entry.optionalText("name") {
            guard name.count <= Self.longestName else {
                throw entry.error(
                    "name",
                    found: "\(name.count) characters long",
                    expected: "at most \(Self.longestName)"
                )
            }
            place.name = name
        }
        if let country = try entry.optionalText("country"), country != place.country {
            throw entry.error("country", found: "\"\(country.cut(toBytes: 80))\"", expected: "\"\(place.country)\"")
        }
        if entry.isGiven("time_zone") { place.timeZone = try entry.timeZone("time_zone") }
        place.stateCode = try stateCode(entry, place.country) ?? place.stateCode
        place.district = try entry.optionalText("district") ?? place.district
        place.municipalityKey = try municipalityKey(entry) ?? place.municipalityKey
        if let coordinates = try coordinates(entry) {
            place.latitude = coordinates.latitude
            place.longitude = coordinates.longitude
        }
        if entry.isGiven("population") {
            place.population = try entry.integer("population", in: 0...Self.largestPopulation)
        }
        for alias in try aliases(entry) where !place.spellings.contains(where: { $0.spelling == alias.spelling }) {
            place.aliases.append(alias)
        }
    }

    private func stateCode(_ entry: CheckedFields, _ country: String) throws(SourceError) -> String? {
        guard let code = try entry.optionalText("state_code") else { return nil }
        let rest = code.dropFirst(3)
        let isUsable =
            code.hasPrefix(country + "-") && (1...3).contains(rest.count)
            && rest.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
        guard isUsable else {
            throw entry.error(
                "state_code",
                found: "\"\(code.cut(toBytes: 80))\"",
                expected: "ISO 3166-2, for example \"\(country)-NW\""
            )
        }
        return code
    }

    private func municipalityKey(_ entry: CheckedFields) throws(SourceError) -> String? {
        guard let key = try entry.optionalText("ags") else { return nil }
        guard key.utf8.count == 8, key.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw entry.error("ags", found: "\"\(key.cut(toBytes: 80))\"", expected: "eight digits")
        }
        return key
    }

    private func coordinates(
        _ entry: CheckedFields
    ) throws(SourceError) -> (latitude: Double, longitude: Double)? {
        guard entry.isGiven("lat") || entry.isGiven("lon") else { return nil }
        guard let latitude = entry.value("lat")?.double, let longitude = entry.value("lon")?.double,
            (-90...90).contains(latitude), (-180...180).contains(longitude)
        else {
            let found = ["lat", "lon"].map { entry.value($0)?.compactText(limit: 40) ?? "missing" }
            throw entry.error(
                "lat\" and \"lon",
                found: found.joined(separator: " and "),
                expected: "degrees within ±90 and ±180, or neither"
            )
        }
        return (latitude, longitude)
    }

    private func aliases(_ entry: CheckedFields) throws(SourceError) -> [Place.Alias] {
        guard let list = entry.value("aliases") else { return [] }
        guard list.kind == .array else {
            throw entry.error("aliases", found: "a JSON \(list.kind)", expected: "a list of spellings")
        }
        var aliases: [Place.Alias] = []
        for (index, element) in list.elements.enumerated() {
            let subject = "\(entry.subject) aliases [\(index)]"
            let alias = try fields(element, subject, known: Self.aliasFields)
            let spelling = try alias.text("spelling")
            let district = try alias.optionalText("city_district")
            guard [spelling, district ?? ""].allSatisfy({ $0.count <= Self.longestName }) else {
                throw alias.error(
                    "spelling",
                    found: "too long",
                    expected: "at most \(Self.longestName) characters, as \"city_district\""
                )
            }
            aliases.append(Place.Alias(spelling, cityDistrict: district, origin: origin))
        }
        return aliases
    }
}
