/// The picture of tables and the keys between them, in Mermaid's language for entity-relationship diagrams.
enum EntityPicture {
    /// A relation that columns of a table make: by their names, which are the same on both sides.
    struct Relation: Hashable {
        let from: String
        let column: String
        let to: String
    }

    /// Which table a key column points to; other columns of these names hold another moment's version of the same.
    private static let targets: [String: String] = [
        "feed_key": "dim_feed", "counted_feed_key": "dim_feed", "city_key": "dim_city", "status_key": "dim_status",
        "raw_status_key": "map_status", "hours_key": "map_opening_hours", "capability_set_key": "map_capability",
        "station_sk": "dim_charging_station", "station_id": "dim_charging_station", "point_sk": "dim_charging_point",
        "point_id": "dim_charging_point", "counted_point_id": "dim_charging_point", "connector_sk": "dim_connector",
        "connector_id": "dim_connector", "operator_id": "dim_operator", "load_id": "etl_load",
        "first_load_id": "etl_load",
    ]

    /// The relations of the schema; where a table has a version key, its durable key says nothing more.
    static let relations: [Relation] = Schema.tables.flatMap { table -> [Relation] in
        let names = Set(table.columnNames)
        return table.columnNames.compactMap { column -> Relation? in
            guard let target = targets[column], target != table.name else { return nil }
            let version = column.hasSuffix("_id") ? String(column.dropLast(3)) + "_sk" : ""
            return names.contains(version) ? nil : Relation(from: table.name, column: column, to: target)
        }
    }

    static func mermaid() -> String {
        let lines = relations.filter { !$0.from.hasPrefix("etl_") || $0.from == "etl_poll" || $0.from == "etl_reject" }
            .filter { $0.column != "load_id" && $0.column != "first_load_id" }
            .map { "    \($0.to) ||--o{ \($0.from) : \($0.column)" }
        return (["erDiagram"] + lines).joined(separator: "\n")
    }
}
