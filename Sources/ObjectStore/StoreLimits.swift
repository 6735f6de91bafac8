/// What a store may cost: times, sizes and numbers of tries.
public struct StoreLimits: Hashable, Sendable {
    /// For connecting.
    public var connectDeadline: Duration = .seconds(10)
    /// For one request from the call to the last byte of the answer, before the time for its bytes is added.
    public var requestDeadline: Duration = .seconds(30)
    /// Adds to the deadline of a request: its bytes, and those that the answer announces, at this speed.
    public var slowestBytesPerSecond = 65_536
    /// For one call with all its repetitions; no request begins later.
    public var operationDeadline: Duration = .seconds(900)
    /// Most requests for one step of a call, the first included.
    public var maximumAttempts = 6
    /// The longest first wait before a repetition; each further one may be twice as long.
    public var backoffBase: Duration = .milliseconds(200)
    /// The longest wait, also where the server asks for a longer one.
    public var backoffCeiling: Duration = .seconds(20)
    /// Largest object or range that `get` returns; a larger object is read by ranges.
    public var maximumGetBytes = 268_435_456
    /// Largest answer that is not an object: lists, errors, credentials.
    public var maximumAnswerBytes = 8_388_608
    /// Most redirects of one request.
    public var maximumRedirects = 3
    /// Most objects and skipped names of one list.
    public var maximumListedObjects = 1_000_000
    /// Objects on one page of a bucket's list; S3 sends at most 1,000.
    public var listPageObjects = 1_000
    /// Larger objects are sent to S3 in parts of at least this length.
    ///
    /// At least 5 MiB on AWS.
    public var partBytes = 16_777_216
    /// Parts in flight at once; each is in memory twice.
    public var partConcurrency = 3
    /// Connections to one host.
    public var connectionLimit = 8
    /// For one answer of the container and instance endpoints, which are near.
    public var metadataDeadline: Duration = .seconds(2)

    /// Creates the documented defaults.
    public init() {}

    /// How long a request may take that sends so many bytes.
    func deadline(sending count: Int) -> Duration {
        requestDeadline + .transferring(count, bytesPerSecond: slowestBytesPerSecond)
    }
}
