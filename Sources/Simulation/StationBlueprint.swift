/// One station of the world: its attributes and when they change.
///
/// Times are seconds since the start of the world.
struct StationBlueprint: Sendable {
    enum Kind: Sendable {
        case alternating
        case direct
    }

    var number: Int
    var kind: Kind
    var powerKilowatts: Int
    var name: String
    var address: String
    var cityText: String
    var postalCode: String
    var latitude: String
    var longitude: String
    var directions: String
    var openingTimesJSON: String
    var isRoaming: Bool
    var tariffZones: [String]
    /// The power from this second on, where the station is rebuilt.
    var upgrade: (second: Int64, powerKilowatts: Int)?
    /// When the whole station is not in the feed.
    var absence: Range<Int64>?
    var points: [PointBlueprint]
}

/// One point of the world.
///
/// Times are seconds since the start of the world.
struct PointBlueprint: Sendable {
    /// How a point lives.
    enum Role: Sendable {
        case normal
        case neverUsed
        case faulty
        case planned
    }

    /// Whether the point can be reserved; the feed shows it twice, as a flag and as a capability.
    enum Reservability: Sendable {
        case never
        case always
        case onlyWhileFree
    }

    var uid: Int
    var evseID: String
    var connectorCount: Int
    var role: Role
    var reservability: Reservability
    var hasCardReader: Bool
    /// `outOfOrder` or `inoperative`: each point keeps to one.
    var reportsOutOfOrder: Bool
    /// Whether the end of a long session is `blocked`.
    var reportsBlocked: Bool
    /// The share of time in which it is meant to be occupied.
    var demand: Double
    /// When the point is not in the feed.
    var absence: Range<Int64>?
    var parkingSpace: String?
}

/// One city of the world.
struct CityBlueprint: Sendable {
    var index: Int
    var operatorCode: String
    var operatorName: String
    var hotline: String?
    /// The hotline from this second on, where it changes.
    var newHotline: (second: Int64, hotline: String)?
    var stations: [StationBlueprint]
}

/// Points, stations and connectors are numbered so that their place can be read off the number.
enum Numbering {
    /// More than the points of the largest city at the largest scale, and the numbers made of theirs below.
    static let perCity = 10_000_000

    static func uid(city: Int, point: Int) -> Int { (city + 1) * perCity + point + 1 }
    static func stationID(city: Int, station: Int) -> Int { (city + 1) * perCity + 5_000_000 + station + 1 }

    /// The second uid of a point that a feed lists twice.
    static func secondUID(of uid: Int) -> Int { uid + 2_000_000 }
    /// The station at which a point's id is used again; one for each point.
    static func otherStation(ofPoint point: Int) -> Int { point + 2_000_000 }

    static func place(uid: String) -> (city: Int, point: Int)? {
        guard uid.utf8.count <= 10, let number = Int(uid), String(number) == uid else { return nil }
        let city = number / perCity - 1
        let point = number % perCity - 1
        return city >= 0 && point >= 0 ? (city, point) : nil
    }
}
