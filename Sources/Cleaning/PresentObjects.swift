import ChargingModel

/// The objects of one answer, each counted once.
///
/// An id that stands more than once in an answer is one object: of a point's records the newest by the source's own
/// time is used, of equal ones the first; of a station's records the first. The others are rejects.
struct PresentObjects {
    private(set) var stations: Set<String> = []
    private(set) var points: Set<String> = []
    private(set) var connectors: Set<String> = []
    var operators: Set<String> = []
    private(set) var hadRepetition = false
    /// Where the record that is used stands, for points with several.
    private var chosen: [String: Place] = [:]

    private struct Place: Hashable {
        var element: Int
        var point: Int
    }

    /// What an element adds to the answer.
    struct Admission {
        /// The station, without points and connectors that are told by other records.
        var record: StationRecord
        /// Whether the station itself is told by an element before.
        var isRepeatedStation: Bool
        /// One for each record that is not used.
        var repetitions: [Reject]

        /// Whether all points and connectors are there.
        var isWhole: Bool { repetitions.isEmpty || isRepeatedStation && repetitions.count == 1 }
    }

    /// Looks over the points of an answer, element by element, and chooses among repeated ones.
    init(_ records: some Sequence<StationRecord?>) {
        var newest: [String: (place: Place, time: Int64)] = [:]
        for (element, record) in records.enumerated() {
            for (number, item) in (record?.points ?? []).enumerated() {
                let (id, time) = (item.point.sourceID, item.status.reportedAt?.microseconds ?? .min)
                let place = Place(element: element, point: number)
                guard let before = newest[id] else {
                    newest[id] = (place, time)
                    continue
                }
                if time > before.time { newest[id] = (place, time) }
                chosen[id] = time > before.time ? place : before.place
            }
        }
        hadRepetition = !chosen.isEmpty
    }

    init() {}

    /// Takes the objects of an element that other records do not tell.
    mutating func admit(_ record: StationRecord, element: Int) -> Admission {
        var admission = Admission(record: record, isRepeatedStation: false, repetitions: [])
        if !stations.insert(record.station.sourceID).inserted {
            hadRepetition = true
            admission.isRepeatedStation = true
            admission.repetitions.append(.repetition(.station, record.station.sourceID, ""))
        }
        if hasOnlyNew(record) { return admission }
        admission.record.points = record.points.enumerated().compactMap { number, item in
            let pointer = "/evses/\(item.position)"
            let place = Place(element: element, point: number)
            guard chosen[item.point.sourceID, default: place] == place else {
                admission.repetitions += item.asRepetitions(pointer: pointer)
                return nil
            }
            points.insert(item.point.sourceID)
            var item = item
            item.connectors.removeAll { plug in
                if connectors.insert(plug.connector.sourceID).inserted { return false }
                admission.repetitions.append(
                    .repetition(.connector, plug.connector.sourceID, pointer + "/connectors")
                )
                return true
            }
            return item
        }
        hadRepetition = hadRepetition || !admission.repetitions.isEmpty
        return admission
    }

    /// Takes the points and connectors of a record where none of them stands elsewhere.
    private mutating func hasOnlyNew(_ record: StationRecord) -> Bool {
        guard chosen.isEmpty else { return false }
        for (number, item) in record.points.enumerated() {
            points.insert(item.point.sourceID)
            for (plugNumber, plug) in item.connectors.enumerated()
            where !connectors.insert(plug.connector.sourceID).inserted {
                // Look at it again, from the first point on: what was taken of it so far goes back.
                for earlier in record.points[..<number].flatMap(\.connectors) + item.connectors[..<plugNumber] {
                    connectors.remove(earlier.connector.sourceID)
                }
                return false
            }
        }
        return true
    }
}

extension PointRecord {
    fileprivate func asRepetitions(pointer: String) -> [Reject] {
        [.repetition(.point, point.sourceID, pointer)]
            + connectors.map { .repetition(.connector, $0.connector.sourceID, pointer + "/connectors") }
    }
}

extension Reject {
    fileprivate static func repetition(_ kind: RecordKind, _ id: String, _ pointer: String) -> Reject {
        let used = kind == .point ? "newest is used, of equally old ones the first" : "first is used"
        return Reject(
            kind,
            rule: "duplicate_id",
            sourceID: id,
            pointer: pointer,
            message: "\(kind.rawValue) \(id) stands more than once in the answer (expected once; the \(used))"
        )
    }
}

extension RecordCounts {
    /// One record of a kind.
    init(one kind: RecordKind) {
        self.init()
        switch kind {
        case .station: stations = 1
        case .point: points = 1
        case .connector: connectors = 1
        }
    }

    /// The records inside a station record, itself included.
    init(in record: StationRecord) {
        self.init(
            stations: 1,
            points: record.points.count,
            connectors: record.points.reduce(0) { $0 + $1.connectors.count }
        )
    }

    static func -= (left: inout RecordCounts, right: RecordCounts) {
        left.stations -= right.stations
        left.points -= right.points
        left.connectors -= right.connectors
    }
}
