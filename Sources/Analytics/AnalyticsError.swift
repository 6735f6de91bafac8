public import ChargingModel

/// An error met while computing or printing key figures.
public struct AnalyticsError: DescribedError, Hashable {
    /// `CHG060` to `CHG069`.
    public let code: String
    /// What it happened to.
    public let subject: String
    /// Found and expected.
    public let detail: String
    /// The next command.
    public let remedy: String?
    /// How the command ends.
    public let exitCode: ExitCode

    /// CHG060: a period that cannot be answered from hourly sums.
    static func period(from: UTCTime, to: UTCTime, _ detail: String) -> AnalyticsError {
        AnalyticsError(
            code: "CHG060",
            subject: "period \(from) to \(to)",
            detail: detail,
            remedy: "give --from and --to as full hours, --from before --to, for example 2026-03-01T00:00:00Z",
            exitCode: .usage
        )
    }

    /// CHG061: category seconds that do not sum to the known seconds.
    static func sums(_ subject: String, _ detail: String) -> AnalyticsError {
        AnalyticsError(
            code: "CHG061",
            subject: subject,
            detail: detail,
            remedy: "chargehouse check, then load the named slices again",
            exitCode: .qualityGateFailed
        )
    }

    /// CHG062: a filter that names nothing in the warehouse.
    static func unknownName(_ kind: String, _ name: String, suggestions: [String]) -> AnalyticsError {
        let hint = suggestions.map { "\"\($0)\"" }.joined(separator: ", ")
        return AnalyticsError(
            code: "CHG062",
            subject: "\(kind) \"\(name)\"",
            detail: "no such \(kind) in the warehouse" + (hint.isEmpty ? "" : "; did you mean \(hint)?"),
            remedy: nil,
            exitCode: .usage
        )
    }

    /// CHG063: an answer of the engine that has another shape than the query asked for.
    static func shape(_ subject: String, _ detail: String) -> AnalyticsError {
        AnalyticsError(code: "CHG063", subject: subject, detail: detail, remedy: nil, exitCode: .internalFault)
    }

    /// CHG064: a quality rule does not hold at the level that was asked for.
    static func gate(_ detail: String) -> AnalyticsError {
        AnalyticsError(
            code: "CHG064",
            subject: "check",
            detail: detail,
            remedy: "chargehouse check --results, and docs/methods/quality.md for what each rule means",
            exitCode: .qualityGateFailed
        )
    }

    /// CHG065: a key that no row of `etl_reject` has.
    static func noReject(_ id: Int64) -> AnalyticsError {
        AnalyticsError(
            code: "CHG065",
            subject: "reject \(id)",
            detail: "there is no such reject; keys change when a slice is cleaned from other input",
            remedy: "chargehouse rejects ls",
            exitCode: .usage
        )
    }
}
