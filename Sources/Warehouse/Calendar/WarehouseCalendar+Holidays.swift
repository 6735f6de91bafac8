import ChargingModel

/// The statements that fill `dim_holiday`.
extension WarehouseCalendar {
    /// Inserts the holidays that are missing for some years; what is there stays.
    static func insertHolidays(of years: ClosedRange<Int>, in dialect: SQLDialect) -> [String] {
        years.compactMap { year in
            let rows = GermanHolidays.holidays(of: year).map { holiday in
                let values = [
                    dialect.literal(holiday.day), dialect.literal(holiday.country),
                    dialect.literal(holiday.stateCode), dialect.literal(holiday.name),
                    dialect.literal(holiday.kind.rawValue),
                ]
                return "SELECT " + zip(values, names).map { "\($0) AS \($1)" }.joined(separator: ", ")
            }
            guard !rows.isEmpty else { return nil }
            let isSame = names.map { "h.\($0) = x.\($0)" }.joined(separator: " AND ")
            return """
                INSERT INTO dim_holiday (\(names.joined(separator: ", ")))
                SELECT \(names.map { "x.\($0)" }.joined(separator: ", ")) FROM (
                \(rows.joined(separator: "\nUNION ALL "))
                ) x LEFT JOIN dim_holiday h ON \(isSame)
                WHERE h.local_date IS NULL ORDER BY x.local_date, x.state_code, x.name
                """
        }
    }

    private static let names = ["local_date", "country", "state_code", "name", "kind"]
}
