import CDuckDB
import ChargingModel
import Warehouse

/// The values of one column in one chunk.
///
/// Invariant: used only while the chunk lives; `row` is below the chunk's size.
@unsafe
struct ColumnVector {
    let kind: ColumnKind
    let data: UnsafeMutableRawPointer?
    let validity: UnsafeMutablePointer<UInt64>?

    /// The value of a row.
    func value(at row: Int) -> SQLValue {
        guard let data = unsafe data, unsafe isValid(row) else { return .null }
        return unsafe Self.value(of: kind, in: data, at: row)
    }

    private func isValid(_ row: Int) -> Bool {
        guard let validity = unsafe validity else { return true }
        return unsafe validity[row >> 6] & (1 << UInt64(row & 63)) != 0
    }

    private static func value(of kind: ColumnKind, in data: UnsafeMutableRawPointer, at row: Int) -> SQLValue {
        switch kind {
        case .boolean: return .boolean(unsafe load(UInt8.self, data, row) != 0)
        case .int8: return .integer(Int64(unsafe load(Int8.self, data, row)))
        case .int16: return .integer(Int64(unsafe load(Int16.self, data, row)))
        case .int32: return .integer(Int64(unsafe load(Int32.self, data, row)))
        case .int64: return .integer(unsafe load(Int64.self, data, row))
        case .uint8: return .integer(Int64(unsafe load(UInt8.self, data, row)))
        case .uint16: return .integer(Int64(unsafe load(UInt16.self, data, row)))
        case .uint32: return .integer(Int64(unsafe load(UInt32.self, data, row)))
        case .uint64: return whole(unsafe load(UInt64.self, data, row))
        case .hugeInteger:
            let value = unsafe load(cduckdb_hugeint.self, data, row)
            return whole(Int128(value.upper) << 64 | Int128(value.lower))
        case .unsignedHugeInteger:
            let value = unsafe load(cduckdb_hugeint.self, data, row)
            return whole(UInt128(UInt64(bitPattern: value.upper)) << 64 | UInt128(value.lower))
        case .float: return .double(Double(unsafe load(Float.self, data, row)))
        case .double: return .double(unsafe load(Double.self, data, row))
        case .text: return .text(unsafe text(data + row * 16))
        case .date: return .date(UTCDay(number: unsafe load(Int32.self, data, row)))
        case .timestamp(let units): return .timestamp(time(unsafe load(Int64.self, data, row), unitsPerSecond: units))
        case .decimal(let scale, let stored): return scaled(unsafe value(of: stored, in: data, at: row), by: scale)
        }
    }

    private static func load<Value: BitwiseCopyable>(
        _ type: Value.Type,
        _ data: UnsafeMutableRawPointer,
        _ row: Int
    ) -> Value {
        unsafe data.loadUnaligned(fromByteOffset: row * MemoryLayout<Value>.stride, as: type)
    }

    /// Text of at most 12 bytes lies in the 16-byte entry itself, longer text behind a pointer in its second half.
    private static func text(_ entry: UnsafeMutableRawPointer) -> String {
        let length = Int(unsafe entry.loadUnaligned(as: UInt32.self))
        let start: UnsafeRawPointer =
            if length <= 12 {
                unsafe UnsafeRawPointer(entry + 4)
            } else {
                unsafe entry.loadUnaligned(fromByteOffset: 8, as: UnsafeRawPointer.self)
            }
        return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
}

/// A whole number as an integer where it fits, else as the nearest double.
private func whole(_ value: some BinaryInteger) -> SQLValue {
    Int64(exactly: value).map(SQLValue.integer) ?? .double(Double(value))
}

private func scaled(_ value: SQLValue, by scale: Int) -> SQLValue {
    guard scale > 0 else { return value }
    var divisor = 1.0
    for _ in 0..<scale { divisor *= 10 }
    return switch value {
    case .integer(let digits): .double(Double(digits) / divisor)
    case .double(let digits): .double(digits / divisor)
    default: value
    }
}

/// The ends of DuckDB's range, `infinity` and `-infinity`, stay the ends of ours.
private func time(_ value: Int64, unitsPerSecond: Int64) -> UTCTime {
    if unitsPerSecond > 1_000_000 {
        return UTCTime(microseconds: value.flooredQuotient(by: unitsPerSecond / 1_000_000))
    }
    let (microseconds, overflow) = value.multipliedReportingOverflow(by: 1_000_000 / unitsPerSecond)
    return UTCTime(microseconds: overflow ? (value < 0 ? .min : .max) : microseconds)
}
