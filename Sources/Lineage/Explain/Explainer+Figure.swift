import Analytics
import ChargingModel
import Warehouse

extension Explainer {
    /// Explains a utilization.
    ///
    /// Every sum is computed twice: from `agg_point_hour`, and from the intervals below.
    ///
    /// - Throws: ``LineageError`` `CHG100` where nothing is in scope, `CHG102` where sums disagree; `AnalyticsError`
    ///   where the period or a name cannot be used.
    public func explain(_ question: FigureQuestion) async throws -> FigureExplanation {
        let query = try UtilizationQuery(
            by: .station,
            from: question.from,
            to: question.to,
            filters: question.filters
        )
        let scope = try await UtilizationScope(query: query, engine: engine)
        let source = try await hourSource(scope, question.point)
        let sums = Self.categories.map { "CAST(SUM(a.\($0)_s) AS BIGINT) AS \($0)_s" }.joined(separator: ", ")
        let groups = try await engine.rows(
            "SELECT a.feed_key, a.point_id, \(sums) \(source.sql) GROUP BY a.feed_key, a.point_id ORDER BY 1, 2",
            source.parameters
        )
        guard !groups.isEmpty else {
            throw LineageError.nothing(
                Self.label(question),
                "no hour of it is in agg_point_hour between \(question.from) and \(question.to)"
            )
        }
        var seconds: [String: Int] = [:]
        for group in groups { seconds.merge(Self.seconds(of: group), uniquingKeysWith: +) }
        if question.point == nil { try await check(seconds, against: query, question) }
        var points: [PointExplanation] = []
        var open: [[OpenInterval]] = []
        for group in groups.prefix(limit) {
            let (point, intervals) = try await point(group, source, question)
            points.append(point)
            open.append(intervals)
        }
        var filled = try await self.filled(open.flatMap(\.self))[...]
        for (index, intervals) in open.enumerated() {
            points[index].intervals = Array(filled.prefix(intervals.count))
            filled = filled.dropFirst(intervals.count)
        }
        let occupied = seconds[StatusCategory.occupied.rawValue] ?? 0
        let observed = StatusCategory.allCases.filter(\.isObserved).reduce(0) { $0 + (seconds[$1.rawValue] ?? 0) }
        return FigureExplanation(
            metric: "utilization",
            formula: "occupied_s / (free_s + occupied_s + reserved_s + down_s + unknown_s), sums over points and hours",
            scope: Self.scope(question),
            from: question.from,
            to: question.to,
            seconds: seconds,
            value: observed > 0 ? Double(occupied) / Double(observed) : nil,
            points: points,
            pointsLeftOut: max(0, groups.count - limit)
        )
    }

    static var categories: [String] { StatusCategory.allCases.map(\.rawValue) }

    static func seconds(of row: WarehouseRow) -> [String: Int] {
        var seconds: [String: Int] = [:]
        for category in categories {
            if let value = row.integer("\(category)_s"), value != 0 { seconds[category] = Int(value) }
        }
        return seconds
    }

    /// The figure must be the one that `report utilization` prints.
    private func check(
        _ seconds: [String: Int],
        against query: UtilizationQuery,
        _ question: FigureQuestion
    ) async throws {
        let total = try await query.report(on: engine).total.seconds
        for category in StatusCategory.allCases where Int(total[category]) != seconds[category.rawValue] ?? 0 {
            throw LineageError.sums(
                Self.label(question),
                "\(seconds[category.rawValue] ?? 0) s \(category.rawValue) (expected \(total[category]), as reported)"
            )
        }
    }

    /// `FROM agg_point_hour a … WHERE …` with its parameters.
    private func hourSource(_ scope: UtilizationScope, _ point: String?) async throws -> HourSource {
        var source = HourSource(
            sql: "FROM agg_point_hour a JOIN dim_charging_station st ON st.station_sk = a.station_sk"
                + " WHERE a.hour_utc >= ? AND a.hour_utc < ?",
            parameters: [.timestamp(scope.from), .timestamp(scope.to)]
        )
        source.limit("a.feed_key", to: scope.feedKeys)
        source.limit("st.city_key", to: scope.cityKeys)
        source.limit("st.operator_id", to: scope.operatorIDs)
        source.limit("st.station_id", to: scope.stationIDs)
        if let point { source.limit("a.point_id", to: try await pointIDs(point)) }
        return source
    }

    private func pointIDs(_ name: String) async throws -> [Int64] {
        let sql = """
            SELECT DISTINCT point_id FROM dim_charging_point
            WHERE LOWER(evse_id) = ? OR LOWER(source_point_id) = ? OR CAST(point_id AS VARCHAR(20)) = ?
            ORDER BY point_id
            """
        let text = SQLValue.text(name.lowercased())
        let ids = try await engine.rows(sql, [text, text, text]).map { $0.key("point_id") }
        guard !ids.isEmpty else {
            throw LineageError.nothing("point \"\(name)\"", "no such charging point (expected an EVSE id or a uid)")
        }
        return ids
    }

    private func point(
        _ group: WarehouseRow,
        _ source: HourSource,
        _ question: FigureQuestion
    ) async throws -> (PointExplanation, [OpenInterval]) {
        var own = source
        own.limit("a.feed_key", to: [group.key("feed_key")])
        own.limit("a.point_id", to: [group.key("point_id")])
        let columns = Self.categories.map { "a.\($0)_s" }.joined(separator: ", ")
        let hours = try await engine.rows(
            "SELECT a.hour_utc, \(columns) \(own.sql) ORDER BY a.hour_utc",
            own.parameters
        )
        let feed = try await feed(group.key("feed_key"))
        let intervals = try await intervals(group, question)
        let starts = Set(hours.compactMap { $0.time("hour_utc") })
        let parts = intervals.map { Self.seconds(of: $0, within: starts) }
        let seconds = Self.seconds(of: group)
        try check(zip(intervals, parts).map { ($0, $1) }, give: seconds, "point \(group.key("point_id"))")
        let held = zip(intervals, parts).filter { $0.1 > 0 }
        var shown: [OpenInterval] = []
        for (row, part) in held.prefix(limit) {
            let object = SoughtObject(kind: .point, id: row.text("source_point_id") ?? "")
            shown.append(try await interval(row, of: object, feed, secondsInPeriod: part))
        }
        let explanation = PointExplanation(
            pointID: "\(group.key("point_id"))",
            sourceID: intervals.last?.text("source_point_id") ?? "",
            feed: feed,
            seconds: seconds,
            hours: hours.prefix(limit).compactMap { row in
                row.time("hour_utc").map { PointExplanation.Hour(hour: $0, seconds: Self.seconds(of: row)) }
            },
            hoursLeftOut: max(0, hours.count - limit),
            intervals: [],
            intervalsLeftOut: max(0, held.count - limit)
        )
        return (explanation, shown)
    }

    private func intervals(_ group: WarehouseRow, _ question: FigureQuestion) async throws -> [WarehouseRow] {
        try await engine.rows(
            """
            SELECT f.*, d.code, d.category, m.raw_status, p.source_point_id FROM fact_point_status f
            JOIN dim_status d ON d.status_key = f.status_key
            JOIN dim_charging_point p ON p.point_sk = f.point_sk
            LEFT JOIN map_status m ON m.raw_status_key = f.raw_status_key
            WHERE f.feed_key = ? AND f.point_id = ? AND f.utc_date >= ? AND f.utc_date <= ?
                AND f.valid_from < ? AND f.valid_to > ?
            ORDER BY f.valid_from
            """,
            [
                .integer(group.key("feed_key")), .integer(group.key("point_id")), .date(question.from.day),
                .date(question.to.day), .timestamp(question.to), .timestamp(question.from),
            ]
        )
    }

    /// Seconds of an interval that lie in some hours.
    private static func seconds(of interval: WarehouseRow, within hours: Set<UTCTime>) -> Int {
        guard let from = interval.time("valid_from"), let to = interval.time("valid_to") else { return 0 }
        var seconds = 0
        var hour = from.slot(every: 3_600)
        while hour < to {
            let end = hour.adding(seconds: 3_600)
            if hours.contains(hour) { seconds += min(to, end).seconds(since: max(from, hour)) }
            hour = end
        }
        return seconds
    }

    private func check(_ parts: [(WarehouseRow, Int)], give seconds: [String: Int], _ subject: String) throws {
        var sums: [String: Int] = [:]
        for (row, part) in parts where part > 0 { sums[row.text("category") ?? "", default: 0] += part }
        guard sums == seconds else {
            throw LineageError.sums(subject, "its intervals give \(sums) s (expected \(seconds), as in agg_point_hour)")
        }
    }

    private static func scope(_ question: FigureQuestion) -> [String: String] {
        var scope = Dictionary(uniqueKeysWithValues: question.filters.labels.map { ($0.name, $0.value) })
        scope["point"] = question.point
        return scope
    }

    private static func label(_ question: FigureQuestion) -> String {
        let names = scope(question).sorted { $0.key < $1.key }.map { "\($0.key) \"\($0.value)\"" }
        return names.isEmpty ? "utilization" : names.joined(separator: ", ")
    }
}

/// The rows of `agg_point_hour` behind a figure, as the end of a statement.
struct HourSource {
    var sql: String
    var parameters: [SQLValue]

    mutating func limit(_ column: String, to keys: [Int64]?) {
        guard let keys else { return }
        sql += " AND \(column) IN (\(keys.map { _ in "?" }.joined(separator: ", ")))"
        parameters += keys.map { .integer($0) }
    }
}
