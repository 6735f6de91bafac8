/// A city as the warehouse knows it: its one name, where it lies, how many live there, and how feeds spell it.
public struct Place: Hashable, Sendable {
    /// Who says that a spelling means a city.
    public enum Origin: String, Sendable, CaseIterable {
        /// The list that comes with this version.
        case builtIn = "built-in"
        /// A file that the configuration names.
        case configuration
        /// Nobody: a feed names a city that no list has, so that it is a city of its own.
        case feed
    }

    /// A spelling by which feeds mean the city.
    public struct Alias: Hashable, Sendable {
        /// As feeds write it; compared as ``PlaceName`` says.
        public var spelling: String
        /// The part of the city that the spelling names, for example `Bad Cannstatt`; `nil` where it names none.
        public var cityDistrict: String?
        /// Where the alias stands.
        public var origin: Origin

        /// Creates an alias.
        public init(_ spelling: String, cityDistrict: String? = nil, origin: Origin) {
            self.spelling = spelling
            self.cityDistrict = cityDistrict
            self.origin = origin
        }
    }

    /// Country and name in small letters: `de/köln`.
    ///
    /// Never changes.
    public let id: String
    /// The name of the city in reports.
    public var name: String
    /// ISO 3166-1 alpha-2, upper case.
    public var country: String
    /// ISO 3166-2, for example `DE-NW`; `nil` where it is not known.
    public var stateCode: String?
    /// The district (in Germany the Kreis or kreisfreie Stadt); `nil` where it is not known.
    public var district: String?
    /// The German municipality key (Amtlicher Gemeindeschlüssel), eight digits; `nil` elsewhere, or not known.
    public var municipalityKey: String?
    /// IANA name.
    public var timeZone: String
    /// Degrees north, WGS 84; `nil` where it is not known.
    public var latitude: Double?
    /// Degrees east, WGS 84; `nil` where it is not known.
    public var longitude: Double?
    /// Inhabitants; `nil` where no source is known.
    public var population: Int?
    /// The day that ``population`` stands for; `nil` without it.
    public var populationDay: UTCDay?
    /// Further spellings; the name itself is none of them.
    public var aliases: [Alias]
    /// Where the city stands.
    public var origin: Origin

    /// Creates a city of which only the name and the place on the clock are known.
    public init(id: String, name: String, country: String, timeZone: String, origin: Origin) {
        self.id = id
        self.name = name
        self.country = country
        self.timeZone = timeZone
        self.origin = origin
        aliases = []
    }

    /// The key of the city in the warehouse.
    public var key: StableKey { Self.key(ofCity: id) }

    /// The name as an alias, then the aliases: every spelling that means this city.
    public var spellings: [Alias] { [Alias(name, origin: origin)] + aliases }

    /// The key of a city in the warehouse.
    public static func key(ofCity id: String) -> StableKey { StableKey("city", id) }

    /// The id of a city that no list has: country and name as the feed writes it, in small letters.
    public static func id(country: String, name: String) -> String { "\(country)/\(name)".lowercased() }
}

/// A spelling of a city, made comparable: without case, outer and repeated blanks, and with `ä ö ü ß` written as
/// `ae oe ue ss`, so that `Koeln`, `KÖLN` and `Köln ` are one name.
///
/// Nothing else is folded: `Frankfurt` and `Frankfurt am Main` stay two names, since a rule that joins them would
/// join other cities too. What is left is for aliases.
public struct PlaceName: Hashable, Comparable, Sendable {
    /// The folded text.
    public let text: String

    /// Folds a spelling.
    public init(_ spelling: String) {
        var folded = ""
        for word in spelling.lowercased().split(whereSeparator: \.isWhitespace) {
            if !folded.isEmpty { folded.append(" ") }
            // By character: a composed and a decomposed umlaut are equal.
            for character in word {
                switch character {
                case "ä": folded += "ae"
                case "ö": folded += "oe"
                case "ü": folded += "ue"
                case "ß": folded += "ss"
                default: folded.append(character)
                }
            }
        }
        text = folded
    }

    /// Orders names by their folded text.
    public static func < (left: PlaceName, right: PlaceName) -> Bool { left.text < right.text }
}
