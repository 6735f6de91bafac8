public import ChargingModel

/// An error met while writing or reading the warehouse.
///
/// The engine's own message is kept in ``detail``. The codes are listed in `docs/reference/errors.md`.
public struct WarehouseError: DescribedError, Hashable {
    /// What went wrong, as a code that never changes its meaning.
    public struct Code: Hashable, Sendable {
        /// `CHG010`.
        public let text: String
        /// The exit code of a command that ends with this error.
        public let exitCode: ExitCode

        /// An engine's client library is not installed.
        public static let libraryMissing = Code(text: "CHG010", exitCode: .unavailable)
        /// A client library was found and cannot be used: too old, not loadable, a function is missing.
        public static let libraryUnusable = Code(text: "CHG011", exitCode: .unavailable)
        /// Another process, or another engine of this process, holds the database.
        public static let locked = Code(text: "CHG012", exitCode: .temporary)
        /// The database could not be opened or closed.
        public static let openFailed = Code(text: "CHG013", exitCode: .inputOutput)
        /// The engine refused a statement.
        public static let statementFailed = Code(text: "CHG014", exitCode: .failure)
        /// A check of a transaction found rows.
        public static let checkFailed = Code(text: "CHG015", exitCode: .failure)
        /// The engine refused a flat file.
        public static let loadFailed = Code(text: "CHG016", exitCode: .badInput)
        /// The warehouse was written by a newer version, or by another history of migrations.
        public static let schemaMismatch = Code(text: "CHG017", exitCode: .configuration)
        /// Something that this version does not do on this engine.
        public static let unsupported = Code(text: "CHG018", exitCode: .usage)
        /// The server of the warehouse cannot be reached, or the connection to it was lost.
        public static let unreachable = Code(text: "CHG019", exitCode: .unavailable)
        /// The server refuses the user: a wrong password, no such database, no right to do it.
        public static let denied = Code(text: "CHG013", exitCode: .noPermission)
        /// The engine has no room left for what a statement writes, or the time for it is over.
        public static let exhausted = Code(text: "CHG014", exitCode: .inputOutput)
    }

    /// What went wrong.
    public let kind: Code
    /// What it happened to: a table, a file, a statement.
    public let subject: String
    /// What was found and what was expected.
    public let detail: String
    /// What was kept, where something was.
    public let kept: String?
    /// The next command, where there is one.
    public let remedy: String?
    /// The engine's own code, five characters, where it has one: `42P01` (SQL standard, "SQLSTATE").
    public let sqlState: String?

    /// `CHG014`.
    public var code: String { kind.text }
    /// The exit code of a command that ends with this error.
    public var exitCode: ExitCode { kind.exitCode }

    /// Creates an error.
    public init(
        _ kind: Code,
        subject: String,
        detail: String,
        kept: String? = nil,
        remedy: String? = nil,
        sqlState: String? = nil
    ) {
        self.kind = kind
        self.sqlState = sqlState
        self.subject = subject
        self.detail = detail
        self.kept = kept
        self.remedy = remedy
    }
}
