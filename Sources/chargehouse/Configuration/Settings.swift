import Analytics
import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Sources
import WarehousePostgres

/// What `chargehouse.toml`, the environment and flags say together, with every default filled in.
struct Settings: Sendable {
    /// Everything that Chargehouse writes lies below this folder.
    var dataFolder = "chargehouse-data"
    var warehouse: String?
    var contact: String?
    /// Files with further feed descriptors.
    var feedFiles: [String] = []
    /// Files with further cities and spellings.
    var placeFiles: [String] = []
    /// Files with further status texts.
    var statusMapFiles: [String] = []
    /// The folder of flat files, where it is not the one below the data folder, and what the load log calls it.
    var flatFolder: (path: String, recorded: String)?
    var requestDeadlineSeconds = 30
    var connectDeadlineSeconds = 10
    var maximumPageMegabytes = 16
    var concurrency = 8
    var hostConcurrency = 2
    var hostSpacingMilliseconds = 100
    var trustRootsFile: String?
    var durability = Durability.everyCapture
    var rules = CleaningRules()
    /// The limits of quality rules.
    var thresholds = QualityThresholds()
    var postgres = PostgresOptions()
    /// A file whose first line is the password of the warehouse's server.
    var postgresPasswordFile: String?
    var redshift = RedshiftSettings()
    var stores = StoreSettings()
    /// Where the values come from: the file that was read, if any.
    var origin: String?

    /// The folder of flat files that have no store.
    var flatPath: String { dataFolder + "/flat" }

    /// Which engine holds the warehouse, and where.
    func warehouseTarget() throws -> WarehouseTarget {
        try WarehouseTarget(warehouse ?? dataFolder + "/warehouse.duckdb")
    }

    /// The DuckDB file, for what only works with one.
    func duckDBPath(for command: String) throws -> String {
        guard case .duckDB(let path) = try warehouseTarget() else {
            throw ConfigurationError(
                code: "CHG088",
                subject: "warehouse",
                detail:
                    "\"\(try warehouseTarget())\" is no DuckDB file (\(command) exchanges files)",
                remedy: "chargehouse \(command) --verify compares; to build anew, name an empty database or schema in "
                    + "warehouse, then chargehouse run"
            )
        }
        return path
    }

    /// The adapters, with the status maps of this installation.
    func adapters() throws -> AdapterRegistry {
        let maps = try statusMapFiles.reduce(StatusMaps.builtIn) { maps, path in
            guard let data = FileManager.default.contents(atPath: path) else {
                throw ConfigurationError(
                    code: "CHG057",
                    subject: path,
                    detail: "the file of status texts cannot be read (expected a JSON object)",
                    remedy: "chargehouse config"
                )
            }
            return try maps.merging(contentsOfFile: Array(data), named: path)
        }
        return AdapterRegistry.reading(by: maps)
    }

    /// Every feed that this installation knows.
    func catalog() throws -> FeedCatalog {
        try feedFiles.reduce(FeedCatalog.builtIn()) { catalog, path in
            try catalog.merging(contentsOfFile: contents(of: path, "feed descriptors", "a JSON list"), named: path)
        }
    }

    /// Every city that this installation knows, and how feeds spell it.
    func places() throws -> PlaceCatalog {
        try placeFiles.reduce(PlaceCatalog.builtIn()) { catalog, path in
            try catalog.merging(contentsOfFile: contents(of: path, "places", "a JSON object"), named: path)
        }
    }

    private func contents(of path: String, _ content: String, _ expected: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationError(
                code: "CHG082",
                subject: path,
                detail: "the file of \(content) cannot be read (expected \(expected))",
                remedy: "chargehouse config"
            )
        }
        return Array(data)
    }
}

/// An error in the configuration or on the command line.
struct ConfigurationError: DescribedError {
    let code: String
    let subject: String
    let detail: String
    var remedy: String?
    var exitCode = ExitCode.configuration
}
