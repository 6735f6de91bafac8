import Warehouse

/// The statement that appends a plain CSV file to a table.
func insertStatement(of load: BulkLoad, from joined: JoinedFile) -> String {
    let names = load.columns.map { quoted($0.name) }.joined(separator: ", ")
    let source = tableExpression(for: joined.path, load.columns, compression: "none")
    return "INSERT INTO \(quoted(load.table)) (\(names)) SELECT \(names) FROM \(source)"
}

/// A flat file as a table.
///
/// The format is the one of all engines: gzip, a header line, `,`, `"` doubled inside quotes, line feeds, `\N` without
/// quotes for NULL (in quotes it is text), nothing or `""` for the empty text. Nothing is guessed: a row with another
/// number of columns, a value of another type, an open quote is an error that names file and line.
func tableExpression(for path: String, _ columns: [ColumnDefinition], compression: String = "gzip") -> String {
    let dialect = SQLDialect.duckDB
    let types = columns.map { "\(dialect.literal($0.name)): \(dialect.literal(dialect.typeName($0.type)))" }
    return """
        read_csv(\(dialect.literal(escapingGlob(path))),
        columns = {\(types.joined(separator: ", "))},
        auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '\\N',
        allow_quoted_nulls = false, strict_mode = true, null_padding = false, ignore_errors = false,
        compression = '\(compression)')
        """
}

/// A path in which `*`, `?` and `[` mean themselves: DuckDB's readers take patterns.
func escapingGlob(_ path: String) -> String {
    guard path.contains(where: { "*?[".contains($0) }) else { return path }
    return String(path.flatMap { "*?[".contains($0) ? "[\($0)]" : "\($0)" })
}
