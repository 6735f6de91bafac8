import ChargingModel

/// The statuses of all points of a city over the whole world, in flat arrays.
struct CityTimeline: Sendable {
    /// The first entry of each point, and the count of all entries.
    private(set) var offsets: [Int] = [0]
    /// Seconds since the start of the world at which an entry begins; it ends where the next one begins.
    private(set) var starts: [Int32] = []
    private(set) var codes: [StatusCode] = []
    let length: Int64

    init(length: Int64) {
        self.length = length
    }

    var pointCount: Int { offsets.count - 1 }

    mutating func append(_ stretches: [Stretch]) {
        for stretch in stretches {
            starts.append(Int32(stretch.from))
            codes.append(StatusCode(stretch.status))
        }
        offsets.append(starts.count)
    }

    func stretches(of point: Int) -> [Stretch] {
        (offsets[point]..<offsets[point + 1]).map { entry in
            let isLast = entry + 1 == offsets[point + 1]
            return Stretch(
                from: Int64(starts[entry]),
                to: isLast ? length : Int64(starts[entry + 1]),
                status: codes[entry].status
            )
        }
    }

    /// The status at a second of the world.
    func code(of point: Int, at second: Int32) -> StatusCode {
        var low = offsets[point]
        var high = offsets[point + 1]
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= second { low = middle } else { high = middle }
        }
        return codes[low]
    }
}

/// A status as one byte.
struct StatusCode: Hashable, Sendable {
    let rawValue: UInt8

    init(_ status: ChargingStatus) {
        rawValue = UInt8(truncatingIfNeeded: status.key)
    }

    static let absent = StatusCode(.absent)
    static let available = StatusCode(.available)

    var status: ChargingStatus { Self.statuses[Int(rawValue)] }

    /// The word of the feed, as bytes; empty for what a feed never says.
    static let words: [[UInt8]] = statuses.map { status in
        switch status {
        case .available: Array("AVAILABLE".utf8)
        case .charging: Array("CHARGING".utf8)
        case .blocked: Array("BLOCKED".utf8)
        case .reserved: Array("RESERVED".utf8)
        case .inoperative: Array("INOPERATIVE".utf8)
        case .outOfOrder: Array("OUTOFORDER".utf8)
        case .planned: Array("PLANNED".utf8)
        case .removed: Array("REMOVED".utf8)
        case .unknown: Array("UNKNOWN".utf8)
        case .absent, .unobserved: []
        }
    }

    /// Statuses by their key; 0 is not used.
    private static let statuses: [ChargingStatus] = (0...ChargingStatus.allCases.count).map { key in
        ChargingStatus.allCases.first { Int($0.key) == key } ?? .unknown
    }
}
