import ChargingModel
import Warehouse

/// One row of an answer, read by the names of its columns.
struct WarehouseRow {
    private let values: [String: SQLValue]

    init(_ columns: [String], _ row: [SQLValue]) {
        values = Dictionary(zip(columns, row)) { first, _ in first }
    }

    func integer(_ column: String) -> Int64? {
        switch values[column] {
        case .integer(let number): number
        case .double(let number): Int64(exactly: number)
        default: nil
        }
    }

    func key(_ column: String) -> Int64 { integer(column) ?? 0 }

    func text(_ column: String) -> String? { values[column]?.plainText }

    func time(_ column: String) -> UTCTime? {
        if case .timestamp(let time)? = values[column] { time } else { nil }
    }

    func flag(_ column: String) -> Bool {
        values[column] == .boolean(true)
    }

    func day(_ column: String) -> UTCDay? {
        if case .date(let day)? = values[column] { day } else { nil }
    }
}

extension WarehouseEngine {
    /// The rows of a query, readable by column.
    func rows(_ sql: String, _ parameters: [SQLValue]) async throws -> [WarehouseRow] {
        let table = try await query(sql, parameters)
        return table.rows.map { WarehouseRow(table.columns, $0) }
    }
}
