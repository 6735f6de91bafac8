import Analytics

/// The body of a table of the hours of the week: seven rows, twenty-four columns, one ramp.
struct HeatMap {
    /// Steps of the ramp, from the least to the most.
    static let steps = 10

    private let rows: [Int: UtilizationRow]
    /// The utilization at which the ramp ends.
    private let maximum: Double

    init(_ report: UtilizationReport) {
        var rows: [Int: UtilizationRow] = [:]
        var highest = 0.0
        for row in report.rows {
            guard let hour = row.hour, rows[hour] == nil else { continue }
            rows[hour] = row
            highest = max(highest, row.value(of: MetricRegistry.utilization).ratio ?? 0)
        }
        self.rows = rows
        maximum = [0.1, 0.2, 0.4, 0.6, 0.8].first { highest <= $0 } ?? 1
    }

    var text: String {
        let hours = (0..<24).map { "<th scope=\"col\">\(HourOfWeek.twoDigits($0))</th>" }.joined()
        let lines = HourOfWeek.days.indices.map { day in
            let cells = (0..<24).map { cell(day * 24 + $0) }.joined()
            return "<tr><th scope=\"row\">\(HourOfWeek.days[day])</th>\(cells)</tr>\n"
        }
        let scale = (0..<Self.steps).map { "<span class=\"swatch h\($0)\"></span>" }.joined()
        let limit = NumberText.percent(maximum, decimals: 0) ?? ""
        return
            "<thead>\n<tr><th scope=\"col\">local hour</th>\(hours)</tr>\n</thead>\n<tbody>\n\(lines.joined())</tbody>\n"
            + "<tfoot>\n<tr><td colspan=\"25\"><span class=\"scale\">0 % \(scale) \(limit) %</span>"
            + " <span class=\"low\">12</span> coverage under 80 % · – not enough observations</td></tr>\n</tfoot>\n"
    }

    private func cell(_ hour: Int) -> String {
        guard let row = rows[hour] else {
            return "<td class=\"empty\" title=\"\(HourOfWeek(hour).label): no hour\"></td>"
        }
        let value = row.value(of: MetricRegistry.utilization)
        let coverage = "n = \(row.points), coverage \(HTMLText.bare(value.coverage)) %"
        let attributes = "data-points=\"\(row.points)\" data-coverage=\"\(UtilizationRows.attribute(value.coverage))\""
        guard let ratio = value.ratio, let text = NumberText.percent(ratio, decimals: 0) else {
            let reason = value.verdict.reason ?? ""
            return
                "<td class=\"empty\" \(attributes) title=\"\(row.label): \(reason), \(coverage)\">\(DisplayText.nothing)</td>"
        }
        let step = min(Self.steps - 1, Int(ratio / maximum * Double(Self.steps)))
        let flag = value.verdict == .low ? " low" : ""
        return
            "<td class=\"h\(step)\(flag)\" \(attributes) title=\"\(row.label): \(HTMLText.bare(ratio)) %, \(coverage)\">\(text)</td>"
    }
}
