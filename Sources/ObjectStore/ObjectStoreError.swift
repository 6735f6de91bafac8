public import ChargingModel

/// An error met while reading or writing an object store.
///
/// Its texts hold no credential and no signature.
public struct ObjectStoreError: DescribedError, Hashable {
    /// What kind of error; the raw value is the documented code and is never re-used.
    public enum Code: String, CaseIterable, Sendable {
        /// The address or a setting of a store cannot be used: bucket name, region, endpoint.
        case badLocation = "CHG090"
        /// A key, a prefix or a range that cannot be used, or a key that would be both an object and a folder.
        case badRequest = "CHG091"
        /// There is no such object.
        case notFound = "CHG092"
        /// The bucket does not exist, or is in another region.
        case noBucket = "CHG093"
        /// There are no credentials, or the store does not know or no longer accepts them.
        case badCredentials = "CHG094"
        /// The store refuses: no permission.
        case refused = "CHG095"
        /// No whole answer in the tries that are allowed.
        case unavailable = "CHG096"
        /// An answer, object or list that is too large, that does not end, or is not what the protocol says.
        case unboundedAnswer = "CHG097"
        /// The operating system refused to write: disk full, no permission, input/output error.
        case writeFailed = "CHG098"
        /// The operating system refused to read.
        case readFailed = "CHG099"
        /// An object is not the one that its manifest describes.
        case changedContent = "CHG110"
    }

    /// What kind of error.
    public let errorCode: Code
    /// The object, store or setting that the error is about.
    public let subject: String
    /// What was found and what was expected.
    public let detail: String
    /// What was kept; `nil` where there is nothing to say.
    public let kept: String?
    /// The next command or step; `nil` where there is none.
    public let remedy: String?

    /// The documented code, for example `CHG092`.
    public var code: String { errorCode.rawValue }

    /// Whether the same call can succeed later without a person's help.
    public var isTransient: Bool {
        switch errorCode {
        case .unavailable, .writeFailed: true
        case .badLocation, .badRequest, .notFound, .noBucket, .badCredentials, .refused, .unboundedAnswer, .readFailed,
            .changedContent:
            false
        }
    }

    /// The exit code of a command that ends with this error.
    public var exitCode: ExitCode {
        switch errorCode {
        case .badLocation, .noBucket, .badCredentials: .configuration
        case .badRequest, .notFound, .unboundedAnswer, .changedContent: .badInput
        case .refused: .noPermission
        case .unavailable: .temporary
        case .writeFailed, .readFailed: .inputOutput
        }
    }

    /// Creates an error.
    public init(_ code: Code, _ subject: String, _ detail: String, kept: String? = nil, remedy: String? = nil) {
        errorCode = code
        self.subject = subject
        self.detail = detail
        self.kept = kept
        self.remedy =
            remedy ?? (code == .badCredentials ? "see Credentials in docs/reference/object-store.md" : nil)
    }
}
