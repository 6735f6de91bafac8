public import ChargingModel

/// An error met while walking from a figure to the raw bytes, or while changing one warehouse for another.
public struct LineageError: DescribedError, Hashable {
    /// `CHG100` to `CHG109`.
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

    /// CHG100: nothing in the warehouse is what was asked about.
    static func nothing(_ subject: String, _ detail: String) -> LineageError {
        LineageError("CHG100", subject, detail, remedy: "chargehouse status", exitCode: .usage)
    }

    /// CHG101: a table whose rows cannot be explained, or a key that is not one.
    static func badRow(_ subject: String, _ detail: String) -> LineageError {
        LineageError("CHG101", subject, detail, remedy: "chargehouse explain row --help", exitCode: .usage)
    }

    /// CHG102: sums that the rows below do not give.
    static func sums(_ subject: String, _ detail: String) -> LineageError {
        LineageError("CHG102", subject, detail, remedy: "chargehouse rebuild", exitCode: .qualityGateFailed)
    }

    /// CHG103: a file cannot be renamed, linked or removed.
    static func cannotReplace(_ path: String, _ detail: String, kept: String) -> LineageError {
        LineageError("CHG103", path, detail, kept: kept, remedy: "correct the permissions", exitCode: .cannotCreate)
    }

    /// CHG104: events cannot be appended to a file.
    static func cannotAppend(_ path: String, _ detail: String) -> LineageError {
        LineageError(
            "CHG104",
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
