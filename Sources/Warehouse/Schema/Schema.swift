/// The star schema: one model for all dialects.
///
/// - SeeAlso: `docs/data-dictionary.md`, which is made of it.
public enum Schema {
    /// The tables, in the order in which they are created.
    public static let tables: [TableDefinition] = dimensions + [rulebook] + facts + lineage + versions

    /// A table by its name.
    public static func table(_ name: String) -> TableDefinition? {
        tables.first { $0.name == name }
    }

    /// Columns of a row of strangers' texts, as values that a table holds.
    static func fitted(
        _ columns: [String],
        of alias: String? = nil,
        to table: String,
        in dialect: SQLDialect
    ) -> [String] {
        let types = Schema.table(table)?.columnTypes ?? [:]
        return columns.map { column in
            let value = alias.map { "\($0).\(column)" } ?? column
            return types[column].map { dialect.fitted(value, to: $0) } ?? value
        }
    }

    /// The columns that every SCD2 dimension ends with.
    static let versionColumns: [ColumnDefinition] = [
        .must("valid_from", .timestamp, "Slot of the first poll that showed these values"),
        .must("valid_to", .timestamp, "End of the version, exclusive; 9999-12-31 00:00:00 while it is open"),
        .must("is_current", .boolean, "Whether the version is open"),
        .must("attr_hash", .text(32), "Hash over the attributes that make a version"),
        .must(
            "change_mask",
            .bigint,
            "Bits of what changed: 1 name, 2 place, 4 operator, 8 power, 16 hours, 32 capabilities, 64 relation, "
                + "128 details"
        ),
        .must("last_seen", .timestamp, "Slot of the last poll that showed the object"),
        .must("first_load_id", .bigint, "Load that made the version"),
    ]

    /// Where an object lies.
    static let coordinates: [ColumnDefinition] = [
        .may("lat", .coordinate, "Degrees north, WGS 84"),
        .may("lon", .coordinate, "Degrees east, WGS 84"),
    ]

    /// What this version of Chargehouse does not know.
    static let extra = ColumnDefinition.may(
        "extra",
        .json,
        "Object of the feed's fields that have no column",
        null: "no such field"
    )
}
