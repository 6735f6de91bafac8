import Analytics
import ChargingModel

/// The body of a table of stations, cities or operators: a bar of time shares beside every figure.
struct UtilizationRows {
    private let report: UtilizationReport

    init(_ report: UtilizationReport) {
        self.report = report
    }

    var text: String {
        let headings: [(text: String, isNumber: Bool)] = [
            (UtilizationCaption.noun(report.query.grouping), false), ("utilization %", true),
            ("share of observed time, 0 to 100 %", false), ("± polling %", true), ("adjusted %", true),
            ("free %", true), ("reserved %", true), ("out of order %", true), ("unknown %", true),
            ("n points", true), ("coverage %", true),
        ]
        let head = headings.map { "<th scope=\"col\"\($0.isNumber ? " class=\"number\"" : "")>\($0.text)</th>" }
        let none = "<tr><td colspan=\"\(headings.count)\">no charging points in this period</td></tr>\n"
        let body = report.rows.isEmpty ? none : report.rows.map(row).joined()
        return
            "<thead>\n<tr>\(head.joined())</tr>\n</thead>\n<tbody>\n\(body)</tbody>\n<tfoot>\n\(row(report.total))</tfoot>\n"
    }

    private func row(_ row: UtilizationRow) -> String {
        let utilization = row.value(of: MetricRegistry.utilization)
        let ratio = { (metric: Metric) in row.value(of: metric).ratio }
        let place = row.object?.place.map { "<small>\(HTMLText.escaped($0))</small>" } ?? ""
        let remark = utilization.verdict.reason.map { "<small class=\"remark\">\(HTMLText.escaped($0))</small>" } ?? ""
        let numbers = [
            row.pollingError, ratio(MetricRegistry.utilizationAdjusted), ratio(MetricRegistry.shareFree),
            ratio(MetricRegistry.shareReserved), ratio(MetricRegistry.shareDown), ratio(MetricRegistry.shareUnknown),
        ]
        let cells = [
            "<th scope=\"row\">\(HTMLText.escaped(row.label))\(place)</th>",
            "<td class=\"number chief\">\(HTMLText.bare(utilization.ratio))\(remark)</td>",
            "<td class=\"bar\">\(UtilizationBar.bar(row))</td>",
        ]
        let rest = numbers.map { HTMLText.bare($0) } + [String(row.points), HTMLText.bare(utilization.coverage)]
        let attributes = [
            "class=\"\(utilization.verdict.rawValue)\"", "data-points=\"\(row.points)\"",
            "data-coverage=\"\(Self.attribute(utilization.coverage))\"",
            "data-utilization=\"\(Self.attribute(utilization.ratio))\"",
        ]
        return "<tr \(attributes.joined(separator: " "))>"
            + (cells + rest.map { "<td class=\"number\">\($0)</td>" }).joined() + "</tr>\n"
    }

    static func attribute(_ ratio: Double?) -> String {
        ratio.flatMap { NumberText.fixed($0, decimals: 4) } ?? ""
    }
}

/// The bar of one row: the shares of observed time on a scale from 0 to 100 %.
enum UtilizationBar {
    /// From left to right, the figure of the report first.
    static let categories: [StatusCategory] = [.occupied, .reserved, .free, .down, .unknown]

    /// Width of the bar in its own units: tenths of a per cent.
    private static let length = 1_000.0

    /// The bar, or nothing where the figure is withheld.
    static func bar(_ row: UtilizationRow) -> String {
        let observed = row.seconds.observed
        guard observed > 0, row.value(of: MetricRegistry.utilization).ratio != nil else { return "" }
        var start = 0.0
        var parts = ""
        var words: [String] = []
        for category in categories where row.seconds[category] > 0 {
            let share = Double(row.seconds[category]) / Double(observed)
            parts +=
                "<rect class=\"\(category.rawValue)\" x=\"\(number(start))\" y=\"0\" width=\"\(number(share * length))\" height=\"14\"/>"
            start += share * length
            words.append("\(name(category)) \(NumberText.percent(share, decimals: 1) ?? "") %")
        }
        let text = HTMLText.escaped(words.joined(separator: ", "))
        return "<svg viewBox=\"0 0 1000 14\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"\(text)\">"
            + "<title>\(text)</title>\(parts)</svg>"
    }

    /// The sign of a category in the legend: shape doubles colour.
    static func mark(_ category: StatusCategory) -> String {
        let name = category.rawValue
        return switch category {
        case .free: "<circle class=\"\(name)\" cx=\"6\" cy=\"6\" r=\"5\"/>"
        case .reserved: "<path class=\"\(name)\" d=\"M6 0 12 6 6 12 0 6Z\"/>"
        case .down: "<path class=\"\(name)\" d=\"M2 0 6 4 10 0 12 2 8 6 12 10 10 12 6 8 2 12 0 10 4 6 0 2Z\"/>"
        case .unknown: "<circle class=\"\(name) hollow\" cx=\"6\" cy=\"6\" r=\"4.5\"/>"
        case .occupied, .outside, .absent, .unobserved:
            "<rect class=\"\(name)\" x=\"1\" y=\"1\" width=\"10\" height=\"10\"/>"
        }
    }

    /// What a category is called.
    static func name(_ category: StatusCategory) -> String {
        switch category {
        case .free: "free"
        case .occupied: "occupied"
        case .reserved: "reserved"
        case .down: "out of order"
        case .unknown: "unknown"
        case .outside: "outside"
        case .absent: "not listed"
        case .unobserved: "no observation"
        }
    }

    private static func number(_ value: Double) -> String {
        NumberText.fixed(value, decimals: 1) ?? "0"
    }
}
