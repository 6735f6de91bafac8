public import ChargingModel
public import Warehouse

/// A question about the history that the dimensions keep: how many objects, how many versions, and what changed.
///
/// - Shape: one row a kind of object, or one a month and kind. A version belongs to the month of its begin, UTC.
/// - SeeAlso: `docs/data-dictionary.md`, `change_mask`.
public struct HistoryQuery: Sendable, Hashable {
    /// What the rows stand for.
    public let grouping: HistoryGrouping
    /// The feed that the report is limited to; `nil` means all.
    ///
    /// Operators count for all feeds of its family.
    public let feed: FeedID?

    /// States the question.
    public init(by grouping: HistoryGrouping = .entity, feed: FeedID? = nil) {
        self.grouping = grouping
        self.feed = feed
    }

    /// The statement that answers the question.
    public var statement: SQLStatement {
        let isMonthly = grouping == .month
        let entities = Entity.all.map { $0.versions(of: feed) }
        let groups = AttributeGroup.allCases.map { group in
            "SUM(CASE WHEN x.number > 1 AND (x.change_mask & \(group.rawValue)) <> 0 THEN 1 ELSE 0 END) AS \(group)"
        }
        let month = "SUBSTRING(CAST(x.valid_from AS VARCHAR), 1, 7)"
        let text = """
            WITH versions AS (
            \(entities.joined(separator: "\nUNION ALL\n"))
            )
            SELECT \(isMonthly ? "\(month) AS month, " : "")x.entity, COUNT(DISTINCT x.object_id) AS objects,
                COUNT(*) AS versions, COUNT(DISTINCT CASE WHEN x.number > 1 THEN x.object_id END) AS changed_objects,
                SUM(CASE WHEN x.number > 1 THEN 1 ELSE 0 END) AS changes,
                \(groups.joined(separator: ",\n    ")),
                SUM(CASE WHEN x.number > 1 AND x.change_mask = 0 THEN 1 ELSE 0 END) AS other
            FROM versions x
            GROUP BY \(isMonthly ? "\(month), " : "")x.entity, x.position
            ORDER BY \(isMonthly ? "\(month), " : "")x.position
            """
        let parameters = feed.map { id in Entity.all.map { _ in SQLValue.text(id.description) } } ?? []
        return SQLStatement("history", text, parameters)
    }

    /// Answers the question.
    ///
    /// - Returns: `objects` that have a version here, their `versions`, `changed_objects` with a version after their
    ///   first, `changes` (versions after the first), and of these how many touch each group of attributes. A change
    ///   can touch several groups; `other` counts those that touch none.
    /// - Throws: The engine's own errors.
    public func table(on engine: any WarehouseEngine) async throws -> AnswerTable {
        let result = try await engine.run(statement)
        return AnswerTable(
            columns: result.columns.map { name in
                AnswerColumn(name, heading: name.split(separator: "_").joined(separator: " "))
            },
            rows: result.rows.map { row in row.map { AnswerValue($0) } }
        )
    }

    /// A dimension with history.
    private struct Entity {
        let name: String
        let table: String
        let position: Int
        /// The rows of one feed, whose id is the parameter.
        let ofFeed: String

        static let all = [
            Entity("operator", "dim_operator", 1, "d.family IN (SELECT f.family FROM dim_feed f WHERE f.feed_id = ?)"),
            Entity("station", "dim_charging_station", 2),
            Entity("point", "dim_charging_point", 3),
            Entity("connector", "dim_connector", 4),
        ]

        init(
            _ name: String,
            _ table: String,
            _ position: Int,
            _ ofFeed: String = "d.feed_key IN (SELECT f.feed_key FROM dim_feed f WHERE f.feed_id = ?)"
        ) {
            self.name = name
            self.table = table
            self.position = position
            self.ofFeed = ofFeed
        }

        func versions(of feed: FeedID?) -> String {
            """
            SELECT '\(name)' AS entity, \(position) AS position, d.\(name)_id AS object_id, d.valid_from, d.change_mask,
                ROW_NUMBER() OVER (PARTITION BY d.\(name)_id ORDER BY d.valid_from) AS number
            FROM \(table) d\(feed == nil ? "" : " WHERE \(ofFeed)")
            """
        }
    }
}

/// What the rows of a report about history stand for.
public enum HistoryGrouping: String, Sendable, Hashable, CaseIterable {
    /// The kinds of objects: operator, station, point, connector.
    case entity
    /// The months in which versions begin, UTC, and the kinds of objects.
    case month
}
