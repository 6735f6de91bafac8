import ChargingModel
import Foundation
import Sources
import TestSupport
import Testing

@Suite struct PlaceFileTests {
    private static let good = """
        {"population_source": "invented", "population_date": "2026-01-01", "places": [
         {"city_id": "de/testheim", "name": "Testheim", "country": "DE", "state_code": "DE-NW", "ags": "05999000",
          "time_zone": "Europe/Berlin", "lat": 50.5, "lon": 7.5, "population": 1200,
          "aliases": [{"spelling": "Testhm", "city_district": "Nord"}]}]}
        """

    private func merge(_ text: String) throws -> PlaceCatalog {
        try PlaceCatalog.builtIn().merging(contentsOfFile: Array(text.utf8), named: "my.json")
    }

    @Test func `every polled city is a place with state, coordinates and population`() throws {
        let catalog = try PlaceCatalog.builtIn()
        #expect(catalog.places.count == 41)
        let places = Dictionary(uniqueKeysWithValues: catalog.places.map { ($0.id, $0) })
        let names = try FeedCatalog.builtIn().enabled.map(\.name) + ["Stuttgart", "Ludwigsburg"]
        #expect(names.count == 40)
        for name in names {
            let place = try #require(places[catalog.cityID(of: name, country: "DE")], "\(name)")
            #expect(place.name == name && place.id == Place.id(country: "DE", name: name))
            #expect(place.stateCode != nil && place.district != nil && place.municipalityKey != nil)
            #expect((47.2...55.1).contains(place.latitude ?? 0) && (5.8...15.1).contains(place.longitude ?? 0))
            #expect(place.population ?? 0 > 19_000 && place.populationDay == UTCDay("2022-05-15"))
        }
    }

    @Test func `a state is the one that the municipality key begins with`() throws {
        let states = [
            "01": "SH", "03": "NI", "05": "NW", "08": "BW", "09": "BY", "14": "SN",
        ]
        for place in try PlaceCatalog.builtIn().places {
            let state = states[String(place.municipalityKey?.prefix(2) ?? "")]
            #expect(place.stateCode == state.map { "DE-" + $0 }, "\(place.id)")
        }
    }

    @Test(arguments: [
        ("Stuttgart ", "de/stuttgart"), ("Stuttgart H", "de/stuttgart"), ("Stuttgart Bad Canstatt", "de/stuttgart"),
        ("Makrgröningen", "de/markgröningen"), ("Markgrönningen", "de/markgröningen"), ("Koeln", "de/köln"),
        ("Gerlingen", "de/gerlingen"),
    ])
    func `the spellings of real answers mean their cities`(spelling: String, city: String) throws {
        #expect(try PlaceCatalog.builtIn().cityID(of: spelling, country: "DE") == city)
    }

    private static let outlines = "geo/german_feed_cities.geojson"

    @Test(.enabled(if: SharedData.path(outlines) != nil, SharedData.absence(outlines)))
    func `coordinates are inside the box around the city's outline, and the keys are the source's`() throws {
        let path = try #require(SharedData.path(Self.outlines))
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let features = try #require(root["features"] as? [[String: Any]])
        let places = try PlaceCatalog.builtIn().places
        for feature in features {
            let properties = try #require(feature["properties"] as? [String: String])
            let place = try #require(places.first { $0.municipalityKey == properties["ags"] })
            #expect(place.name == properties["gen"])
            let geometry = try #require(feature["geometry"] as? [String: Any])
            let points = Self.points(in: geometry["coordinates"] ?? [])
            let (longitudes, latitudes) = (points.map(\.0), points.map(\.1))
            let latitude = try #require(place.latitude)
            let longitude = try #require(place.longitude)
            #expect(latitudes.min() ?? 90 < latitude && latitude < latitudes.max() ?? -90)
            #expect(longitudes.min() ?? 180 < longitude && longitude < longitudes.max() ?? -180)
        }
        #expect(features.count == 40)
    }

    private static func points(in value: Any) -> [(Double, Double)] {
        if let pair = value as? [Double] { return pair.count == 2 ? [(pair[0], pair[1])] : [] }
        return (value as? [Any])?.flatMap(points) ?? []
    }

    @Test func `a user's file adds a city`() throws {
        let catalog = try merge(Self.good)
        let place = try #require(catalog.places.first { $0.id == "de/testheim" })
        #expect(place.population == 1_200 && place.populationDay == UTCDay("2026-01-01"))
        #expect(place.aliases == [Place.Alias("Testhm", cityDistrict: "Nord", origin: .configuration)])
        #expect(place.origin == .configuration)
        #expect(catalog.cityID(of: "TESTHM", country: "DE") == "de/testheim")
        #expect(catalog.places.count == 42)
    }

    @Test func `a user's file completes a built-in city`() throws {
        let catalog = try merge(
            #"{"places": [{"city_id": "de/köln", "aliases": [{"spelling": "Cologne"}, {"spelling": "Köln"}]}]}"#
        )
        let place = try #require(catalog.places.first { $0.id == "de/köln" })
        #expect(place.aliases == [Place.Alias("Cologne", origin: .configuration)])
        #expect(place.population == 1_017_355 && place.origin == .builtIn)
        #expect(catalog.cityID(of: "cologne", country: "DE") == "de/köln")
    }

    @Test func `the example of the guide is a usable file`() throws {
        let path = PackageRoot.appending("docs/guide/add-a-city.md")
        let guide = try String(contentsOfFile: path, encoding: .utf8)
        let example = try #require(guide.split(separator: "```json\n").last?.split(separator: "```").first)
        let catalog = try merge(String(example))
        #expect(catalog.cityID(of: "Hamm (Westf.)", country: "DE") == "de/hamm")
        #expect(catalog.cityID(of: "Stuttgart Degerloch", country: "DE") == "de/stuttgart")
    }

    @Test(arguments: [
        (#""aliases""#, #""aliasses""#, "did you mean"),
        (#""population_source""#, #""population_sorce""#, "did you mean"),
        (#""city_district""#, #""district""#, "there is no field"),
        (#""population_date": "2026-01-01","#, "", "source"),
        ("de/testheim", "de/Testheim", "small letters"), ("de/testheim", "testheim", "small letters"),
        (#""country": "DE""#, #""country": "AT""#, "city_id"), ("DE-NW", "NW", "ISO 3166-2"),
        ("05999000", "5999000", "eight digits"), ("Europe/Berlin", "Europe/Brlin", "IANA"),
        ("50.5", "150.5", "±90"), (#""lat": 50.5, "#, "", "missing"), ("1200", "1200.5", "whole number"),
        ("1200", "-1", "whole number"), ("2026-01-01", "2026-02-30", "YYYY-MM-DD"), ("Testhm", "Koeln", "one city"),
        (#"{"spelling": "Testhm", "city_district": "Nord"}"#, #""Testhm""#, "an object"),
        (#""name": "Testheim", "#, "", "missing"), (#""name""#, #""name": "T", "name""#, "twice"),
        (#""city_id""#, #""city_id": "de/bonn"}, {"city_id": "de/bonn"}, {"city_id""#, "two entries"),
    ])
    func `a wrong place is a described error`(old: String, new: String, says: String) throws {
        let range = try #require(Self.good.range(of: old))
        let error = #expect(throws: SourceError.self) {
            try merge(Self.good.replacingCharacters(in: range, with: new))
        }
        #expect(error?.code == "CHG056")
        #expect(error?.detail.contains(says) == true, "\(error?.detail ?? "")")
    }

    @Test(arguments: ["", "[]", "{}", "[7]", "{", #"{"places": {}}"#, #"{"places": [7]}"#])
    func `a file that is no object with places is a described error`(text: String) {
        let error = #expect(throws: SourceError.self) { try merge(text) }
        #expect(error?.code == "CHG056")
    }
}
