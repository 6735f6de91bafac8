public import ChargingModel

/// Seconds of charging points in each status category: the additive measure behind every key figure.
///
/// - Shape: one count a ``StatusCategory``, all eight present. Adding two values adds every count.
/// - Units: seconds, summed over points and time. Ratios are taken last, from sums.
public struct CategorySeconds: Sendable, Hashable {
    private var counts: [StatusCategory: Int64]

    /// Creates counts; a category that is not named has none.
    public init(_ counts: [StatusCategory: Int64] = [:]) {
        self.counts = counts.filter { $0.value != 0 }
    }

    /// The seconds in one category.
    public subscript(category: StatusCategory) -> Int64 {
        get { counts[category] ?? 0 }
        set { counts[category] = newValue == 0 ? nil : newValue }
    }

    /// The seconds in all of some categories together.
    public func sum(over categories: [StatusCategory]) -> Int64 {
        categories.reduce(0) { $0 + self[$1] }
    }

    /// Observed time: free, occupied, reserved, down and unknown.
    public var observed: Int64 { sum(over: StatusCategory.observed) }

    /// Wall time: all eight categories.
    public var total: Int64 { sum(over: StatusCategory.allCases) }

    /// Adds two values, category by category.
    public static func + (left: CategorySeconds, right: CategorySeconds) -> CategorySeconds {
        var sum = left
        for category in StatusCategory.allCases { sum[category] += right[category] }
        return sum
    }
}

extension StatusCategory {
    /// The categories that make up observed time, in the order of the palette.
    package static let observed: [StatusCategory] = allCases.filter(\.isObserved)

    /// The name of the column that holds this category's seconds in `agg_point_hour`.
    package var secondsColumn: String { "\(rawValue)_s" }
}
