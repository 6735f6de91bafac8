public import ChargingModel

/// An error in a feed's description, or in how a feed can be asked.
public struct SourceError: DescribedError, Hashable {
    /// The kinds of errors of this room.
    ///
    /// Codes are never re-used.
    public enum Code: String, CaseIterable, Sendable {
        /// A file of feed descriptors is no JSON list of objects.
        case unreadableCatalog = "CHG050"
        /// A descriptor lacks a field, has an unknown one, or a value that cannot be used.
        case badDescriptor = "CHG051"
        /// Two descriptors have the same id.
        case duplicateFeed = "CHG052"
        /// There is no feed of that name.
        case unknownFeed = "CHG053"
        /// There is no adapter of that name.
        case unknownAdapter = "CHG054"
        /// The feed needs a credential and there is none.
        case missingCredential = "CHG055"
        /// A file of places cannot be used: no JSON, a wrong field, a spelling that means two cities.
        case badPlace = "CHG056"
        /// A file of status texts cannot be used.
        case badStatusMap = "CHG057"
    }

    /// What kind of error.
    public var kind: Code
    /// The file, descriptor or feed that the error is about.
    public var subject: String
    /// What was found and what was expected.
    public var detail: String
    /// The next command or step; `nil` where there is none.
    public var remedy: String?

    /// Creates an error.
    public init(_ kind: Code, subject: String, detail: String, remedy: String? = nil) {
        self.kind = kind
        self.subject = subject
        self.detail = detail
        self.remedy = remedy
    }

    /// The documented code, for example `CHG050`.
    public var code: String { kind.rawValue }

    /// The exit code of a command that ends with this error.
    public var exitCode: ExitCode {
        switch kind {
        case .unreadableCatalog, .badDescriptor, .duplicateFeed, .unknownAdapter, .badPlace, .badStatusMap:
            .configuration
        case .unknownFeed: .usage
        case .missingCredential: .noPermission
        }
    }
}
