import CPostgres
import ChargingModel
import Warehouse

/// What the server answered to one statement; released with this value.
///
/// Invariant: used on the thread of its connection.
@safe
final class ServerResult {
    private let api: cpostgres_api
    private let result: cpostgres_result?

    init(_ result: cpostgres_result?, _ api: cpostgres_api) {
        unsafe self.result = result
        self.api = api
    }

    deinit {
        unsafe api.clear(result)
    }

    /// The numbers of `ExecStatusType`.
    enum Status: Int32 {
        case empty = 0
        case done = 1
        case rows = 2
        case copyOut = 3
        case copyIn = 4
        case bad = 5
        case notice = 6
        case fatal = 7
    }

    var status: Status { Status(rawValue: unsafe api.result_status(result)) ?? .fatal }

    /// What the server refused; `nil` where it did not.
    ///
    /// - Parameter otherwise: the connection's message, for a statement that got no answer.
    /// - Returns: The refusal, with the server's code.
    func refusal(otherwise: String) -> ServerRefusal? {
        switch status {
        case .done, .rows, .empty, .copyIn, .copyOut, .notice: return nil
        case .bad, .fatal: break
        }
        guard unsafe result != nil else { return ServerRefusal(sqlState: nil, message: otherwise) }
        // The letters of PostgreSQL's error fields: code, primary message, detail, hint, context.
        let parts = ["M", "D", "H"].compactMap { field($0) }
        return ServerRefusal(
            sqlState: field("C"),
            message: parts.isEmpty ? otherwise : parts.joined(separator: ". "),
            place: field("W").flatMap { $0.hasPrefix("COPY ") ? $0 : nil }
        )
    }

    private func field(_ letter: Unicode.Scalar) -> String? {
        unsafe api.result_error_field(result, Int32(letter.value)).map { unsafe String(cString: $0) }
    }

    /// The names of the columns, and the rows up to a number.
    func table(maximumRows: Int) -> ResultTable {
        guard let result = unsafe result else { return ResultTable(columns: [], rows: []) }
        let width = unsafe api.nfields(result)
        let names = (0..<width).map { column in
            unsafe api.fname(result, column).map { unsafe String(cString: $0) } ?? "column\(column)"
        }
        let types = (0..<width).map { ServerType(rawValue: unsafe api.ftype(result, $0)) }
        let count = min(Int(unsafe api.ntuples(result)), maximumRows)
        let rows = (0..<Int32(count)).map { row in
            (0..<width).map { column -> SQLValue in
                guard unsafe api.getisnull(result, row, column) == 0,
                    let start = unsafe api.getvalue(result, row, column)
                else { return .null }
                let bytes = unsafe UnsafeRawBufferPointer(start: start, count: Int(api.getlength(result, row, column)))
                return sqlValue(unsafe String(decoding: bytes, as: UTF8.self), types[Int(column)])
            }
        }
        return ResultTable(columns: names, rows: rows)
    }
}

/// The built-in types of PostgreSQL that have a value of their own, by their object ids, which never change.
enum ServerType: UInt32 {
    case boolean = 16
    case bigint = 20
    case smallint = 21
    case integer = 23
    case text = 25
    case objectID = 26
    case real = 700
    case double = 701
    case date = 1082
    case timestamp = 1114
    case timestampWithZone = 1184
    case numeric = 1700
    case jsonb = 3802
    /// Redshift's.
    case superValue = 4000
}

/// The value of a text in the server's format, with `DateStyle` ISO and `TimeZone` UTC.
///
/// What ``SQLValue`` does not have, and times outside the years 1 to 9999, stay text.
func sqlValue(_ text: String, _ type: ServerType?) -> SQLValue {
    let value: SQLValue? =
        switch type {
        case .boolean: .boolean(text == "t")
        case .bigint, .smallint, .integer, .objectID: Int64(text).map(SQLValue.integer)
        case .real, .double: Double(text).map(SQLValue.double)
        // A decimal without places is a whole number, as the sum of whole numbers is.
        case .numeric: text.contains(".") ? Double(text).map(SQLValue.double) : whole(text)
        case .date: UTCDay(text).map(SQLValue.date)
        case .timestamp: time(text + "Z")
        case .timestampWithZone: time(text)
        case .jsonb, .superValue: .text(canonicalJSON(text))
        case .text, nil: nil
        }
    return value ?? .text(text)
}

private func whole(_ text: String) -> SQLValue? {
    Int64(text).map(SQLValue.integer) ?? Double(text).map(SQLValue.double)
}

/// The ends of PostgreSQL's range, `infinity` and `-infinity`, are the ends of ours.
private func time(_ text: String) -> SQLValue? {
    if text.hasPrefix("infinity") { return .timestamp(UTCTime(microseconds: .max)) }
    if text.hasPrefix("-infinity") { return .timestamp(UTCTime(microseconds: .min)) }
    return UTCTime(text).map(SQLValue.timestamp)
}

extension SQLValue {
    /// The type that a parameter of this value is sent with; 0 lets the server find it.
    var serverType: UInt32 {
        switch self {
        case .null: 0
        case .boolean: ServerType.boolean.rawValue
        case .integer: ServerType.bigint.rawValue
        case .double: ServerType.double.rawValue
        case .text: ServerType.text.rawValue
        case .timestamp: ServerType.timestampWithZone.rawValue
        case .date: ServerType.date.rawValue
        }
    }

    /// The parameter as text; `nil` for NULL.
    var serverText: String? {
        switch self {
        case .null: nil
        case .boolean(let value): value ? "t" : "f"
        case .integer(let value): "\(value)"
        case .double(let value): "\(value)"
        case .text(let text): text.replacing("\0", with: "")
        case .timestamp(let time): time.sqlText + "+00"
        case .date(let day): day.description
        }
    }
}
