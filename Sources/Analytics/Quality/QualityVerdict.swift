import ChargingModel

/// Turns figures into results: one for each unit of the rule's scope, whether something was found or not.
struct QualityVerdict {
    let rule: QualityRule
    let thresholds: QualityThresholds
    let slices: [LoadedSlice]
    let newestDay: UTCDay

    /// The results, by day and feed.
    func results(of figures: [SliceFigure]) -> [QualityResult] {
        guard rule.scope != .warehouse else { return [result(nil, newestDay, figures.first?.figure)] }
        var units = self.units
        var results: [QualityResult] = []
        for figure in figures {
            guard let feed = figure.feedKey, let day = figure.day else { continue }
            // What is found outside of every loaded slice is told too.
            let unit = Unit(feed: feed, day: day)
            results.append(result(units.removeValue(forKey: unit) ?? slice(unit), day, figure.figure))
        }
        results += units.values.map { result($0, $0.day, nil) }
        return results.sorted { ($0.day, $0.feedKey) < ($1.day, $1.feedKey) }
    }

    private struct Unit: Hashable {
        var feed: Int64
        var day: UTCDay
    }

    /// The slices, or the newest of each feed.
    private var units: [Unit: LoadedSlice] {
        var chosen = slices
        if rule.scope == .feed {
            let newest = Dictionary(slices.map { ($0.feedKey, $0.day) }, uniquingKeysWith: max)
            chosen = slices.filter { newest[$0.feedKey] == $0.day }
        }
        return Dictionary(chosen.map { (Unit(feed: $0.feedKey, day: $0.day), $0) }) { first, _ in first }
    }

    private func slice(_ unit: Unit) -> LoadedSlice {
        let known = slices.first { $0.feedKey == unit.feed }
        return LoadedSlice(feedKey: unit.feed, feed: known?.feed ?? "", day: unit.day, loadID: 0)
    }

    private func result(_ slice: LoadedSlice?, _ day: UTCDay, _ figure: QualityFigure?) -> QualityResult {
        QualityResult(
            rule: rule.id,
            feedKey: slice?.feedKey ?? 0,
            feed: slice?.feed ?? "",
            day: day,
            loadID: slice?.loadID ?? 0,
            status: status(of: figure),
            observed: figure.map { Self.rounded($0.observed) } ?? (isCounting ? 0 : nil),
            expected: figure?.expected.map(Self.rounded) ?? (isCounting ? 0 : nil),
            detail: detail(of: figure)
        )
    }

    private var isCounting: Bool {
        if case .offences = rule.method { true } else { false }
    }

    private func status(of figure: QualityFigure?) -> QualityResult.Status {
        // Without a figure there is no offence, or nothing to measure.
        guard let figure else { return isCounting ? .ok : .skipped }
        guard figure.sample >= rule.minimumSample else { return .skipped }
        guard figure.deviation > (rule.threshold.map { thresholds[$0] } ?? 0) else { return .ok }
        return rule.severity == .error ? .failed : .warning
    }

    private func detail(of figure: QualityFigure?) -> String? {
        guard let figure else { return nil }
        let limit = rule.threshold.map { thresholds[$0] }
        var words: [String] = []
        if figure.sample < rule.minimumSample {
            words.append("sample of \(figure.sample) (expected at least \(rule.minimumSample))")
        } else if let limit {
            words.append("deviation \(Self.rounded(figure.deviation, 4)) (expected at most \(limit))")
        }
        if let subject = figure.subject { words.append("for example \(subject)") }
        return words.isEmpty ? nil : String(words.joined(separator: "; ").prefix(400))
    }

    /// Equal on every machine: the last digits of a logarithm need not be.
    private static func rounded(_ number: Double) -> Double { rounded(number, 9) }

    private static func rounded(_ number: Double, _ decimals: Int) -> Double {
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        guard abs(number) < 1e6 else { return number }
        return (number * scale).rounded() / scale
    }
}
