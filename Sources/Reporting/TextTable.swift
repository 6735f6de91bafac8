import Analytics

/// A table in aligned columns.
///
/// Where the terminal is too narrow, the widest text column is cut first, down to eight columns; numbers are never cut.
struct TextTable {
    private static let gap = "  "
    private static let narrowestText = 8

    private let headings: [String]
    private let rows: [[String]]
    private let total: [String]?
    private let isRight: [Bool]
    private let widths: [Int]

    init(_ table: AnswerTable, width: Int?) {
        let texts = { (row: [AnswerValue]) in zip(row, table.columns).map { $0.readingText($1.style) } }
        headings = table.columns.map { DisplayText.line($0.heading) }
        rows = table.rows.map(texts)
        total = table.total.map(texts)
        isRight = table.columns.indices.map { column in
            let values = table.rows.map { $0[column] } + (table.total.map { [$0[column]] } ?? [])
            return table.columns[column].style != .plain || values.contains(where: \.isNumber)
        }
        let all = [headings] + rows + (total.map { [$0] } ?? [])
        let natural = table.columns.indices.map { column in all.map { DisplayText.width($0[column]) }.max() ?? 0 }
        widths = Self.fitted(natural, isFixed: isRight, to: width)
    }

    var text: String {
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: Self.gap)
        var lines = [line(headings), rule] + rows.map(line)
        if let total { lines += [rule, line(total)] }
        return lines.map { $0 + "\n" }.joined()
    }

    private func line(_ cells: [String]) -> String {
        let padded = cells.indices.map { column in
            let cut = isRight[column] ? cells[column] : DisplayText.cut(cells[column], to: widths[column])
            return DisplayText.padded(cut, to: widths[column], isRight: isRight[column])
        }
        var text = padded.joined(separator: Self.gap)
        while text.last == " " { text.removeLast() }
        return text
    }

    private static func fitted(_ natural: [Int], isFixed: [Bool], to width: Int?) -> [Int] {
        var widths = natural
        guard let width else { return widths }
        var excess = widths.reduce(0, +) + gap.count * max(0, widths.count - 1) - width
        while excess > 0 {
            let cuttable = widths.indices.filter { !isFixed[$0] && widths[$0] > narrowestText }
            guard let widest = cuttable.max(by: { widths[$0] < widths[$1] }) else { break }
            let second = cuttable.filter { $0 != widest }.map { widths[$0] }.max() ?? narrowestText
            let cut = min(excess, max(1, widths[widest] - max(second, narrowestText)))
            widths[widest] -= cut
            excess -= cut
        }
        return widths
    }
}
