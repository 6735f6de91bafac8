public import ChargingModel

/// The statements that fill `dim_hour`, `dim_date` and `dim_holiday`.
extension WarehouseCalendar {
    /// Hours that one statement can make: the numbers of four digits.
    private static let hoursPerStatement = 10_000
    /// Days that one statement writes as literals.
    private static let datesPerStatement = 100

    /// Inserts the hours and dates that are missing for some days, and the holidays of their years; what is there stays.
    ///
    /// Between two clock changes the local hour of the week counts up by one each hour, so one statement makes all
    /// hours of such a run by arithmetic, without time-zone functions or series.
    ///
    /// - Parameters:
    ///   - days: UTC days.
    ///   - zones: IANA names; `UTC` is always added.
    ///   - dialect: of the engine.
    /// - Returns: Statements for ``WarehouseEngine/transact(_:)``.
    /// - Throws: ``WarehouseError`` with `unsupported` for an unknown zone.
    public static func steps(
        toCover days: ClosedRange<UTCDay>,
        zones: Set<String>,
        in dialect: SQLDialect
    ) throws(WarehouseError) -> [TransactionStep] {
        var steps: [TransactionStep] = []
        for zone in zones.union(["UTC"]).sorted() {
            for run in try runs(over: days, zone: zone) {
                steps.append(.statement(insertHours(of: run, in: dialect)))
            }
        }
        // The local days of UTC days reach one further on both sides.
        let dates = Array(days.lowerBound.previous...days.upperBound.next)
        for start in stride(from: 0, to: dates.count, by: datesPerStatement) {
            let batch = dates[start..<min(start + datesPerStatement, dates.count)]
            steps.append(.statement(insertDates(batch, in: dialect)))
        }
        let years = days.lowerBound.previous.calendarDate.year...days.upperBound.next.calendarDate.year
        return steps + insertHolidays(of: years, in: dialect).map(TransactionStep.statement)
    }

    /// Hours without a clock change between them.
    private struct Run {
        let first: CalendarHour
        var count: Int
    }

    private static func runs(over days: ClosedRange<UTCDay>, zone: String) throws(WarehouseError) -> [Run] {
        var runs: [Run] = []
        for day in days {
            for hour in try hours(of: day, zone: zone) {
                if let last = runs.indices.last, runs[last].count < hoursPerStatement,
                    runs[last].first.utcOffset == hour.utcOffset,
                    runs[last].first.isDaylightSaving == hour.isDaylightSaving
                {
                    runs[last].count += 1
                } else {
                    runs.append(Run(first: hour, count: 1))
                }
            }
        }
        return runs
    }

    private static func insertHours(of run: Run, in dialect: SQLDialect) -> String {
        let zone = dialect.literal(run.first.zone)
        let start = dialect.literal(run.first.hour)
        let localStart = dialect.literal(run.first.localTime)
        let hour = dialect.addingHours("n.n", to: start)
        let hourEnd = dialect.addingHours("(n.n + 1)", to: start)
        let localTime = dialect.addingHours("n.n", to: localStart)
        let hourOfWeek = "MOD(\(run.first.hourOfWeek) + n.n, 168)"
        return """
            INSERT INTO dim_hour
            (hour_utc, hour_end, utc_date, tz_name, local_ts, local_date, local_hour, iso_dow, hour_of_week,
             utc_offset_s, is_dst)
            SELECT x.hour_utc, x.hour_end, CAST(x.hour_utc AS DATE), \(zone), x.local_ts, CAST(x.local_ts AS DATE),
             CAST(MOD(x.hour_of_week, 24) AS SMALLINT), CAST(FLOOR(x.hour_of_week / 24.0) + 1 AS SMALLINT),
             CAST(x.hour_of_week AS SMALLINT), \(run.first.utcOffset), \(dialect.literal(run.first.isDaylightSaving))
            FROM (SELECT \(hour) AS hour_utc, \(hourEnd) AS hour_end, \(localTime) AS local_ts,
                  \(hourOfWeek) AS hour_of_week
                  FROM (\(numbers)) n WHERE n.n < \(run.count)) x
            LEFT JOIN dim_hour h ON h.hour_utc = x.hour_utc AND h.tz_name = \(zone)
            WHERE h.hour_utc IS NULL
            ORDER BY x.hour_utc
            """
    }

    /// A query that returns 0 to 9,999 as `n`.
    private static var numbers: String {
        let digits = (0..<10).map { $0 == 0 ? "SELECT 0 AS d" : "SELECT \($0)" }.joined(separator: " UNION ALL ")
        return """
            SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS n FROM (\(digits)) a
            CROSS JOIN (\(digits)) b CROSS JOIN (\(digits)) c CROSS JOIN (\(digits)) e
            """
    }

    private static func insertDates(_ days: ArraySlice<UTCDay>, in dialect: SQLDialect) -> String {
        let names = ["local_date", "year", "quarter", "month", "iso_week", "iso_dow", "is_weekend", "season"]
        let rows = days.map { day in
            let row = CalendarDate(day)
            let (year, month, _) = day.calendarDate
            let values = [
                dialect.literal(day), "\(year)", "\(row.quarter)", "\(month)", "\(row.isoWeek)", "\(day.isoWeekday)",
                dialect.literal(row.isWeekend), dialect.literal(row.season),
            ]
            return "SELECT " + zip(values, names).map { "\($0) AS \($1)" }.joined(separator: ", ")
        }
        return """
            INSERT INTO dim_date (\(names.joined(separator: ", ")))
            SELECT \(names.map { "x.\($0)" }.joined(separator: ", ")) FROM (
            \(rows.joined(separator: "\nUNION ALL "))
            ) x LEFT JOIN dim_date d ON d.local_date = x.local_date WHERE d.local_date IS NULL ORDER BY x.local_date
            """
    }
}
