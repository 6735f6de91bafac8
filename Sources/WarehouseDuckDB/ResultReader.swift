import CDuckDB
import ChargingModel
import Warehouse

/// Reads a result chunk by chunk, columns first.
///
/// Invariant: used only while the result lives, on the engine's thread.
@unsafe
struct ResultReader {
    let names: [String]
    private let columns: [ColumnKind?]
    private let api: cduckdb_api
    private let result: cduckdb_result

    init(api: cduckdb_api, result: inout cduckdb_result) {
        var names: [String] = []
        var columns: [ColumnKind?] = []
        for index in 0..<(unsafe api.column_count(&result)) {
            names.append(unsafe api.column_name(&result, index).map { unsafe String(cString: $0) } ?? "column\(index)")
            var type: cduckdb_type? = unsafe api.column_logical_type(&result, index)
            columns.append(unsafe type.flatMap { unsafe ColumnKind(api: api, type: $0) })
            unsafe api.destroy_logical_type(&type)
        }
        unsafe self.names = names
        unsafe self.columns = columns
        unsafe self.api = api
        unsafe self.result = result
    }

    /// The columns whose type has no ``SQLValue``.
    var unreadablePositions: Set<Int> {
        unsafe Set(columns.indices.filter { unsafe columns[$0] == nil })
    }

    /// Reads the rows, of columns that are all readable.
    func table(maximumRows: Int) -> ResultTable {
        let kinds = unsafe columns.compactMap(\.self)
        var rows: [[SQLValue]] = []
        while rows.count < maximumRows {
            var chunk = unsafe api.fetch_chunk(result)
            guard let fetched = unsafe chunk else { break }
            defer { unsafe api.destroy_data_chunk(&chunk) }
            let count = Int(unsafe api.data_chunk_get_size(fetched))
            if count == 0 { break }
            let vectors = unsafe kinds.indices.map { index in
                let vector = unsafe api.data_chunk_get_vector(fetched, UInt64(index))
                return unsafe ColumnVector(
                    kind: kinds[index],
                    data: api.vector_get_data(vector),
                    validity: api.vector_get_validity(vector)
                )
            }
            for row in 0..<min(count, maximumRows - rows.count) {
                rows.append(unsafe vectors.map { unsafe $0.value(at: row) })
            }
        }
        return unsafe ResultTable(columns: names, rows: rows)
    }
}

/// How the values of a column lie in memory.
enum ColumnKind: Hashable {
    case boolean
    case int8
    case int16
    case int32
    case int64
    case uint8
    case uint16
    case uint32
    case uint64
    case hugeInteger
    case unsignedHugeInteger
    case float
    case double
    case text
    case date
    /// Units per second.
    case timestamp(unitsPerSecond: Int64)
    indirect case decimal(scale: Int, stored: ColumnKind)

    /// Reads a type; `nil` for one whose values are not scalars of ``SQLValue``.
    init?(api: cduckdb_api, type: cduckdb_type) {
        let code = unsafe api.get_type_id(type)
        guard code == Self.decimalCode else {
            self.init(code: code)
            return
        }
        guard let stored = ColumnKind(code: unsafe api.decimal_internal_type(type)) else { return nil }
        self = .decimal(scale: Int(unsafe api.decimal_scale(type)), stored: stored)
    }

    private static let decimalCode: Int32 = 19

    /// The numbers of `duckdb_type` (https://duckdb.org/docs/stable/clients/c/types).
    private init?(code: Int32) {
        switch code {
        case 1: self = .boolean
        case 2: self = .int8
        case 3: self = .int16
        case 4: self = .int32
        case 5: self = .int64
        case 6: self = .uint8
        case 7: self = .uint16
        case 8: self = .uint32
        case 9: self = .uint64
        case 10: self = .float
        case 11: self = .double
        case 12, 31: self = .timestamp(unitsPerSecond: 1_000_000)
        case 13: self = .date
        case 16: self = .hugeInteger
        case 17: self = .text
        case 20: self = .timestamp(unitsPerSecond: 1)
        case 21: self = .timestamp(unitsPerSecond: 1_000)
        case 22: self = .timestamp(unitsPerSecond: 1_000_000_000)
        case 32: self = .unsignedHugeInteger
        default: return nil
        }
    }
}
