import Foundation
import Warehouse

/// Changes as text for people, and as JSON.
enum ChangeText {
    /// A plan: slices by state and reason, then tables.
    static func plan(_ plan: Plan) -> String {
        var lines: [String] = []
        let count = { (state: String) in plan.slices.filter { $0.state == state }.count }
        lines.append("slices: \(count("new")) new, \(count("changed")) changed, \(count("unchanged")) unchanged")
        for slice in plan.slices where slice.state != "unchanged" {
            lines.append("  \(slice.day) \(slice.feed)  \(slice.reason ?? slice.state)")
        }
        let changed = plan.tables.filter { !$0.isEqual }
        lines.append(changed.isEmpty ? "tables: no row changes" : "tables:")
        for table in changed {
            var parts = [
                "\(table.added) \(table.closed == nil ? "added" : "opened")",
                "\(table.changed - (table.closed ?? 0)) changed", "\(table.removed) removed",
            ]
            if let closed = table.closed { parts.insert("\(closed) closed", at: 1) }
            if table.reloaded > 0 { parts.append("\(table.reloaded) with the same values by another load") }
            lines.append("  \(table.table): " + parts.joined(separator: ", "))
            lines += examples(of: table, left: "now", right: "then")
        }
        return lines.joined(separator: "\n")
    }

    /// A difference, table by table.
    static func difference(
        _ difference: WarehouseDifference,
        left: String,
        right: String,
        showsEqual: Bool
    ) -> String {
        var lines: [String] = []
        for table in difference.tables where showsEqual || !table.isEqual {
            let rows = { (count: Int?) in count.map { "\($0) rows" } ?? "no table" }
            if table.isEqual {
                lines.append("=  \(table.table): \(rows(table.leftRows)), \(table.leftFingerprint)")
                continue
            }
            lines.append(
                "≠  \(table.table): \(rows(table.leftRows)), \(table.leftFingerprint) | \(rows(table.rightRows)), "
                    + "\(table.rightFingerprint); \(table.onlyLeft) only in \(left), \(table.onlyRight) only in \(right)"
            )
            lines += examples(of: table, left: left, right: right)
        }
        let unequal = difference.tables.filter { !$0.isEqual }.count
        lines.append(
            unequal == 0
                ? "equal: \(difference.tables.count) tables"
                : "different: \(unequal) of \(difference.tables.count) tables"
        )
        return lines.joined(separator: "\n")
    }

    private static func examples(of table: TableDifference, left: String, right: String) -> [String] {
        table.examples.map { example in
            let values = example.values.map { "\($0.column)=\($0.text.prefix(60))" }.joined(separator: " ")
            return "     \(example.side == "left" ? left : right): \(values)"
        }
    }

    private struct Document: Encodable {
        let schema = "chargehouse.diff/1"
        let equal: Bool
        let tables: [TableDifference]
    }

    /// A difference as one JSON document.
    static func json(_ difference: WarehouseDifference) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let document = Document(equal: difference.isEqual, tables: difference.tables)
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
}
