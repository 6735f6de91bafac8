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

    /// Judges a structurally sound answer by its size, and remembers it.
    ///
    /// - Returns: The reason why it is suspect; `nil` where it is usable.
    mutating func verdict(slot: UTCTime, points: Int) -> String? {
        let oldest = slot.adding(seconds: -Self.memory)
        sizes.removeAll { $0.slot < oldest }
        let usual = Self.median(sizes.map(\.points))
        sizes.append((slot, points))
        guard let usual, Double(points) < suspectShare * Double(usual) else { return nil }
        return "\(points) charging points (expected at least \(Int((suspectShare * Double(usual)).rounded(.up))),"
            + " half of the usual \(usual))"
    }

    /// The lower median; `nil` of nothing.
    static func median(_ values: [Int]) -> Int? {
        values.isEmpty ? nil : values.sorted()[(values.count - 1) / 2]
    }
}
