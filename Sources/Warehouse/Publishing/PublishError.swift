public import ChargingModel

/// An error met while publishing: what readers had before is still there.
public struct PublishError: DescribedError, Hashable {
    /// `CHG120` to `CHG129`.
    public let code: String
    /// The place that was to be written.
    public let subject: String
    /// Found and expected.
    public let detail: String
    /// The next command; `nil` where there is none.
    public let remedy: String?
    /// How the command ends.
    public let exitCode: ExitCode
    /// Always the same: a publication takes its place when it is whole.
    public var kept: String? { "what was published before" }

    /// CHG120: the operating system refuses to write.
    package static func cannotWrite(_ path: String, _ detail: String) -> PublishError {
        PublishError("CHG120", path, detail, remedy: "look at the disk and the permissions", .cannotCreate)
    }

    /// CHG121: the place holds what no publication wrote.
    package static func foreign(_ path: String, _ detail: String) -> PublishError {
        PublishError("CHG121", path, detail, remedy: "choose another place, or add --replace to give it up", .usage)
    }

    /// CHG122: what was written is not what was read.
    package static func unequal(_ path: String, _ detail: String) -> PublishError {
        PublishError("CHG122", path, detail, remedy: "the same command again; then report it", .failure)
    }

    /// CHG123: another process publishes to the place.
    package static func busy(_ path: String) -> PublishError {
        let detail = "another process publishes to it (expected one at a time)"
        return PublishError(
            "CHG123",
            path,
            detail,
            remedy: "wait for it to end, then the same command again",
            .temporary
        )
    }

    /// CHG124: a view that the mart does not have.
    package static func unknownView(_ name: String) -> PublishError {
        let names = Mart.views.map(\.name).joined(separator: ", ")
        return PublishError(
            "CHG124",
            "--only \(name)",
            "the mart has no such view (expected one of \(names))",
            remedy: "correct --only",
            .usage
        )
    }

    /// The error of an engine as one of publishing, where the disk is at fault.
    package static func of(_ error: any Error, writing path: String) -> any Error {
        guard let error = error as? WarehouseError else { return error }
        let signs = ["No space left", "File too large", "Permission denied", "Could not write", "Cannot open file"]
        return signs.contains { error.detail.contains($0) } ? cannotWrite(path, error.detail) : error
    }

    private init(_ code: String, _ subject: String, _ detail: String, remedy: String?, _ exitCode: ExitCode) {
        self.code = code
        self.subject = subject
        self.detail = detail
        self.remedy = remedy
        self.exitCode = exitCode
    }
}
