import ChargingModel
import Cleaning

/// Where the values of a column come from: for the data dictionary.
enum ColumnOrigin {
    /// `feed`, `computed`, …: who fills the column, and whether a change of it makes a version.
    static func text(of column: ColumnDefinition, in table: TableDefinition) -> String {
        let entity = VersionedEntity.all.first { [$0.dimension, $0.versions].contains(table.name) }
        if let attribute = entity?.file.versionedAttributes.first(where: { $0.column == column.name }) {
            return "feed; makes a version (bit \(attribute.group.rawValue))"
        }
        let filled = Set(FlatFileKind.allCases.flatMap { $0.columns.map(\.name) })
        switch table.name {
        case "dim_date", "dim_hour", "dim_holiday": return "calendar"
        case "dim_status": return "built in"
        case "dim_feed": return "feed descriptor"
        case _ where column.name.hasSuffix("_key") || column.name.hasSuffix("_id") || column.name.hasSuffix("_sk"):
            return "key"
        case _ where table.name.hasPrefix("agg_"): return "facts"
        case _ where entity != nil && !filled.contains(column.name):
            return scd2.contains(column.name) ? "load" : "not filled yet"
        case _ where entity != nil: return "feed"
        case "etl_poll": return "poll"
        case "etl_load", "etl_schema_version": return "load"
        default: return filled.contains(column.name) ? "cleaning" : "load"
        }
    }

    private static let scd2 = Set(Schema.versionColumns.map(\.name))
}
