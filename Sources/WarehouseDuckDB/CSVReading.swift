import Warehouse

/// The statement that appends flat files to a table.
///
/// The format is the one of all engines: gzip, a header line, `,`, `"` doubled inside quotes, line feeds, `\N` without
/// quotes for NULL (in quotes it is text), nothing or `""` for the empty text. Nothing is guessed: a row with another
/// number of columns, a value of another type, an open quote is an error that names file and line.
func insertStatement(of load: BulkLoad) -> String {
    let dialect = SQLDialect.duckDB
    let names = load.columns.map { quoted($0.name) }.joined(separator: ", ")
    let types = load.columns.map { "\(dialect.literal($0.name)): \(dialect.literal(dialect.typeName($0.type)))" }
    let files = load.files.map { dialect.literal(escapingGlob($0)) }
    return """
        INSERT INTO \(quoted(load.table)) (\(names)) SELECT \(names) FROM read_csv(
        [\(files.joined(separator: ", "))],
        columns = {\(types.joined(separator: ", "))},
        auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '\\N',
        allow_quoted_nulls = false, strict_mode = true, null_padding = false, ignore_errors = false,
        compression = 'gzip')
        """
}

/// A path in which `*`, `?` and `[` mean themselves: `read_csv` takes patterns.
private func escapingGlob(_ path: String) -> String {
    guard path.contains(where: { "*?[".contains($0) }) else { return path }
    return String(path.flatMap { "*?[".contains($0) ? "[\($0)]" : "\($0)" })
}
