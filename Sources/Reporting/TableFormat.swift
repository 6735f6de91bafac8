/// The written forms of a table.
public enum TableFormat: String, Sendable, Hashable, CaseIterable {
    /// Aligned columns for a terminal.
    case table
    /// RFC 4180: CRLF, `.` decimals, a header; null is an empty field, an empty text is `""`.
    case csv
    /// One document with a `schema` member.
    case json
    /// One JSON object a line.
    case ndjson
    /// A table of GitHub-flavoured Markdown.
    case markdown = "md"
}
