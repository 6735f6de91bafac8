import ChargingModel
import Warehouse

/// One row of an answer, read by the names of its columns.
struct ResultRecord {
    private let values: [String: SQLValue]

    fileprivate init(_ values: [String: SQLValue]) {
        self.values = values
    }

    /// A whole number.
    func integer(_ column: String) throws -> Int64 {
        guard let number = try optionalInteger(column) else {
            throw AnalyticsError.shape("column \(column)", "found NULL (expected a whole number)")
        }
        return number
    }

    /// A whole number, or `nil` for NULL.
    func optionalInteger(_ column: String) throws -> Int64? {
        switch try value(column) {
        case .null: return nil
        case .integer(let number): return number
        case .double(let number):
            // Engines that sum to a decimal deliver it as a double.
            guard let whole = Int64(exactly: number) else {
                throw AnalyticsError.shape("column \(column)", "found \(number) (expected a whole number)")
            }
            return whole
        case let other: throw AnalyticsError.shape("column \(column)", "found \(other) (expected a whole number)")
        }
    }

    /// A text, or `nil` for NULL.
    func text(_ column: String) throws -> String? {
        switch try value(column) {
        case .null: return nil
        case .text(let text): return text
        case .integer(let number): return String(number)
        case let other: throw AnalyticsError.shape("column \(column)", "found \(other) (expected a text)")
        }
    }

    /// A time, or `nil` for NULL.
    func time(_ column: String) throws -> UTCTime? {
        switch try value(column) {
        case .null: return nil
        case .timestamp(let time): return time
        case let other: throw AnalyticsError.shape("column \(column)", "found \(other) (expected a time)")
        }
    }

    /// A number, whole or not, or `nil` for NULL.
    func number(_ column: String) throws -> Double? {
        switch try value(column) {
        case .null: return nil
        case .integer(let number): return Double(number)
        case .double(let number): return number
        case let other: throw AnalyticsError.shape("column \(column)", "found \(other) (expected a number)")
        }
    }

    /// A day.
    func day(_ column: String) throws -> UTCDay {
        switch try value(column) {
        case .date(let day): return day
        case let other: throw AnalyticsError.shape("column \(column)", "found \(other) (expected a day)")
        }
    }

    private func value(_ column: String) throws -> SQLValue {
        guard let value = values[column] else {
            let known = values.keys.sorted().joined(separator: ", ")
            throw AnalyticsError.shape("column \(column)", "missing in the answer (found \(known))")
        }
        return value
    }
}

extension ResultTable {
    /// The rows, readable by column name.
    func records() throws -> [ResultRecord] {
        try rows.map { row in
            guard row.count == columns.count else {
                throw AnalyticsError.shape("answer", "a row of \(row.count) values for \(columns.count) columns")
            }
            return ResultRecord(Dictionary(zip(columns, row)) { first, _ in first })
        }
    }
}

/// The sums over everything in scope.
struct TotalRecord: Sendable, Hashable {
    var points: Int
    var seconds: CategorySeconds
    var feeds: Int
    /// Shortest and longest poll interval of the feeds; `nil` where nothing is in scope.
    var intervals: ClosedRange<Int>?

    init(_ table: ResultTable) throws {
        guard let record = try table.records().first else {
            throw AnalyticsError.shape("total", "no row (expected one)")
        }
        points = Int(try record.integer("points"))
        seconds = try CategorySeconds(record)
        feeds = Int(try record.integer("feeds"))
        if let low = try record.optionalInteger("interval_min_s"),
            let high = try record.optionalInteger("interval_max_s"),
            low <= high
        {
            intervals = Int(low)...Int(high)
        }
    }
}

/// The sums of one key.
struct GroupRecord: Sendable, Hashable {
    var key: Int64
    var code: String?
    var name: String?
    var place: String?
    var points: Int
    var seconds: CategorySeconds

    init(_ record: ResultRecord) throws {
        key = try record.integer("key_id")
        code = try record.text("key_code")
        name = try record.text("key_name")
        place = try record.text("key_place")
        points = Int(try record.integer("points"))
        seconds = try CategorySeconds(record)
    }
}

/// The occupied runs of one key.
struct RunRecord: Sendable, Hashable {
    var key: Int64
    var runs: Int
    /// Sum over the runs of the squared poll interval, s².
    var intervalSquares: Int64

    init(_ record: ResultRecord) throws {
        key = try record.integer("key_id")
        runs = Int(try record.integer("runs"))
        intervalSquares = try record.integer("interval_squares")
    }
}

extension CategorySeconds {
    fileprivate init(_ record: ResultRecord) throws {
        self.init()
        for category in StatusCategory.allCases {
            self[category] = try record.integer(category.secondsColumn)
        }
    }
}
