public import Analytics
import ChargingModel

extension UtilizationReport {
    /// The report as a table: the one source of all its flat forms.
    public var answerTable: AnswerTable {
        let columns =
            keyColumns + Self.figureColumns(hasRemarks: rows.contains { $0.remark != nil } || total.remark != nil)
        return AnswerTable(
            columns: columns.map(\.column),
            rows: rows.map { row in columns.map { $0.value(row) } },
            total: columns.map { $0.value(total) }
        )
    }

    private var keyColumns: [UtilizationColumn] {
        let noun = query.grouping.rawValue
        let name = UtilizationColumn(AnswerColumn("name", heading: noun)) { .text($0.label) }
        switch query.grouping {
        case .station, .city, .operator:
            var columns = [
                UtilizationColumn(AnswerColumn("\(noun)_id", audience: .machines)) {
                    $0.object.map { .text("\($0.id)") }
                },
                UtilizationColumn(AnswerColumn("source_id", audience: .machines)) { $0.object?.code.map { .text($0) } },
                name,
            ]
            if query.grouping == .station {
                columns.append(
                    UtilizationColumn(AnswerColumn("city")) { $0.object?.place.map { .text($0) } ?? .text("") }
                )
            }
            return columns
        case .hourOfWeek:
            return [
                UtilizationColumn(AnswerColumn("hour_of_week", audience: .machines)) {
                    $0.hour.map { .integer(Int64($0)) }
                },
                UtilizationColumn(AnswerColumn("name", heading: "local hour")) { .text($0.label) },
            ]
        }
    }

    private static func figureColumns(hasRemarks: Bool) -> [UtilizationColumn] {
        let metric = { (metric: Metric, heading: String) in
            UtilizationColumn(AnswerColumn(metric.id, heading: heading, style: .percent(1))) {
                $0.value(of: metric).ratio.map { .double($0) }
            }
        }
        var columns = [
            UtilizationColumn(AnswerColumn("points", heading: "n points")) { .integer(Int64($0.points)) },
            metric(MetricRegistry.coverage, "coverage %"),
            metric(MetricRegistry.utilization, "utilization %"),
            UtilizationColumn(
                AnswerColumn("utilization_polling_error", heading: "± polling %", style: .percent(1))
            ) { $0.pollingError.map { .double($0) } },
            metric(MetricRegistry.utilizationAdjusted, "adjusted %"),
            metric(MetricRegistry.shareFree, "free %"),
            metric(MetricRegistry.shareReserved, "reserved %"),
            metric(MetricRegistry.shareDown, "out of order %"),
            metric(MetricRegistry.shareUnknown, "unknown %"),
            metric(MetricRegistry.absentShare, "not listed %"),
            UtilizationColumn(AnswerColumn("verdict", audience: .machines)) {
                .text($0.value(of: MetricRegistry.utilization).verdict.rawValue)
            },
            UtilizationColumn(AnswerColumn("occupied_runs", audience: .machines)) { .integer(Int64($0.occupiedRuns)) },
            UtilizationColumn(AnswerColumn("polling_error_s", audience: .machines)) {
                $0.pollingErrorSeconds.map { .double($0) }
            },
        ]
        columns += StatusCategory.allCases.map { category in
            UtilizationColumn(AnswerColumn("\(category.rawValue)_s", audience: .machines)) {
                .integer($0.seconds[category])
            }
        }
        if hasRemarks {
            columns.append(UtilizationColumn(AnswerColumn("remark", audience: .readers)) { .text($0.remark ?? "") })
        }
        return columns
    }
}

/// A column with the way to its value.
private struct UtilizationColumn {
    let column: AnswerColumn
    private let read: (UtilizationRow) -> AnswerValue?

    init(_ column: AnswerColumn, _ read: @escaping (UtilizationRow) -> AnswerValue?) {
        self.column = column
        self.read = read
    }

    func value(_ row: UtilizationRow) -> AnswerValue { read(row) ?? .null }
}

extension UtilizationRow {
    /// What the row is called: a name, `Mon 08–09`, or `all`.
    var label: String {
        switch key {
        case .total: "all"
        case .object(let object): object.label
        case .hourOfWeek(let hour): HourOfWeek(hour).label
        }
    }

    /// The station, city or operator; `nil` for other rows.
    var object: ObjectName? {
        if case .object(let object) = key { object } else { nil }
    }

    /// The hour of the week; `nil` for other rows.
    // Inlined, the optimizer of Swift 6.3.1 fails on the borrowed enum ("Found ownership error").
    @inline(never)
    var hour: Int? {
        if case .hourOfWeek(let hour) = key { hour } else { nil }
    }

    /// Why the figure is flagged or missing.
    var remark: String? { value(of: MetricRegistry.utilization).verdict.reason }
}

/// An hour of the week in local time.
struct HourOfWeek {
    static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    let day: Int
    let hour: Int

    init(_ number: Int) {
        day = number / 24
        hour = number % 24
    }

    /// `Mon 08–09`.
    var label: String {
        let name = Self.days.indices.contains(day) ? Self.days[day] : "day \(day + 1)"
        return "\(name) \(Self.twoDigits(hour))–\(Self.twoDigits(hour + 1))"
    }

    static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}
