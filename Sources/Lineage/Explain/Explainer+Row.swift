import ChargingModel
import Warehouse

extension Explainer {
    /// Tables whose rows can be explained.
    public static var rowTables: [String] {
        [
            "agg_point_hour", "dim_charging_point", "dim_charging_station", "dim_connector", "etl_poll", "etl_reject",
            "fact_connector_status", "fact_point_status",
        ]
    }

    /// Explains one row, named by enough columns of its table to be the only one.
    ///
    /// - Parameters:
    ///   - name: a table of ``rowTables``.
    ///   - key: column and value as text: `point_id` and `42`, `valid_from` and `2026-03-01T00:00:00Z`.
    /// - Returns: The row, and what is behind it.
    /// - Throws: ``LineageError`` `CHG101` where the table or a column cannot be used, `CHG100` where not exactly one
    ///   row has these values.
    public func explain(row name: String, key: [(column: String, value: String)]) async throws -> RowExplanation {
        guard let table = Schema.table(name), Self.rowTables.contains(name) else {
            throw LineageError.badRow(
                "table \"\(name)\"",
                "its rows cannot be explained (expected one of: \(Self.rowTables.joined(separator: ", ")))"
            )
        }
        let row = try await single(table, key)
        var explanation = RowExplanation(
            table: name,
            grain: table.grain,
            values: table.columnNames.compactMap { column in
                row.text(column).map { RowExplanation.Value(column: column, text: $0) }
            },
            runs: [],
            runsLeftOut: 0,
            polls: []
        )
        if let id = row.integer("load_id") ?? row.integer("first_load_id") {
            explanation.load = try await load(id)
        }
        let feed = try await feed(row.key("feed_key"))
        switch name {
        case "fact_point_status": explanation.interval = try await factInterval(row, "point", feed)
        case "fact_connector_status": explanation.interval = try await factInterval(row, "connector", feed)
        case "agg_point_hour": explanation.polls = try await hourPolls(row, feed)
        case "etl_poll": explanation.polls = try await explained([Self.poll(row, .shows)], of: nil, feed)
        case "etl_reject": explanation.polls = try await rejectPolls(row, feed)
        default: try await explainVersion(&explanation, row, feed)
        }
        return explanation
    }

    private func single(_ table: TableDefinition, _ key: [(column: String, value: String)]) async throws -> WarehouseRow
    {
        var conditions: [String] = []
        for (column, value) in key {
            guard let definition = table.columns.first(where: { $0.name == column }) else {
                throw LineageError.badRow(
                    "\(table.name).\(column)",
                    "no such column (expected one of: \(table.columnNames.joined(separator: ", ")))"
                )
            }
            conditions.append("\(column) = \(try literal(value, of: definition, in: table))")
        }
        guard !conditions.isEmpty else {
            throw LineageError.badRow(
                table.name,
                "no key is given (expected column=value for \(table.primaryKey.joined(separator: ", ")))"
            )
        }
        let sql = "SELECT * FROM \(table.name) WHERE \(conditions.joined(separator: " AND ")) LIMIT 2"
        let rows = try await engine.rows(sql, [])
        guard rows.count == 1 else {
            let names = key.map { "\($0.column)=\($0.value)" }.joined(separator: " ")
            let found = rows.isEmpty ? "no row" : "more than one row"
            throw LineageError.nothing("\(table.name) \(names)", "\(found) (expected one)")
        }
        return rows[0]
    }

    private func literal(
        _ text: String,
        of column: ColumnDefinition,
        in table: TableDefinition
    ) throws -> String {
        let literal: String? =
            switch column.type {
            case .bigint, .integer, .smallint: Int64(text).map { engine.dialect.literal($0) }
            case .timestamp:
                (UTCTime(text) ?? UTCTime(text.replacing(" ", with: "T") + "Z")).map { engine.dialect.literal($0) }
            case .date: UTCDay(text).map { engine.dialect.literal($0) }
            case .boolean: Bool(text).map { engine.dialect.literal($0) }
            case .text, .json: engine.dialect.literal(text)
            case .double, .coordinate: nil
            }
        guard let literal else {
            throw LineageError.badRow("\(table.name).\(column.name)", "\"\(text)\" is no \(column.type)")
        }
        return literal
    }

    private func factInterval(
        _ row: WarehouseRow,
        _ object: String,
        _ feed: FeedID
    ) async throws -> IntervalExplanation? {
        let dimension = object == "point" ? "dim_charging_point" : "dim_connector"
        let rows = try await engine.rows(
            """
            SELECT f.*, d.code, m.raw_status, o.source_\(object)_id FROM fact_\(object)_status f
            JOIN dim_status d ON d.status_key = f.status_key
            JOIN \(dimension) o ON o.\(object)_sk = f.\(object)_sk
            LEFT JOIN map_status m ON m.raw_status_key = f.raw_status_key
            WHERE f.feed_key = ? AND f.\(object)_id = ? AND f.valid_from = ?
            """,
            [
                .integer(row.key("feed_key")), .integer(row.key("\(object)_id")),
                row.time("valid_from").map { .timestamp($0) } ?? .null,
            ]
        )
        guard let fact = rows.first, let id = fact.text("source_\(object)_id") else { return nil }
        let sought = SoughtObject(kind: object == "point" ? .point : .connector, id: id)
        return try await filled([try await interval(fact, of: sought, feed)]).first
    }

    /// The polls of an hour, and the one before it.
    private func hourPolls(_ row: WarehouseRow, _ feed: FeedID) async throws -> [PollExplanation] {
        guard let hour = row.time("hour_utc") else { return [] }
        let key = row.key("feed_key")
        let polls =
            try await neighbour(of: hour, isBefore: true, key)
            + polls(within: hour, hour.adding(seconds: 3_600), key)
        let source = try await engine.rows(
            "SELECT MAX(source_point_id) AS id FROM dim_charging_point WHERE point_id = ?",
            [.integer(row.key("point_id"))]
        )
        let object = source.first?.text("id").map { SoughtObject(kind: .point, id: $0) }
        return try await explained(polls, of: object, feed)
    }

    /// The poll in which a rejected record was met first, with the record's bytes.
    private func rejectPolls(_ row: WarehouseRow, _ feed: FeedID) async throws -> [PollExplanation] {
        guard let slot = row.time("slot_utc") else { return [] }
        let polls = try await poll(at: slot, row.key("feed_key"), .shows)
        let lookup = RawLookup(library: library, fragmentBytes: fragmentBytes)
        var shown: [PollExplanation] = []
        for var poll in polls {
            var sought = SoughtPoll(feed: feed, pollID: poll.pollID, slot: poll.slot)
            sought.pointer = row.text("json_pointer")
            sought.digest = row.text("raw_sha256")
            poll.raw = try await lookup.evidence(of: [sought])[sought]
            shown.append(poll)
        }
        return shown
    }

    /// The runs that a version was made of, and the first and the last poll that showed it.
    private func explainVersion(
        _ explanation: inout RowExplanation,
        _ row: WarehouseRow,
        _ feed: FeedID
    ) async throws {
        let (object, kind, source): (String, SoughtObject.Kind, String) =
            switch explanation.table {
            case "dim_charging_station": ("station", .station, "station_id")
            case "dim_connector": ("connector", .connector, "connector_id")
            default: ("point", .point, "source_point_key")
            }
        guard let from = row.time("valid_from"), let to = row.time("valid_to") else { return }
        let runs = try await engine.rows(
            """
            SELECT utc_date, feed_key, seen_from, seen_to, load_id FROM etl_\(object)_version
            WHERE \(object)_id = ? AND attr_hash = ? AND seen_from >= ? AND seen_from < ? ORDER BY seen_from, feed_key
            """,
            [
                .integer(row.key(source)), .text(row.text("attr_hash") ?? ""), .timestamp(from), .timestamp(to),
            ]
        )
        explanation.runs = runs.prefix(limit).compactMap { run in
            guard let day = run.day("utc_date"), let start = run.time("seen_from"), let end = run.time("seen_to") else {
                return nil
            }
            return RowExplanation.Run(day: day, seenFrom: start, seenTo: end, loadID: "\(run.key("load_id"))")
        }
        explanation.runsLeftOut = max(0, runs.count - limit)
        guard let first = runs.first, let last = runs.last, let start = first.time("seen_from"),
            let end = last.time("seen_to"), let id = row.text("source_\(object)_id")
        else { return }
        let sought = SoughtObject(kind: kind, id: id)
        for (slot, key) in [(start, first.key("feed_key")), (end, last.key("feed_key"))] {
            if slot == end, start == end, !explanation.polls.isEmpty { break }
            let polls = try await poll(at: slot, key, .shows)
            let owner = key == row.key("feed_key") ? feed : try await self.feed(key)
            explanation.polls += try await explained(polls, of: sought, owner)
        }
    }
}
