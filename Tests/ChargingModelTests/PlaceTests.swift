import ChargingModel
import Testing

@Suite struct PlaceTests {
    private func place(_ id: String, _ name: String, aliases: [String] = []) -> Place {
        var place = Place(id: id, name: name, country: "DE", timeZone: "Europe/Berlin", origin: .builtIn)
        place.aliases = aliases.map { Place.Alias($0, origin: .configuration) }
        return place
    }

    @Test(arguments: ["Köln", "Koeln", "KÖLN", " köln ", "KOELN\n", "Ko\u{308}ln"])
    func `case, outer blanks and written-out umlauts make no other name`(spelling: String) throws {
        let catalog = try PlaceCatalog([place("de/köln", "Köln")])
        #expect(catalog.cityID(of: spelling, country: "DE") == "de/köln")
    }

    @Test func `sharp s is two s, and repeated blanks are one`() {
        #expect(PlaceName("Großbottwar") == PlaceName("GROSSBOTTWAR"))
        #expect(PlaceName("Bad  Cannstatt") == PlaceName("Bad Cannstatt"))
        #expect(PlaceName("Bad Cannstatt") != PlaceName("Bad-Cannstatt"))
    }

    @Test(arguments: ["Kolln", "Kö", "Köln-Porz", "Koln"])
    func `another name is a city of its own`(spelling: String) throws {
        let catalog = try PlaceCatalog([place("de/köln", "Köln")])
        #expect(catalog.cityID(of: spelling, country: "DE") == "de/\(spelling)".lowercased())
    }

    @Test func `a name counts within its country, and an unknown country matches no list`() throws {
        let catalog = try PlaceCatalog([place("de/köln", "Köln")])
        #expect(catalog.cityID(of: "Koeln", country: "AT") == "at/koeln")
        #expect(catalog.cityID(of: "Koeln", country: "ZZ") == "zz/koeln")
    }

    @Test func `an alias means its city`() throws {
        let catalog = try PlaceCatalog([place("de/stuttgart", "Stuttgart", aliases: ["Stuttgart H"])])
        #expect(catalog.cityID(of: "stuttgart h ", country: "DE") == "de/stuttgart")
        #expect(catalog.places[0].spellings.map(\.spelling) == ["Stuttgart", "Stuttgart H"])
    }

    @Test func `a spelling of two cities and two places of one id are refused`() {
        #expect(throws: PlaceCatalog.Conflict.ambiguous(spelling: "Hof", "de/a", "de/hof")) {
            try PlaceCatalog([place("de/hof", "Hof"), place("de/a", "A", aliases: ["hof"])])
        }
        #expect(throws: PlaceCatalog.Conflict.repeatedID("de/hof")) {
            try PlaceCatalog([place("de/hof", "Hof"), place("de/hof", "Hof")])
        }
    }

    @Test func `the digest follows the spellings and nothing else`() throws {
        var hof = place("de/hof", "Hof")
        let digest = try PlaceCatalog([hof]).spellingDigest
        hof.population = 45_598
        #expect(try PlaceCatalog([hof]).spellingDigest == digest)
        hof.aliases = [Place.Alias("Hof (Saale)", origin: .builtIn)]
        #expect(try PlaceCatalog([hof]).spellingDigest != digest)
    }
}
