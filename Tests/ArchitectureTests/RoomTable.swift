import Testing

/// What one module may import: the table of rooms, as data.
struct Room: Sendable, CustomTestStringConvertible {
    let name: String
    /// Our modules.
    let ours: Set<String>
    /// Modules of packages.
    let packages: Set<String>

    init(_ name: String, ours: Set<String> = [], packages: Set<String> = []) {
        self.name = name
        self.ours = ours
        self.packages = packages
    }

    var testDescription: String { name }
}

/// Which module may import which.
///
/// Nothing imports to the left of itself.
enum RoomTable {
    /// One home for pure values, one for each stage of the way of the data, one for wiring.
    static let rooms = [
        Room("ChargingModel", packages: ["Crypto"]),
        Room("Sources", ours: ["ChargingModel", "CSIMDJSON"]),
        Room("ObjectStore", ours: ["ChargingModel"], packages: network.union(["AsyncHTTPClient", "Crypto"])),
        Room("RawArchive", ours: ["ChargingModel", "CZstd", "ObjectStore"]),
        Room(
            "Acquisition",
            ours: ["ChargingModel", "RawArchive", "Sources"],
            packages: network.union(["AsyncHTTPClient", "Logging", "ServiceLifecycle"])
        ),
        Room("Cleaning", ours: ["CDeflate", "ChargingModel", "ObjectStore", "RawArchive", "Sources"]),
        Room("Warehouse", ours: ["ChargingModel", "Cleaning"]),
        Room("WarehouseDuckDB", ours: ["CDuckDB", "CZlib", "ChargingModel", "ObjectStore", "Warehouse"]),
        Room("WarehousePostgres", ours: ["CPostgres", "CZlib", "ChargingModel", "ObjectStore", "Warehouse"]),
        // Redshift speaks PostgreSQL's protocol: the connection is the same.
        Room(
            "WarehouseRedshift",
            ours: ["CPostgres", "CZlib", "ChargingModel", "ObjectStore", "Warehouse", "WarehousePostgres"]
        ),
        Room("Analytics", ours: ["ChargingModel", "Warehouse"]),
        Room(
            "Lineage",
            ours: ["Analytics", "ChargingModel", "Cleaning", "RawArchive", "Sources", "Warehouse"]
        ),
        Room("Forecasting", ours: ["Analytics", "CLightGBM", "ChargingModel"]),
        Room("Siting", ours: ["Analytics", "CHiGHS", "ChargingModel"]),
        Room("Reporting", ours: ["Analytics", "ChargingModel", "Forecasting", "Siting"]),
        Room(
            "Dashboard",
            ours: ["Analytics", "ChargingModel", "Forecasting", "Reporting", "Siting"],
            packages: network.union(["Hummingbird", "HummingbirdCore", "Logging", "ServiceLifecycle"])
        ),
        Room("Simulation", ours: ["ChargingModel"], packages: network),
        Room(
            "chargehouse",
            ours: [
                "Acquisition", "Analytics", "ChargingModel", "Cleaning", "Dashboard", "Forecasting", "Lineage",
                "ObjectStore",
                "RawArchive", "Reporting", "Simulation", "Siting", "Sources", "Warehouse", "WarehouseDuckDB",
                "WarehousePostgres", "WarehouseRedshift",
            ],
            packages: ["ArgumentParser", "Logging", "ServiceLifecycle", "TOMLKit", "UnixSignals"]
        ),
    ]

    /// Folders with declarations of C libraries; they hold no Swift.
    static let shims: Set<String> = [
        "CDeflate", "CDuckDB", "CHiGHS", "CLightGBM", "CPostgres", "CSIMDJSON", "CZlib", "CZstd",
    ]

    /// Modules that come with Swift or the system: any room may import them.
    static let system: Set<String> = [
        "Darwin", "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Synchronization",
    ]

    private static let network: Set<String> = [
        "NIOConcurrencyHelpers", "NIOCore", "NIOFoundationCompat", "NIOHTTP1", "NIOHTTPCompression", "NIOPosix",
        "NIOSSL",
    ]
}
