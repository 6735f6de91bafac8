import Analytics
import ChargingModel

extension UtilizationReport {
    /// The report as one document, `chargehouse.utilization/1`.
    var jsonDocument: JSONNode {
        let table = answerTable
        return .object([
            JSONNode.Member("schema", .text("chargehouse.utilization/1")),
            JSONNode.Member("period", period),
            JSONNode.Member("group_by", .text(query.grouping.rawValue)),
            JSONNode.Member(
                "filters",
                .object(query.labels.map { JSONNode.Member($0.name, .text($0.value)) })
            ),
            JSONNode.Member("feeds", .integer(Int64(feeds))),
            JSONNode.Member("poll_interval_min_s", Self.optional(pollIntervals?.lowerBound)),
            JSONNode.Member("poll_interval_max_s", Self.optional(pollIntervals?.upperBound)),
            JSONNode.Member("metrics", .array(MetricRegistry.all.map(\.json))),
            JSONNode.Member("rows", .array(table.jsonRows)),
            JSONNode.Member("total", table.jsonTotal ?? .null),
            JSONNode.Member("notes", .array(notes.map { .text($0) })),
            JSONNode.Member("statements", .array(statements.map(\.json))),
        ])
    }

    private var period: JSONNode {
        .object([
            JSONNode.Member("from", .text(query.from.description)),
            JSONNode.Member("to", .text(query.to.description)),
            JSONNode.Member("duration_h", .integer(Int64(hours))),
        ])
    }

    private static func optional(_ number: Int?) -> JSONNode {
        number.map { .integer(Int64($0)) } ?? .null
    }
}

extension Metric {
    /// The definition as an object.
    fileprivate var json: JSONNode {
        .object([
            JSONNode.Member("id", .text(id)),
            JSONNode.Member("version", .integer(Int64(version))),
            JSONNode.Member("unit", .text(unit.rawValue)),
            JSONNode.Member("title", .text(title.english)),
            JSONNode.Member("definition", .text(definition.english)),
            JSONNode.Member("formula", .text(formula)),
            JSONNode.Member("source", .text(source)),
        ])
    }
}

extension SQLStatement {
    /// The statement as an object; parameters are written as SQL literals.
    fileprivate var json: JSONNode {
        .object([
            JSONNode.Member("purpose", .text(purpose)),
            JSONNode.Member("sql", .text(text)),
            JSONNode.Member("parameters", .array(parameterTexts.map { .text($0) })),
        ])
    }
}
