import Analytics
import ChargingModel

/// RFC 4180: a header, CRLF after each record, quotes where a field needs them.
enum CSVText {
    static func document(_ table: AnswerTable) -> String {
        let header = table.columns.map { quoted($0.name) }
        return ([header] + table.rows.map { $0.map(field) }).map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    private static func field(_ value: AnswerValue) -> String {
        switch value {
        case .null: ""
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .double(let number): NumberText.exact(number) ?? ""
        case .text(let text): text.isEmpty ? "\"\"" : quoted(text)
        case .timestamp(let time): time.description
        case .date(let day): day.description
        }
    }

    /// Also fields with `;` or outer spaces are quoted: common readers guess the separator or trim.
    private static func quoted(_ text: String) -> String {
        let special: Set<Unicode.Scalar> = ["\"", ",", ";", "\r", "\n", "\t"]
        let scalars = text.unicodeScalars
        guard scalars.contains(where: special.contains) || scalars.first == " " || scalars.last == " " else {
            return text
        }
        var result = "\""
        for scalar in scalars {
            if scalar == "\"" { result += "\"" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}
