/// How the statements of a load are planned.
///
/// They join tables that the same transaction has just made, of which the planner knows no numbers, takes few rows for
/// granted and nests loops over thousands: a week of 38 cities then takes 22 s instead of 13. Deleting a slice is the
/// other way round: few staged rows find theirs by the index of a large table.
enum StagedPlans {
    /// At the start of a transaction; ends with it.
    static let begin = "SET LOCAL enable_nestloop = off"

    /// A statement with the plans that fit it.
    static func statement(_ sql: String) -> String {
        sql.hasPrefix("DELETE ") ? "SET LOCAL enable_nestloop = on;\n\(sql);\n\(begin)" : sql
    }
}
