/// A file of the AWS tools: sections in brackets, `name = value` in them.
///
/// A line that begins with `#` or `;` is a comment; an indented line belongs to the value above it and is left out.
struct SharedSettings: Sendable {
    private var sections: [String: [String: String]] = [:]

    /// Reads a file's text; of two lines of one name the last is in force.
    init(_ text: String) {
        var section: String?
        for line in text.split(whereSeparator: \.isNewline) {
            guard let first = line.first, !first.isWhitespace, first != "#", first != ";" else { continue }
            if first == "[" {
                guard let end = line.firstIndex(of: "]") else {
                    section = nil
                    continue
                }
                let name = line[line.index(after: line.startIndex)..<end].split(whereSeparator: \.isWhitespace)
                    .joined(separator: " ")
                section = name
                sections[name] = sections[name] ?? [:]
            } else if let section, let equals = line.firstIndex(of: "=") {
                let name = line[..<equals].trimmingBlanks.lowercased()
                sections[section]?[name] = String(line[line.index(after: equals)...].trimmingBlanks)
            }
        }
    }

    /// The names and values of a section; `nil` where there is none of that name.
    func section(_ name: String) -> [String: String]? { sections[name] }
}

extension StringProtocol {
    /// The text without white space at its ends.
    fileprivate var trimmingBlanks: Substring {
        var rest = Substring(self)
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }
}
