import Warehouse

/// A Parquet file as a table, for the `FROM` of a query.
///
/// `path` is taken literally: `*`, `?` and `[` in it mean themselves.
public func parquetTable(at path: String) -> String {
    "read_parquet(\(SQLDialect.duckDB.literal(escapingGlob(path))))"
}
