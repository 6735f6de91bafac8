import ChargingModel

/// When vehicles arrive and how long they stay: the shape, not the level, of demand.
struct DemandProfile: Sendable {
    /// Relative rate of arrivals by local hour of the week, mean 1.
    let weights: [Double]
    let largestWeight: Double
    /// Mean duration of a session in seconds, over all arrivals.
    let meanDuration: Double
    private let isDirect: Bool

    static let alternating = DemandProfile(
        hours: [
            0.15, 0.10, 0.08, 0.08, 0.12, 0.35, 0.90, 1.60, 1.95, 1.85, 1.75, 1.70, 1.65, 1.60, 1.50, 1.45, 1.40, 1.40,
            1.35, 1.10, 0.75, 0.50, 0.35, 0.22,
        ],
        days: [1.05, 1.08, 1.08, 1.08, 1.08, 0.95, 0.68],
        isDirect: false
    )
    static let direct = DemandProfile(
        hours: [
            0.55, 0.48, 0.45, 0.45, 0.50, 0.65, 0.80, 1.00, 1.10, 1.20, 1.30, 1.35, 1.35, 1.35, 1.35, 1.45, 1.50, 1.55,
            1.50, 1.30, 1.05, 0.85, 0.70, 0.60,
        ],
        days: [0.95, 0.93, 0.95, 1.00, 1.20, 1.15, 0.82],
        isDirect: true
    )

    private init(hours: [Double], days: [Double], isDirect: Bool) {
        let products = days.flatMap { day in hours.map { $0 * day } }
        let mean = products.reduce(0, +) / Double(products.count)
        let weights = products.map { $0 / mean }
        self.weights = weights
        self.isDirect = isDirect
        largestWeight = weights.reduce(0, max)
        meanDuration =
            zip(weights, 0..<weights.count).reduce(0) { sum, element in
                let overnight = isDirect ? 0 : Self.overnightShare(hourOfWeek: element.1)
                let ordinary = isDirect ? Self.directMean : Self.alternatingMean
                return sum + element.0 * (overnight * Self.overnightMean + (1 - overnight) * ordinary)
            } / Double(weights.count)
    }

    // Medians and spreads of docs/methods/simulation.md; the mean of a lognormal is median · exp(sigma² / 2).
    private static let alternatingMedian = 8_400.0
    private static let alternatingSigma = 0.75
    private static let directMedian = 1_800.0
    private static let directSigma = 0.5
    private static let overnightMedian = 32_400.0
    private static let overnightSigma = 0.1
    private static let alternatingMean = alternatingMedian * PortableMath.exp(alternatingSigma * alternatingSigma / 2)
    private static let directMean = directMedian * PortableMath.exp(directSigma * directSigma / 2)
    private static let overnightMean = overnightMedian * PortableMath.exp(overnightSigma * overnightSigma / 2)

    /// The share of AC arrivals of an hour that stay for the night.
    private static func overnightShare(hourOfWeek: Int) -> Double {
        (17...21).contains(hourOfWeek % 24) ? 0.22 : 0
    }

    /// The length of a session that begins in this hour, 60 s to 48 h.
    func duration(hourOfWeek: Int, _ stream: inout RandomStream) -> Int64 {
        let seconds: Double
        if isDirect {
            seconds = stream.lognormal(median: Self.directMedian, sigma: Self.directSigma)
        } else if stream.chance(Self.overnightShare(hourOfWeek: hourOfWeek)) {
            seconds = stream.lognormal(median: Self.overnightMedian, sigma: Self.overnightSigma)
        } else {
            seconds = stream.lognormal(median: Self.alternatingMedian, sigma: Self.alternatingSigma)
        }
        return Int64(min(max(seconds, 60), 172_800))
    }
}
