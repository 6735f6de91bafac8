import Analytics
import ChargingModel

/// A utilization report as one self-contained page: no script, no request, styles in the head only.
///
/// - SeeAlso: WCAG 2.2; `docs/methods/utilization.md`.
struct UtilizationPage {
    private let report: UtilizationReport
    private let caption: UtilizationCaption

    init(_ report: UtilizationReport) {
        self.report = report
        caption = UtilizationCaption(report)
    }

    var text: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(HTMLText.escaped(caption.title))</title>
        <style>
        \(PageStyle.text)</style>
        </head>
        <body>
        <main>
        <header>
        <h1>How much is the charging infrastructure used?</h1>
        <p class="unit">\(HTMLText.escaped(caption.title))</p>
        </header>
        \(figures)\(notes)\(legend)<div class="scroll" tabindex="0" role="region" aria-label="\(HTMLText.escaped(caption.title))">
        \(table)</div>
        \(howComputed)</main>
        </body>
        </html>

        """
    }

    /// The whole, in large figures.
    private var figures: String {
        let utilization = report.total.value(of: MetricRegistry.utilization)
        let error = report.total.pollingError.flatMap { NumberText.percent($0, decimals: 1) }.map {
            "± \($0) % from polling"
        }
        let items: [(String, String, String?)] = [
            ("utilization", HTMLText.percent(utilization.ratio), utilization.verdict.reason ?? error),
            (
                "coverage", HTMLText.percent(report.total.value(of: MetricRegistry.coverage).ratio),
                "of the observable time"
            ),
            ("charging points", String(report.total.points), "n, with observed time"),
        ]
        let texts = items.map { name, value, detail in
            "<div><dt>\(name)</dt><dd>\(value)"
                + (detail.map { "<small>\(HTMLText.escaped($0))</small>" } ?? "") + "</dd></div>\n"
        }
        return "<dl class=\"figures\">\n\(texts.joined())</dl>\n"
    }

    private var notes: String {
        guard !report.notes.isEmpty else { return "" }
        let items = report.notes.map { "<li>\(HTMLText.escaped($0))</li>\n" }
        return "<ul class=\"notes\">\n\(items.joined())</ul>\n"
    }

    private var legend: String {
        guard report.query.grouping != .hourOfWeek else { return "" }
        let items = UtilizationBar.categories.map { category in
            "<li><svg viewBox=\"0 0 12 12\" width=\"12\" height=\"12\" aria-hidden=\"true\">"
                + UtilizationBar.mark(category) + "</svg>\(UtilizationBar.name(category))</li>\n"
        }
        return "<ul class=\"legend\" aria-label=\"Colours of the bars\">\n\(items.joined())</ul>\n"
    }

    private var table: String {
        let lines = [caption.period] + (caption.filters.map { [$0] } ?? []) + [caption.basis]
        let text = lines.map { HTMLText.escaped($0) }.joined(separator: "<br>")
        let body = report.query.grouping == .hourOfWeek ? HeatMap(report).text : UtilizationRows(report).text
        let kind = report.query.grouping == .hourOfWeek ? "heat" : "rows"
        return "<table class=\"\(kind)\" data-from=\"\(report.query.from)\" data-to=\"\(report.query.to)\">\n"
            + "<caption><span class=\"frame\">\(text)</span></caption>\n\(body)</table>\n"
    }

    private var howComputed: String {
        let definitions = caption.definitions.map {
            "<dt>\(HTMLText.escaped($0.name))</dt><dd>\(HTMLText.escaped($0.text))</dd>\n"
        }
        let statements = report.statements.map { statement in
            let values = statement.parameterTexts.isEmpty ? "none" : statement.parameterTexts.joined(separator: ", ")
            return
                "<h3>\(HTMLText.escaped(statement.purpose))</h3>\n<pre><code>\(HTMLText.escapedBlock(statement.text))</code></pre>\n"
                + "<p>parameters: <code>\(HTMLText.escaped(values))</code></p>\n"
        }
        return """
            <details>
            <summary>How computed</summary>
            <p>Time-weighted ratio of sums, not a mean of ratios. Coverage under 80 % is flagged, under 50 % withheld. \
            Missing observations count neither as free nor as out of order.</p>
            <dl class="definitions">
            \(definitions.joined())</dl>
            <h2>SQL</h2>
            \(statements.joined())</details>

            """
    }
}

/// Text made safe for HTML.
enum HTMLText {
    /// One line, safe between tags and in quoted attributes.
    static func escaped(_ text: String) -> String {
        escapedBlock(DisplayText.line(text))
    }

    /// As ``escaped(_:)``, with line breaks kept.
    static func escapedBlock(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// A ratio in per cent with its unit, or a dash.
    static func percent(_ ratio: Double?) -> String {
        ratio.flatMap { NumberText.percent($0, decimals: 1) }.map { "\($0)<span class=\"sign\"> %</span>" }
            ?? DisplayText.nothing
    }

    /// A ratio in per cent without unit, or a dash.
    static func bare(_ ratio: Double?) -> String {
        ratio.flatMap { NumberText.percent($0, decimals: 1) } ?? DisplayText.nothing
    }
}
