import ChargingModel
import Warehouse

/// Checks that the seconds behind a report are whole.
///
/// A violation is an error, never a remark.
enum UtilizationChecks {
    /// No point-hour has more or less than 3,600 s.
    static func hours(_ statement: SQLStatement, on engine: any WarehouseEngine) async throws {
        let found = try await engine.run(statement).records()
        guard let first = found.first else { return }
        let hour = try first.time("hour_utc")?.description ?? "an hour without time"
        let point = try first.integer("point_id")
        let seconds = try first.integer("known_s")
        let count = found.count >= 5 ? "at least 5 point-hours do" : "\(found.count) point-hour(s) do"
        throw AnalyticsError.sums(
            "agg_point_hour",
            "\(count) not sum to 3600 s, first point \(point) at \(hour) with \(seconds) s (expected 3600)"
        )
    }

    /// The rows add up to the total, category by category: no dimension dropped or doubled an hour.
    static func sums(of groups: [GroupRecord], equal total: TotalRecord, query: UtilizationQuery) throws {
        let sum = groups.reduce(CategorySeconds()) { $0 + $1.seconds }
        guard let category = StatusCategory.allCases.first(where: { sum[$0] != total.seconds[$0] }) else { return }
        let table = query.grouping == .hourOfWeek ? "dim_charging_station or dim_hour" : "dim_charging_station"
        throw AnalyticsError.sums(
            "utilization by \(query.grouping.rawValue), \(query.from) to \(query.to)",
            "the rows have \(sum[category]) s \(category.rawValue), the whole has \(total.seconds[category]) s "
                + "(expected equal); \(table) lacks or repeats keys of agg_point_hour"
        )
    }
}
