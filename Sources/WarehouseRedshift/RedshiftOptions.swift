public import ChargingModel
public import ObjectStore

/// How a cluster is used.
public struct RedshiftOptions: Sendable {
    /// `nil` where libpq finds it: `PGPASSWORD` or `~/.pgpass`.
    public var password: Secret?
    /// Whether writing is refused.
    public var isReadOnly: Bool
    /// Longest time of one statement; 0 for none.
    public var statementTimeoutSeconds: Int
    /// Longest time of connecting, where the address says none.
    public var connectTimeoutSeconds: Int
    /// How often a transaction is tried that Redshift refuses for its isolation (error 1023).
    public var attempts: Int
    /// Compressed size at which a staged file ends and the next begins.
    public var stagedFileBytes: Int

    /// Creates options.
    public init(
        password: Secret? = nil,
        isReadOnly: Bool = false,
        statementTimeoutSeconds: Int = 3_600,
        connectTimeoutSeconds: Int = 10,
        attempts: Int = 6,
        stagedFileBytes: Int = 64 << 20
    ) {
        self.password = password
        self.isReadOnly = isReadOnly
        self.statementTimeoutSeconds = statementTimeoutSeconds
        self.connectTimeoutSeconds = connectTimeoutSeconds
        self.attempts = attempts
        self.stagedFileBytes = stagedFileBytes
    }
}

/// Where flat files lie for the time of a load, and as whom the cluster reads them.
public struct RedshiftStage: Sendable {
    /// `s3://bucket/prefix`: readable by the role, writable by us.
    public var location: StoreLocation
    /// `default`, or the name (ARN) of a role that is attached to the cluster and may read the stage.
    public var role: String
    /// The bucket's region where it is not the cluster's.
    public var region: String?
    /// How we reach the bucket.
    public var settings: ObjectStoreSettings
    /// Where our own credentials are found.
    public var environment: [String: String]

    /// Describes a stage.
    public init(
        location: StoreLocation,
        role: String = "default",
        region: String? = nil,
        settings: ObjectStoreSettings = ObjectStoreSettings(),
        environment: [String: String]
    ) {
        self.location = location
        self.role = role
        self.region = region
        self.settings = settings
        self.environment = environment
    }
}

/// What an engine needs from outside: how to wait, and names that nobody else chooses.
public struct RedshiftClock: Sendable {
    /// Waits.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// A number between 0 and 1, by chance.
    public var unit: @Sendable () -> Double
    /// A text that no other load has.
    public var token: @Sendable () -> String

    /// Creates a clock.
    public init(
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        unit: @escaping @Sendable () -> Double,
        token: @escaping @Sendable () -> String
    ) {
        self.sleep = sleep
        self.unit = unit
        self.token = token
    }
}
