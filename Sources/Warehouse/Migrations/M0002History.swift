/// Brings the first schema to the present model, and keeps what is in it.
///
/// Made of the model as long as no version with it is released; then its statements are frozen as text, like those of
/// migration 1.
let m0002History = Migration(2, "history, quality, lineage") { dialect throws(WarehouseError) in
    guard dialect == .duckDB else { return try wholeSchema(in: dialect) }
    var statements: [String] = []
    for table in Schema.tables {
        if let old = FrozenSchema.first.columns(of: table.name) {
            statements += try reshape(table, from: old, in: dialect)
        } else {
            statements.append(try table.createStatement(in: dialect))
        }
    }
    return statements + Schema.views.map { $0.createStatement(in: dialect) } + Mart.createStatements(in: dialect)
}

/// The first schema of engines that came after migration 1: the tables, the views, the mart and the statuses.
private func wholeSchema(in dialect: SQLDialect) throws(WarehouseError) -> [String] {
    try Schema.createStatements(in: dialect) + Schema.views.flatMap { $0.createStatements(in: dialect) }
        + Mart.createStatements(in: dialect) + FrozenSchema.first.statements.suffix(1)
}

/// Values for columns that are new, required, and have none in the rows of the first schema.
///
/// They stand until the slice is cleaned and loaded again: `run` does that, since the layout of flat files changed.
private let fillings = [
    "dim_charging_point.source_point_key": "point_id",
    "dim_charging_point.capability_set_key": "0",
    "etl_point_version.reuse_point_id": "0",
    "etl_point_version.capability_set_key": "0",
    "dim_charging_station.hours_key": "0",
    "etl_station_version.hours_key": "0",
    "etl_operator_version.settles_at": "seen_from",
    "etl_station_version.settles_at": "seen_from",
    "etl_point_version.settles_at": "seen_from",
    "etl_connector_version.settles_at": "seen_from",
    "etl_reject.reject_id": "ROW_NUMBER() OVER (ORDER BY load_id, severity, rule_id, entity, source_id, message)",
    "agg_point_hour.open_observed_s": "0",
    "agg_point_hour.open_occupied_s": "0",
]

/// A table in its new shape, with the rows of the old one: create, copy, drop, rename, which every engine can do.
private func reshape(
    _ table: TableDefinition,
    from old: [String],
    in dialect: SQLDialect
) throws(WarehouseError) -> [String] {
    guard table.columnLines(in: dialect) != old else { return [] }
    let oldNames = Set(old.map { String($0.prefix { $0 != " " }) })
    var names: [String] = []
    var values: [String] = []
    for column in table.columns {
        if oldNames.contains(column.name) {
            names.append(column.name)
            values.append(column.name)
        } else if let filling = fillings["\(table.name).\(column.name)"] {
            names.append(column.name)
            values.append(filling)
        }
    }
    let temporary = "new_\(table.name)"
    return [
        try table.createStatement(named: temporary, in: dialect),
        """
        INSERT INTO \(temporary) (\(names.joined(separator: ", ")))
        SELECT \(values.joined(separator: ", ")) FROM \(table.name)
        """,
        "DROP TABLE \(table.name)",
        "ALTER TABLE \(temporary) RENAME TO \(table.name)",
    ]
}
