package import ChargingModel
package import Warehouse

/// The period and the keys that the filters of a query stand for.
package struct UtilizationScope: Sendable, Hashable {
    /// More matches than this are a question that is too wide for a name.
    static let maximumMatches = 500

    package var from: UTCTime
    package var to: UTCTime
    /// Keys of `agg_point_hour.feed_key`; `nil` means all.
    package var feedKeys: [Int64]?
    package var cityKeys: [Int64]?
    package var operatorIDs: [Int64]?
    package var stationIDs: [Int64]?

    init(from: UTCTime, to: UTCTime) {
        self.from = from
        self.to = to
    }

    /// Looks the names of the filters up.
    ///
    /// - Throws: ``AnalyticsError`` `CHG062` where one names nothing.
    package init(query: UtilizationQuery, engine: any WarehouseEngine) async throws {
        self.init(from: query.from, to: query.to)
        let filters = query.filters
        feedKeys = try await Self.keys(.feed, filters.feed?.description, engine)
        cityKeys = try await Self.keys(.city, filters.city, engine)
        operatorIDs = try await Self.keys(.operator, filters.operator, engine)
        stationIDs = try await Self.keys(.station, filters.station, engine)
    }

    private static func keys(
        _ kind: NamedKind,
        _ name: String?,
        _ engine: any WarehouseEngine
    ) async throws -> [Int64]? {
        guard let name else { return nil }
        let parameters = Array(repeating: SQLValue.text(name.lowercased()), count: kind.nameColumns.count)
        let found = try await engine.query(kind.lookup(in: engine.dialect), parameters).records()
        let keys = try found.map { try $0.integer("key_id") }
        if keys.isEmpty {
            let names = try await engine.query(kind.names, []).records().compactMap { try $0.text("name") }
            let near = NameSuggestion.nearest(to: name, among: names)
            throw AnalyticsError.unknownName(kind.rawValue, name, suggestions: near)
        }
        return keys
    }
}

/// What a filter can name, and where its names stand.
private enum NamedKind: String {
    case feed
    case city
    case `operator`
    case station

    var table: String {
        switch self {
        case .feed: "dim_feed"
        case .city: "dim_city"
        case .operator: "dim_operator"
        case .station: "dim_charging_station"
        }
    }

    var keyColumn: String {
        switch self {
        case .feed: "feed_key"
        case .city: "city_key"
        case .operator: "operator_id"
        case .station: "station_id"
        }
    }

    /// Expressions that a name is compared with, without regard to case.
    var nameColumns: [String] {
        switch self {
        case .feed: ["d.feed_id"]
        // A city id is the country, a slash and a name: de/koeln.
        case .city: ["d.name", "d.city_id", "SUBSTRING(d.city_id, 4)"]
        case .operator: ["d.name", "d.source_operator_id"]
        case .station: ["d.name", "d.source_station_id", "CAST(d.station_id AS VARCHAR(20))"]
        }
    }

    func lookup(in dialect: SQLDialect) -> String {
        let conditions = nameColumns.map { "\(dialect.lowercased($0)) = ?" }.joined(separator: " OR ")
        return """
            SELECT DISTINCT d.\(keyColumn) AS key_id FROM \(table) d
            WHERE \(conditions)
            ORDER BY key_id LIMIT \(UtilizationScope.maximumMatches)
            """
    }

    var names: String {
        "SELECT DISTINCT \(nameColumns[0]) AS name FROM \(table) d ORDER BY name LIMIT 20000"
    }
}

/// Finds names that a mistyped one may have meant.
enum NameSuggestion {
    /// Up to three names within a third of the letters, nearest first.
    static func nearest(to name: String, among names: [String]) -> [String] {
        let wanted = Array(name.lowercased().prefix(80))
        let limit = max(1, wanted.count / 3)
        let near = names.compactMap { candidate -> (distance: Int, name: String)? in
            let letters = Array(candidate.lowercased().prefix(80))
            guard abs(letters.count - wanted.count) <= limit else { return nil }
            let distance = editDistance(wanted, letters)
            return distance <= limit ? (distance, candidate) : nil
        }
        return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
    }

    /// The Levenshtein distance.
    static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let replaced = previous[column] + (letter == other ? 0 : 1)
                current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }
}
