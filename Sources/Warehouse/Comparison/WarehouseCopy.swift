import ChargingModel
import Cleaning
import Foundation

/// Copies a warehouse into another one, on whatever engines, through flat files.
///
/// Equal warehouses have equal rows on all engines, so a copy in DuckDB stands for the original.
package struct WarehouseCopy {
    /// Replaces the rows of the target's tables, which are of the present schema, by those of the source.
    ///
    /// - Parameters:
    ///   - source: read only.
    ///   - target: is written.
    ///   - folder: where files lie for a moment.
    /// - Throws: ``WarehouseError``, or the error of writing a file.
    /// - Complexity: O(rows) time; memory for one day of a table, or for a whole one that has no days.
    package static func run(
        from source: any WarehouseEngine,
        to target: any WarehouseEngine,
        in folder: String
    ) async throws {
        let path = "\(folder)/copied-rows.csv"
        for table in Schema.tables where table.name != "etl_schema_version" {
            try Task.checkCancellation()
            try await target.transact([.statement("DELETE FROM \(table.name)")])
            for condition in try await conditions(table, source) {
                let list = table.columnNames.joined(separator: ", ")
                let rows = try await source.query("SELECT \(list) FROM \(table.name)\(condition)", []).rows
                guard !rows.isEmpty else { continue }
                try write(rows, of: table, to: path)
                let load = BulkLoad(table: table.name, columns: table.columns, files: [path])
                try await target.transact([.bulkLoad(load)])
                try FileManager.default.removeItem(atPath: path)
            }
        }
    }

    /// One condition a day of a table, so that no answer is larger than a day; else none.
    private static func conditions(_ table: TableDefinition, _ source: any WarehouseEngine) async throws -> [String] {
        let dialect = source.dialect
        if table.columnNames.contains("utc_date") {
            return try await days(source, "SELECT DISTINCT utc_date FROM \(table.name)").map { day in
                " WHERE utc_date = \(dialect.literal(day))"
            }
        }
        guard table.name == "agg_point_hour" else { return [""] }
        return try await days(source, "SELECT DISTINCT slice_date FROM etl_load").map { day in
            " WHERE hour_utc >= \(dialect.literal(day.start)) AND hour_utc < \(dialect.literal(day.next.start))"
        }
    }

    private static func days(_ source: any WarehouseEngine, _ sql: String) async throws -> [UTCDay] {
        try await source.query(sql, []).rows.compactMap { row in
            guard case .date(let day)? = row.first else { return nil }
            return day
        }
        .sorted()
    }

    private static func write(_ rows: [[SQLValue]], of table: TableDefinition, to path: String) throws {
        var file = CSVWriter(names: table.columnNames, in: TextBuffer())
        for row in rows {
            for value in row { file.field(value.flatText) }
            file.endRow()
        }
        try unsafe file.text.withBytes { try unsafe Data($0).write(to: URL(fileURLWithPath: path)) }
    }
}

extension SQLValue {
    /// The value as flat files have it; `nil` for NULL.
    fileprivate var flatText: String? {
        switch self {
        case .timestamp(let time): time.sqlText
        case .null, .boolean, .integer, .double, .text, .date: plainText
        }
    }
}
