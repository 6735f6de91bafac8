import ChargingModel

/// Creates every table and writes the statuses.
///
/// Made of the current model as long as no version is released; the golden file of the DDL shows each change.
let m0001CreateSchema = Migration(1, "create schema") { dialect throws(WarehouseError) in
    try Schema.createStatements(in: dialect) + [StatusRows.insertStatement(in: dialect)]
}

/// The rows of `dim_status`.
enum StatusRows {
    static func insertStatement(in dialect: SQLDialect) -> String {
        let rows = ChargingStatus.allCases.map { status in
            let category = status.category
            let values = [
                "CAST(\(status.key) AS SMALLINT)",
                dialect.literal(status.rawValue),
                dialect.literal(category.rawValue),
                dialect.literal(category.isObserved),
                dialect.literal(category == .free || category == .occupied || category == .reserved),
                dialect.literal(category == .occupied),
                // The key is the order in which people list them.
                "CAST(\(status.key) AS SMALLINT)",
            ]
            return "SELECT " + values.joined(separator: ", ")
        }
        return """
            INSERT INTO dim_status
            (status_key, code, category, is_observed, is_operational, is_occupied, sort_order)
            \(rows.joined(separator: "\nUNION ALL "))
            """
    }
}
