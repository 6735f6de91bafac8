public import ChargingModel

/// A database that holds the warehouse: DuckDB, PostgreSQL or Redshift.
///
/// The portable SQL core is the same on all; what differs is in ``SQLDialect`` and in ``bulk loading``.
public protocol WarehouseEngine: Sendable {
    /// What this engine's SQL looks like where engines differ.
    var dialect: SQLDialect { get }

    /// Runs steps in one transaction: all or nothing.
    ///
    /// - Throws: ``WarehouseError``; the transaction is rolled back, also where a check finds rows.
    func transact(_ steps: [TransactionStep]) async throws

    /// Runs one query and returns all its rows.
    ///
    /// - Parameters:
    ///   - sql: one statement, with `?` where a parameter stands.
    ///   - parameters: bound in order, never spliced into the text.
    /// - Returns: The names of the columns, and all rows.
    /// - Throws: ``WarehouseError`` with the engine's own message.
    func query(_ sql: String, _ parameters: [SQLValue]) async throws -> ResultTable

    /// Releases the database. The engine cannot be used afterwards.
    func close() async throws
}

/// One step of a transaction.
public enum TransactionStep: Sendable, Hashable {
    /// A statement that changes something.
    case statement(String)
    /// Flat files into a table that exists, columns by name.
    case bulkLoad(BulkLoad)
    /// A query that must return no row; the first rows found become the error's text.
    case check(name: String, sql: String)
}

/// Gzipped CSV files with a header, to be appended to one table.
public struct BulkLoad: Sendable, Hashable {
    /// The table that the rows are appended to.
    public var table: String
    /// The columns of the files, in file order, with their types; a subset of the table's columns.
    public var columns: [ColumnDefinition]
    /// Absolute paths.
    public var files: [String]

    /// Creates a bulk load.
    public init(table: String, columns: [ColumnDefinition], files: [String]) {
        self.table = table
        self.columns = columns
        self.files = files
    }
}

/// A value that goes into or comes out of SQL.
public enum SQLValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case double(Double)
    case text(String)
    /// UTC.
    case timestamp(UTCTime)
    case date(UTCDay)
}

/// The answer of a query.
public struct ResultTable: Sendable, Hashable {
    /// The names, in order.
    public var columns: [String]
    /// One array a row, one value a column.
    public var rows: [[SQLValue]]

    /// Creates a table.
    public init(columns: [String], rows: [[SQLValue]]) {
        self.columns = columns
        self.rows = rows
    }
}
