/// How a database is opened.
public struct DuckDBOptions: Sendable, Hashable {
    /// Threads for one statement; `nil` is one per core.
    public var threads: Int?
    /// For example `2GB`; `nil` is DuckDB's default, 80 % of the machine's memory.
    public var memoryLimit: String?
    /// Whether writing is refused.
    ///
    /// The file must exist.
    public var isReadOnly: Bool

    /// Creates options.
    public init(threads: Int? = nil, memoryLimit: String? = nil, isReadOnly: Bool = false) {
        self.threads = threads
        self.memoryLimit = memoryLimit
        self.isReadOnly = isReadOnly
    }

    /// DuckDB's names and values.
    ///
    /// Extensions are never fetched: the network belongs to acquisition.
    var settings: [(name: String, value: String)] {
        var settings = [
            (name: "autoinstall_known_extensions", value: "false"),
            (name: "access_mode", value: isReadOnly ? "READ_ONLY" : "AUTOMATIC"),
        ]
        if let threads { settings.append((name: "threads", value: "\(threads)")) }
        if let memoryLimit { settings.append((name: "memory_limit", value: memoryLimit)) }
        return settings
    }
}
