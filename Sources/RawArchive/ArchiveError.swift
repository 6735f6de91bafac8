public import ChargingModel

/// An error met while reading or writing the raw archive.
public struct ArchiveError: DescribedError, Hashable {
    /// What kind of error; the raw value is the documented code and is never re-used.
    public enum Code: String, CaseIterable, Sendable {
        /// The zstd stream cannot be decoded.
        case corruptFrame = "CHG040"
        /// A WARC record, or the HTTP message or poll record in it, cannot be read.
        case corruptRecord = "CHG041"
        /// The operating system refused to write: disk full, no permission, input/output error.
        case writeFailed = "CHG042"
        /// Another writer holds the pack.
        case locked = "CHG043"
        /// A body is not the one that its digest names.
        case digestMismatch = "CHG044"
        /// A file cannot be imported: its name, format or size.
        case badImport = "CHG045"
        /// A sealed pack is not the one that its manifest describes.
        case manifestMismatch = "CHG046"
        /// There is no such pack, file or folder.
        case notFound = "CHG047"
        /// A capture cannot be stored: too many pages, a page larger than the cap.
        case unusableCapture = "CHG048"
        /// The operating system refused to read.
        case readFailed = "CHG049"
        /// The store of the archive has another pack of the day, or not the pack that it should have.
        case storedOther = "CHG111"
        /// The pack is in the store of the archive only.
        case onlyStored = "CHG112"
    }

    /// What kind of error.
    public let errorCode: Code
    /// The pack, feed or file that the error is about.
    public let subject: String
    /// What was found and what was expected.
    public let detail: String
    /// What was kept; `nil` where there is nothing to say.
    public let kept: String?
    /// The next command or step; `nil` where there is none.
    public let remedy: String?

    /// The documented code, for example `CHG040`.
    public var code: String { errorCode.rawValue }

    /// Whether the same call can succeed later without a person's help.
    public var isTransient: Bool {
        switch errorCode {
        case .locked, .writeFailed: true
        case .corruptFrame, .corruptRecord, .digestMismatch, .badImport, .manifestMismatch, .notFound,
            .unusableCapture, .readFailed, .storedOther, .onlyStored:
            false
        }
    }

    /// The exit code of a command that ends with this error.
    public var exitCode: ExitCode {
        switch errorCode {
        case .locked: .temporary
        case .writeFailed, .readFailed: .inputOutput
        case .notFound, .corruptFrame, .corruptRecord, .digestMismatch, .badImport, .manifestMismatch,
            .unusableCapture, .storedOther, .onlyStored:
            .badInput
        }
    }

    /// Creates an error.
    public init(_ code: Code, _ subject: String, _ detail: String, kept: String? = nil, remedy: String? = nil) {
        errorCode = code
        self.subject = subject
        self.detail = detail
        self.kept = kept
        self.remedy = remedy
    }
}
