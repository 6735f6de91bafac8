import ChargingModel

/// The objects of one answer, each counted once.
struct PresentObjects {
    private(set) var stations: Set<String> = []
    private(set) var points: Set<String> = []
    private(set) var connectors: Set<String> = []
    var operators: Set<String> = []
    private(set) var hadRepetition = false

    /// Takes the objects of a station that were not met before in this answer.
    ///
    /// - Returns: The record without repeated objects (`nil` where the station itself is repeated), and a reject for
    ///   each repeated one.
    mutating func admit(_ record: StationRecord) -> (unique: StationRecord?, repetitions: [Reject]) {
        guard stations.insert(record.station.sourceID).inserted else {
            hadRepetition = true
            return (nil, record.asRepetitions)
        }
        var repetitions: [Reject] = []
        var unique = record
        unique.points = record.points.enumerated().compactMap { index, item in
            guard points.insert(item.point.sourceID).inserted else {
                repetitions += item.asRepetitions(pointer: "/evses/\(index)")
                return nil
            }
            var item = item
            item.connectors.removeAll { plug in
                if connectors.insert(plug.connector.sourceID).inserted { return false }
                repetitions.append(.repetition(.connector, plug.connector.sourceID, "/evses/\(index)/connectors"))
                return true
            }
            return item
        }
        hadRepetition = hadRepetition || !repetitions.isEmpty
        return (unique, repetitions)
    }
}

extension StationRecord {
    fileprivate var asRepetitions: [Reject] {
        [.repetition(.station, station.sourceID, "")]
            + points.enumerated().flatMap { $1.asRepetitions(pointer: "/evses/\($0)") }
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
        Reject(
            kind,
            rule: "duplicate_id",
            sourceID: id,
            pointer: pointer,
            message: "\(kind.rawValue) \(id) stands more than once in the answer (expected once; the first is kept)"
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
