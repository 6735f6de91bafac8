import Foundation
import ObjectStore
import WarehouseRedshift

/// What the configuration says of a Redshift cluster beside its address.
struct RedshiftSettings: Sendable {
    /// `s3://bucket/prefix`, where flat files lie for the time of a load.
    var stage: String?
    /// The role as which the cluster reads the stage.
    var role = "default"
    /// The bucket's region, where it is not the cluster's.
    var stageRegion: String?
    /// A file whose first line is the password.
    var passwordFile: String?
    var options = RedshiftOptions()

    /// Where flat files go.
    ///
    /// - Throws: ``ConfigurationError`` without a stage in a bucket.
    func openStage(environment: [String: String]) throws -> RedshiftStage {
        guard let stage, case .bucket = try StoreLocation(stage) else {
            throw ConfigurationError(
                code: "CHG089",
                subject: "redshift.stage",
                detail:
                    "\(stage.map { "\"\($0)\"" } ?? "none") (expected s3://bucket/prefix: the cluster reads flat files from it)",
                remedy: "set redshift.stage in chargehouse.toml (docs/guide/redshift.md)"
            )
        }
        var settings = ObjectStoreSettings()
        settings.region = stageRegion
        return RedshiftStage(
            location: try StoreLocation(stage),
            role: role,
            region: stageRegion,
            settings: settings,
            environment: environment
        )
    }
}

extension SettingsFile {
    /// The table `[redshift]`.
    struct Redshift: Codable {
        var stage: String?
        var role: String?
        var stageRegion: String?
        var passwordFile: String?
        var statementTimeoutSeconds: Int?
        var connectTimeoutSeconds: Int?
        var attempts: Int?
        var stagedFileMegabytes: Int?

        enum CodingKeys: String, CodingKey {
            case stage, attempts
            case role = "iam_role"
            case stageRegion = "stage_region"
            case passwordFile = "password_file"
            case statementTimeoutSeconds = "statement_timeout_s"
            case connectTimeoutSeconds = "connect_timeout_s"
            case stagedFileMegabytes = "staged_file_mb"
        }

        /// Puts the file's values over the defaults.
        func apply(to settings: inout RedshiftSettings) {
            settings.stage = stage ?? settings.stage
            settings.role = role ?? settings.role
            settings.stageRegion = stageRegion ?? settings.stageRegion
            settings.passwordFile = passwordFile ?? settings.passwordFile
            settings.options.statementTimeoutSeconds =
                statementTimeoutSeconds ?? settings.options.statementTimeoutSeconds
            settings.options.connectTimeoutSeconds = connectTimeoutSeconds ?? settings.options.connectTimeoutSeconds
            settings.options.attempts = attempts ?? settings.options.attempts
            settings.options.stagedFileBytes =
                stagedFileMegabytes.map { max(1, $0) << 20 } ?? settings.options.stagedFileBytes
        }
    }
}
