import Analytics
import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Sources

/// What `chargehouse.toml`, the environment and flags say together, with every default filled in.
struct Settings: Sendable {
    /// Everything that Chargehouse writes lies below this folder.
    var dataFolder = "chargehouse-data"
    var warehouse: String?
    var contact: String?
    /// Files with further feed descriptors.
    var feedFiles: [String] = []
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
    /// Where the values come from: the file that was read, if any.
    var origin: String?

    var archive: RawArchive { RawArchive(root: dataFolder + "/raw") }
    var slices: SliceStore { SliceStore(root: dataFolder + "/flat") }
    /// The DuckDB file.
    var warehousePath: String { warehouse ?? dataFolder + "/warehouse.duckdb" }

    /// Every feed that this installation knows.
    func catalog() throws -> FeedCatalog {
        try feedFiles.reduce(FeedCatalog.builtIn()) { catalog, path in
            guard let data = FileManager.default.contents(atPath: path) else {
                throw ConfigurationError(
                    code: "CHG082",
                    subject: path,
                    detail: "the file of feed descriptors cannot be read (expected a JSON list)",
                    remedy: "chargehouse config show"
                )
            }
            return try catalog.merging(contentsOfFile: Array(data), named: path)
        }
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
