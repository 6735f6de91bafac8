import ChargingModel

/// Bounds within which the mean of a city network is expected.
///
/// A figure outside them is worth a look; it is not wrong.
///
/// - SeeAlso: `docs/methods/utilization.md`, "Plausibility", with the publications behind the numbers.
struct PlausibilityBounds: Sendable, Hashable {
    var utilization: ClosedRange<Double>
    var down: ClosedRange<Double>
    var unknownMaximum: Double
    /// Mean utilization from 9 to 20 h local time over that from 20 to 9 h.
    var dayToNight: ClosedRange<Double>
    /// Smaller samples than these are not judged.
    var minimumPoints: Int
    var minimumHours: Int

    /// AC charging in German cities, 2020 to 2025.
    static let germanAC = PlausibilityBounds(
        utilization: 0.05...0.30,
        down: 0.01...0.12,
        unknownMaximum: 0.15,
        dayToNight: 1.3...3,
        minimumPoints: 10,
        minimumHours: 168
    )

    /// What is unusual about the whole, and which rows have little coverage.
    func notes(rows: [UtilizationRow], total: UtilizationRow, query: UtilizationQuery) -> [String] {
        coverageNotes(rows: rows, total: total) + plausibilityNotes(rows: rows, total: total, query: query)
    }

    private func coverageNotes(rows: [UtilizationRow], total: UtilizationRow) -> [String] {
        let verdicts = rows.map { $0.value(of: MetricRegistry.utilization).verdict }
        let low = verdicts.count { $0 == .low }
        let withheld = verdicts.count { !$0.isShown }
        var notes: [String] = []
        if low > 0 { notes.append("\(low) of \(rows.count) rows have a coverage under 80 % and are flagged") }
        if withheld > 0 {
            notes.append("\(withheld) of \(rows.count) rows have a coverage under 50 %; their figures are withheld")
        }
        return notes
    }

    private func plausibilityNotes(
        rows: [UtilizationRow],
        total: UtilizationRow,
        query: UtilizationQuery
    ) -> [String] {
        let hours = query.to.seconds(since: query.from) / 3_600
        guard total.points >= minimumPoints, hours >= minimumHours,
            total.value(of: MetricRegistry.utilization).verdict == .sufficient
        else { return [] }
        var notes: [String] = []
        func judge(_ name: String, _ value: Double?, _ bounds: ClosedRange<Double>, asPercent: Bool = true) {
            guard let value, !bounds.contains(value) else { return }
            let text = { (number: Double) in asPercent ? "\(Self.rounded(number * 100)) %" : Self.rounded(number) }
            notes.append(
                "\(name) is \(text(value)), outside the usual \(text(bounds.lowerBound)) to \(text(bounds.upperBound)) "
                    + "of German AC city networks"
            )
        }
        judge("mean utilization", total.value(of: MetricRegistry.utilization).ratio, utilization)
        judge("the out-of-order share", total.value(of: MetricRegistry.shareDown).ratio, down)
        judge("the unknown share", total.value(of: MetricRegistry.shareUnknown).ratio, 0...unknownMaximum)
        judge("day to night use", Self.dayToNightRatio(rows), dayToNight, asPercent: false)
        return notes
    }

    /// Utilization from 9 to 20 h over that of the rest; `nil` where the rows are not hours of the week.
    private static func dayToNightRatio(_ rows: [UtilizationRow]) -> Double? {
        var day = CategorySeconds()
        var night = CategorySeconds()
        for row in rows {
            guard case .hourOfWeek(let hour) = row.key else { return nil }
            if (9..<20).contains(hour % 24) { day = day + row.seconds } else { night = night + row.seconds }
        }
        guard let above = MetricValue(MetricRegistry.utilization, from: day).ratio,
            let below = MetricValue(MetricRegistry.utilization, from: night).ratio, below > 0
        else { return nil }
        return above / below
    }

    /// One decimal, without a trailing zero.
    private static func rounded(_ number: Double) -> String {
        let tenths = (number * 10).rounded() / 10
        return tenths == tenths.rounded() ? String(Int(tenths)) : String(tenths)
    }
}
