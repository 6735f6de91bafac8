package import ChargingModel

/// DDL for PostgreSQL: what it can guard, it guards.
///
/// Large tables are those that Redshift spreads by a key: they are partitioned by month of their first sort column.
extension TableDefinition {
    /// The column that partitions a large table; `nil` for a table in one piece.
    var partitionColumn: String? {
        guard case .key = distribution else { return nil }
        return sortKey.first
    }

    /// Whether it grows day by day, in one piece.
    var isLog: Bool { partitionColumn == nil && sortKey.first == "utc_date" && !primaryKey.isEmpty }

    /// The primary key with the partitions' column in front, which PostgreSQL wants in it: slices are found by it.
    private var postgresKey: [String] {
        guard let partitionColumn, !primaryKey.isEmpty else { return primaryKey }
        return [partitionColumn] + primaryKey.filter { $0 != partitionColumn }
    }

    /// The durable id of a dimension with versions; `nil` for other tables.
    private var versionedID: String? {
        VersionedEntity.all.first { $0.dimension == name }?.id
    }

    private var hasInterval: Bool {
        Set(columnNames).isSuperset(of: ["valid_from", "valid_to"])
    }

    func postgresTable(named name: String) -> String {
        var lines = columnLines(in: .postgreSQL)
        if !postgresKey.isEmpty { lines.append("PRIMARY KEY (\(postgresKey.joined(separator: ", ")))") }
        lines += uniqueKeys.map { "UNIQUE (\($0.joined(separator: ", ")))" }
        if hasInterval { lines.append("CHECK (valid_to > valid_from)") }
        if let versionedID {
            // A range of one number instead of the number needs no extension (btree_gist), which not everyone may create:
            // docs/decisions/0008-postgresql-over-libpq.md.
            lines.append(
                "EXCLUDE USING gist (int8range(\(versionedID), \(versionedID), '[]') WITH &&, "
                    + "tstzrange(valid_from, valid_to) WITH &&)"
            )
        }
        let partitions = partitionColumn.map { " PARTITION BY RANGE (\($0))" } ?? ""
        return "CREATE TABLE \(name) (\n    \(lines.joined(separator: ",\n    "))\n)\(partitions)"
    }

    /// Indexes and comments.
    var postgresAdditions: [String] {
        let described = columns.map { ($0.name, $0.meaning) }
        return postgresIndexes + SQLDialect.postgreSQL.comments(on: "TABLE", name, grain, described)
    }

    private var postgresIndexes: [String] {
        if let versionedID {
            return ["CREATE UNIQUE INDEX \(name)_current ON \(name) (\(versionedID)) WHERE is_current"]
        }
        // What the slices saw is found by slice (the primary key) and by object.
        if let entity = VersionedEntity.all.first(where: { $0.versions == name }) {
            return ["CREATE INDEX \(name)_object ON \(name) (\(entity.id))"]
        }
        guard partitionColumn == nil, !sortKey.isEmpty, !primaryKey.starts(with: sortKey) else { return [] }
        // Logs lie in the order of their days: a block range index of some kilobytes finds those.
        let kind = sortKey == ["utc_date"] ? "USING brin " : ""
        return ["CREATE INDEX \(name)_order ON \(name) \(kind)(\(sortKey.joined(separator: ", ")))"]
    }
}

extension ViewDefinition {
    /// The comments of the view and its columns.
    var postgresAdditions: [String] {
        SQLDialect.postgreSQL.comments(on: "VIEW", name, grain, columns.map { ($0.name, $0.meaning) })
    }
}

extension SQLDialect {
    /// The statements that describe a table or view and its columns.
    func comments(
        on kind: String,
        _ name: String,
        _ meaning: String,
        _ columns: [(name: String, meaning: String)]
    ) -> [String] {
        ["COMMENT ON \(kind) \(name) IS \(literal(meaning))"]
            + columns.map { "COMMENT ON COLUMN \(name).\($0.name) IS \(literal($0.meaning))" }
    }
}

/// The monthly parts of large tables.
package enum Partitions {
    /// Makes the parts that days need and the warehouse lacks; nothing on engines without partitions.
    ///
    /// In a transaction of its own before a load: making a part locks its table for a moment, and an empty part changes
    /// no answer.
    package static func steps(for days: some Sequence<UTCDay>, in dialect: SQLDialect) -> [TransactionStep] {
        guard dialect == .postgreSQL else { return [] }
        let months = Set(days.map { Month($0) }).sorted { ($0.year, $0.month) < ($1.year, $1.month) }
        return months.flatMap { month in
            Schema.tables.filter { $0.partitionColumn != nil }.map { table in
                .statement(
                    """
                    CREATE TABLE IF NOT EXISTS \(table.name)_\(month.suffix) PARTITION OF \(table.name)
                    \(month.bounds)
                    """
                )
            }
        }
    }
}

/// A calendar month, UTC: what a part of a large table holds.
struct Month: Hashable {
    let year: Int
    let month: Int

    init(_ day: UTCDay) {
        (year, month, _) = day.calendarDate
    }

    private init(year: Int, month: Int) {
        self.year = year
        self.month = month
    }

    /// The months of a stretch of days, in order.
    static func all(from first: UTCDay, to last: UTCDay) -> [Month] {
        var months = [Month(first)]
        while let month = months.last, month != Month(last) { months.append(month.next) }
        return months
    }

    var next: Month { month == 12 ? Month(year: year + 1, month: 1) : Month(year: year, month: month + 1) }
    /// `2026_03`.
    var suffix: String { "\(year)_\(digits)" }
    /// `2026-03-01`; a time zone is said where the column has one, since the session's is UTC.
    var start: String { "\(year)-\(digits)-01" }
    /// The clause that makes a table the month's part of another.
    var bounds: String { "FOR VALUES FROM ('\(start)') TO ('\(next.start)')" }
    private var digits: String { (month < 10 ? "0" : "") + "\(month)" }
}
