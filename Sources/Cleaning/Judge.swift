import ChargingModel
import RawArchive

/// Decides which polls are observations.
///
/// A pure function of the answers: the same rule holds for live polls, imports and rebuilds.
struct Judge {
    /// How far back "usual" looks.
    static let memory = 24 * 3_600

    let suspectShare: Double
    /// Numbers of points in structurally sound answers, by slot, suspect ones included: after half a day of smaller
    /// answers the smaller size is the usual one.
    private(set) var sizes: [(slot: UTCTime, points: Int)]
    /// The same numbers in ascending order: their lower median is the usual size.
    private var ordered: [Int]

    /// Starts with what the days before saw, in the order of slots.
    init(suspectShare: Double, sizes: [(slot: UTCTime, points: Int)]) {
        self.suspectShare = suspectShare
        self.sizes = sizes
        ordered = sizes.map(\.points).sorted()
    }

    /// Judges a structurally sound answer by its size, and remembers it.
    ///
    /// - Returns: The reason why it is suspect; `nil` where it is usable.
    mutating func verdict(slot: UTCTime, points: Int) -> String? {
        let oldest = slot.adding(seconds: -Self.memory)
        if let first = sizes.first, first.slot < oldest {
            for size in sizes where size.slot < oldest { remove(size.points) }
            sizes.removeAll { $0.slot < oldest }
        }
        let usual = ordered.isEmpty ? nil : ordered[(ordered.count - 1) / 2]
        sizes.append((slot, points))
        ordered.insert(points, at: place(of: points))
        guard let usual, Double(points) < suspectShare * Double(usual) else { return nil }
        return "\(points) charging points (expected at least \(Int((suspectShare * Double(usual)).rounded(.up))),"
            + " half of the usual \(usual))"
    }

    private mutating func remove(_ points: Int) {
        ordered.remove(at: place(of: points))
    }

    /// Where the first of the ordered sizes stands that is not smaller.
    private func place(of points: Int) -> Int {
        var (low, high) = (0, ordered.count)
        while low < high {
            let middle = (low + high) / 2
            if ordered[middle] < points { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
