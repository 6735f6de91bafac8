import Analytics

/// A table of GitHub-flavoured Markdown; numbers stand right.
enum MarkdownText {
    static func document(_ table: AnswerTable) -> String {
        let isRight = table.columns.indices.map { column in
            table.columns[column].style != .plain || table.rows.contains { $0[column].isNumber }
        }
        let texts = { (row: [AnswerValue]) in zip(row, table.columns).map { escaped($0.readingText($1.style)) } }
        var lines = [line(table.columns.map { escaped(DisplayText.line($0.heading)) })]
        lines.append(line(isRight.map { $0 ? "---:" : "---" }))
        lines += table.rows.map { line(texts($0)) }
        if let total = table.total { lines.append(line(texts(total).map { $0.isEmpty ? "" : "**\($0)**" })) }
        return lines.joined()
    }

    private static func line(_ cells: [String]) -> String {
        "| " + cells.joined(separator: " | ") + " |\n"
    }

    /// Markup of Markdown and HTML loses its meaning.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for letter in text {
            switch letter {
            case "|", "\\", "`", "*", "_", "[", "]": result += "\\\(letter)"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            default: result.append(letter)
            }
        }
        return result
    }
}
