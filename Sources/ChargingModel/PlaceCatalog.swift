/// The cities that a program knows, and which spelling means which of them.
///
/// Invariant: ids are unique and sorted; within a country every spelling, folded, means one city.
public struct PlaceCatalog: Hashable, Sendable {
    /// Why places cannot stand together in one catalogue.
    public enum Conflict: Error, Hashable, Sendable {
        /// Two places have this id.
        case repeatedID(String)
        /// A spelling means two cities, given by their ids.
        case ambiguous(spelling: String, String, String)
    }

    private struct Key: Hashable, Sendable {
        var country: String
        var name: PlaceName
    }

    /// All places, by id.
    public let places: [Place]
    private let idByName: [Key: String]

    /// A catalogue without places: every spelling is a city of its own.
    public init() {
        places = []
        idByName = [:]
    }

    /// Creates a catalogue of places.
    public init(_ places: [Place]) throws(Conflict) {
        self.places = places.sorted { $0.id < $1.id }
        for (place, next) in zip(self.places, self.places.dropFirst()) where place.id == next.id {
            throw .repeatedID(place.id)
        }
        var idByName: [Key: String] = [:]
        for place in self.places {
            for alias in place.spellings {
                let key = Key(country: place.country, name: PlaceName(alias.spelling))
                let former = idByName.updateValue(place.id, forKey: key)
                if let former, former != place.id {
                    throw .ambiguous(spelling: alias.spelling, former, place.id)
                }
            }
        }
        self.idByName = idByName
    }

    /// The id of the city that a spelling means.
    ///
    /// - Parameters:
    ///   - spelling: as the feed writes it.
    ///   - country: ISO 3166-1 alpha-2, upper case; `ZZ` where the feed gives none, which never matches a list.
    /// - Returns: The id, for example `de/köln`; where no list has the spelling, that of a city of its own.
    public func cityID(of spelling: String, country: String) -> String {
        idByName[Key(country: country, name: PlaceName(spelling))] ?? Place.id(country: country, name: spelling)
    }

    /// The digest of what ``cityID(of:country:)`` answers: changes where a spelling means another city, not where a
    /// number of inhabitants changes.
    public var spellingDigest: ContentDigest {
        let lines = idByName.map { "\($0.key.country)\u{1F}\($0.key.name.text)\u{1F}\($0.value)" }.sorted()
        return ContentDigest(of: Array(lines.joined(separator: "\n").utf8))
    }
}
