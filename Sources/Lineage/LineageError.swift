public import ChargingModel

/// An error met while walking from a figure to the raw bytes, or while changing one warehouse for another.
public struct LineageError: DescribedError, Hashable {
    /// `CHG090` to `CHG099`.
    public let code: String
    /// What it happened to.
    public let subject: String
    /// Found and expected.
    public let detail: String
    /// What was kept; `nil` where there is nothing to say.
    public let kept: String?
    /// The next command; `nil` where there is none.
    public let remedy: String?
    /// How the command ends.
    public let exitCode: ExitCode

    /// CHG090: nothing in the warehouse is what was asked about.
    static func nothing(_ subject: String, _ detail: String) -> LineageError {
        LineageError("CHG090", subject, detail, remedy: "chargehouse status", exitCode: .usage)
    }

    /// CHG091: a table whose rows cannot be explained, or a key that is not one.
    static func badRow(_ subject: String, _ detail: String) -> LineageError {
        LineageError("CHG091", subject, detail, remedy: "chargehouse explain row --help", exitCode: .usage)
    }

    /// CHG092: sums that the rows below do not give.
    static func sums(_ subject: String, _ detail: String) -> LineageError {
        LineageError("CHG092", subject, detail, remedy: "chargehouse rebuild", exitCode: .qualityGateFailed)
    }

    /// CHG093: a file cannot be renamed, linked or removed.
    static func cannotReplace(_ path: String, _ detail: String, kept: String) -> LineageError {
        LineageError("CHG093", path, detail, kept: kept, remedy: "correct the permissions", exitCode: .cannotCreate)
    }

    /// CHG094: events cannot be appended to a file.
    static func cannotAppend(_ path: String, _ detail: String) -> LineageError {
        LineageError(
            "CHG094",
            path,
            detail,
            kept: "what was cleaned and loaded",
            remedy: "correct --openlineage",
            exitCode: .cannotCreate
        )
    }

    private init(
        _ code: String,
        _ subject: String,
        _ detail: String,
        kept: String? = nil,
        remedy: String?,
        exitCode: ExitCode
    ) {
        self.code = code
        self.subject = subject
        self.detail = detail
        self.kept = kept
        self.remedy = remedy
        self.exitCode = exitCode
    }
}
