package import ChargingModel
import Foundation

/// What a series says of one feed and day: amounts by part.
package struct FeedDay: Sendable, Hashable {
    package var day: UTCDay
    package var amounts: [String: Double]

    package init(day: UTCDay, amounts: [String: Double]) {
        self.day = day
        self.amounts = amounts
    }

    var total: Double { amounts.values.reduce(0, +) }

    /// The part's share of the day; 0 where the day is empty.
    func share(of part: String) -> Double { total > 0 ? (amounts[part] ?? 0) / total : 0 }
}

/// The days of a feed before a day, oldest first, within the window of the past.
struct FeedPast: Sendable, Hashable {
    var days: [FeedDay]

    /// The lower median of the days' amounts of a part; `nil` without days.
    func median(of part: String) -> Double? {
        let sorted = days.map { $0.amounts[part] ?? 0 }.sorted()
        return sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2]
    }

    /// All days as one.
    var sum: FeedDay? {
        guard let first = days.first else { return nil }
        return days.dropFirst().reduce(first) { sum, day in
            FeedDay(day: sum.day, amounts: sum.amounts.merging(day.amounts, uniquingKeysWith: +))
        }
    }
}

/// How far one distribution lies from another.
package enum PopulationStability {
    /// A part with less, or that one side lacks, counts as this share: the index stays finite, and the first broken point
    /// of a small feed is no major shift.
    static let leastShare = 0.01

    /// The population stability index: Σ (q − p)·ln(q/p) over the parts; 0 for equal shares.
    ///
    /// Symmetric; under 0.1 is usually called small, over 0.25 a major shift. It says nothing about small samples.
    /// - SeeAlso: Yurdakul and Naranjo 2020, Journal of Risk Model Validation 14(4): it is the sum of both
    ///   Kullback-Leibler divergences.
    package static func index(_ expected: FeedDay, _ found: FeedDay) -> Double {
        Set(expected.amounts.keys).union(found.amounts.keys).sorted().reduce(0) { sum, part in
            let before = max(expected.share(of: part), leastShare)
            let after = max(found.share(of: part), leastShare)
            return sum + (after - before) * log(after / before)
        }
    }
}
