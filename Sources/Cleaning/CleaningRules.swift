/// The rules of cleaning that a configuration can change, and the version of those that it cannot.
public struct CleaningRules: Hashable, Sendable, Codable {
    /// Raised whenever the same raw packs would give other slices; part of every slice's input hash.
    public static let version = 2

    /// A state holds over missed polls if the next good poll comes within this many intervals.
    public var maximumGapIntervals: Int
    /// An answer with less than this share of the usual points is `suspect`: treated as a missed poll.
    public var suspectShare: Double

    enum CodingKeys: String, CodingKey {
        case maximumGapIntervals = "max_gap_intervals"
        case suspectShare = "suspect_share"
    }

    /// Creates rules.
    ///
    /// ## Configuration keys
    /// `clean.max_gap_intervals`, `clean.suspect_share`
    public init(maximumGapIntervals: Int = 3, suspectShare: Double = 0.5) {
        self.maximumGapIntervals = maximumGapIntervals
        self.suspectShare = suspectShare
    }
}
