import ChargingModel

/// The stations of one city as bytes with gaps where the status stands.
struct AnswerTemplate: Sendable {
    /// A station between two changes of its attributes.
    struct StationVersion: Sendable {
        /// Seconds since the start of the world.
        var validFrom: Int64
        /// Up to the list of points, which stands last.
        var head: Range<Int>
        /// First point in ``points``.
        var firstPoint: Int
    }

    struct Station: Sendable {
        var versions: Range<Int>
        /// Points of the city, by number.
        var points: Range<Int>
    }

    /// A point in one version of its station: fixed bytes that stand between the status's places.
    ///
    /// `cuts[0]` | status | `cuts[1]` | reservable and capabilities | `cuts[2]` | status | `cuts[3]` [| status | …]
    struct Point: Sendable {
        var cuts: (Int, Int, Int, Int, Int, Int)
        var hasSecondConnector: Bool
        /// Index into ``flags`` while the point can be reserved, and while it cannot.
        var flagsWhileFree: Int
        var flagsOtherwise: Int
    }

    private(set) var bytes: [UInt8] = []
    private(set) var stations: [Station] = []
    private(set) var versions: [StationVersion] = []
    private(set) var points: [Point] = []

    /// The value of `reservable` and the capabilities, which say the same twice.
    ///
    /// Bit 0: reservable, bit 1: card reader.
    static let flags: [[UInt8]] = (0..<4).map { bits in
        let isReservable = bits & 1 != 0
        let names = (bits & 2 != 0 ? ["RFID_READER"] : []) + ["REMOTE_START_STOP_CAPABLE"]
        let quoted = (names + (isReservable ? ["RESERVABLE"] : [])).map { "\"\($0)\"" }
        return Array("\(isReservable),\"capabilities\":[\(quoted.joined(separator: ","))]".utf8)
    }

    init(city: CityBlueprint) {
        var firstPoint = 0
        for station in city.stations {
            let firstVersion = versions.count
            for second in Self.changes(of: station, in: city) {
                append(station, of: city, at: second)
            }
            let range = firstPoint..<firstPoint + station.points.count
            stations.append(Station(versions: firstVersion..<versions.count, points: range))
            firstPoint = range.upperBound
        }
    }

    /// An upper bound for the bytes of the stations in any answer.
    var capacity: Int {
        let longestPatch = 3 * 16 + (Self.flags.map(\.count).max() ?? 0) + 2
        return bytes.count + points.count * longestPatch + stations.count * 4
    }

    private static func changes(of station: StationBlueprint, in city: CityBlueprint) -> [Int64] {
        [0] + [station.upgrade?.second, city.newHotline?.second].compactMap(\.self).sorted()
    }

    private mutating func append(_ station: StationBlueprint, of city: CityBlueprint, at second: Int64) {
        let head = append(StationText.head(station, of: city, at: second))
        versions.append(StationVersion(validFrom: second, head: head, firstPoint: points.count))
        for point in station.points {
            append(point, of: station, at: second)
        }
    }

    private mutating func append(_ point: PointBlueprint, of station: StationBlueprint, at second: Int64) {
        let parts = StationText.parts(point, of: station, at: second)
        let ends = parts.map { append($0).upperBound }
        let start = ends[0] - parts[0].utf8.count
        let card = point.hasCardReader ? 2 : 0
        points.append(
            Point(
                cuts: (start, ends[0], ends[1], ends[2], ends[3], ends.count > 4 ? ends[4] : ends[3]),
                hasSecondConnector: point.connectorCount > 1,
                flagsWhileFree: card + (point.reservability == .never ? 0 : 1),
                flagsOtherwise: card + (point.reservability == .always ? 1 : 0)
            )
        )
    }

    private mutating func append(_ text: String) -> Range<Int> {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        return start..<bytes.count
    }
}
