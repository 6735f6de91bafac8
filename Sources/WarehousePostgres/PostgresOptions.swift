public import ChargingModel

/// How a server is used.
public struct PostgresOptions: Sendable, Hashable {
    /// `nil` where libpq finds it: `PGPASSWORD`, `~/.pgpass`, or none is wanted.
    public var password: Secret?
    /// Whether writing is refused.
    ///
    /// All queries then see one state of the warehouse, that of the first one.
    public var isReadOnly: Bool
    /// Longest time of one statement; 0 for none.
    public var statementTimeoutSeconds: Int
    /// Longest time of connecting, where the address says none.
    public var connectTimeoutSeconds: Int
    /// Longest time to wait for another writer.
    public var lockTimeoutSeconds: Int
    /// What the server's list of connections shows.
    public var applicationName: String

    /// Creates options.
    public init(
        password: Secret? = nil,
        isReadOnly: Bool = false,
        statementTimeoutSeconds: Int = 3_600,
        connectTimeoutSeconds: Int = 10,
        lockTimeoutSeconds: Int = 10,
        applicationName: String = "chargehouse"
    ) {
        self.password = password
        self.isReadOnly = isReadOnly
        self.statementTimeoutSeconds = statementTimeoutSeconds
        self.connectTimeoutSeconds = connectTimeoutSeconds
        self.lockTimeoutSeconds = lockTimeoutSeconds
        self.applicationName = applicationName
    }
}
