import Analytics
import Cleaning
import Foundation
import RawArchive
import TOMLKit
import WarehousePostgres

/// The file `chargehouse.toml`.
///
/// Every key can be left out; an unknown key is an error.
struct SettingsFile: Codable {
    var data: String?
    var warehouse: String?
    var contact: String?
    var feeds: [String]?
    var places: [String]?
    var statusMaps: [String]?
    var objectStore: Buckets?
    var acquire: Acquire?
    var archive: Archive?
    var clean: Clean?
    var slices: Slices?
    var postgres: Postgres?
    var redshift: Redshift?
    /// Limits of quality rules by their names.
    var check: [String: Limit]?

    enum CodingKeys: String, CodingKey {
        case data, warehouse, contact, feeds, places, acquire, archive, clean, slices, postgres, redshift, check
        case statusMaps = "status_maps"
        case objectStore = "object_store"
    }

    struct Acquire: Codable {
        var requestDeadlineSeconds: Int?
        var connectDeadlineSeconds: Int?
        var maximumPageMegabytes: Int?
        var concurrency: Int?
        var hostConcurrency: Int?
        var hostSpacingMilliseconds: Int?
        var trustRootsFile: String?
        var durability: Durability?

        enum CodingKeys: String, CodingKey {
            case concurrency, durability
            case requestDeadlineSeconds = "request_deadline_s"
            case connectDeadlineSeconds = "connect_deadline_s"
            case maximumPageMegabytes = "max_page_mb"
            case hostConcurrency = "host_concurrency"
            case hostSpacingMilliseconds = "host_spacing_ms"
            case trustRootsFile = "trust_roots"
        }
    }

    /// A number, with or without decimals: TOML tells the two apart.
    struct Limit: Codable {
        var value: Double

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            do {
                value = try container.decode(Double.self)
            } catch DecodingError.typeMismatch {
                value = Double(try container.decode(Int.self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(value)
        }
    }

    struct Clean: Codable {
        var maximumGapIntervals: Int?
        var suspectShare: Double?

        enum CodingKeys: String, CodingKey {
            case maximumGapIntervals = "max_gap_intervals"
            case suspectShare = "suspect_share"
        }
    }

    struct Postgres: Codable {
        var passwordFile: String?
        var statementTimeoutSeconds: Int?
        var connectTimeoutSeconds: Int?
        var lockTimeoutSeconds: Int?
        var applicationName: String?

        enum CodingKeys: String, CodingKey {
            case passwordFile = "password_file"
            case statementTimeoutSeconds = "statement_timeout_s"
            case connectTimeoutSeconds = "connect_timeout_s"
            case lockTimeoutSeconds = "lock_timeout_s"
            case applicationName = "application_name"
        }
    }

    /// Reads a file.
    init(path: String) throws {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw ConfigurationError(
                code: "CHG080",
                subject: path,
                detail: "the configuration file cannot be read",
                remedy: "chargehouse config"
            )
        }
        do {
            let text = String(decoding: bytes, as: UTF8.self)
            self = try TOMLDecoder(strictDecoding: true).decode(SettingsFile.self, from: text)
            try checkThresholds(path)
        } catch let error as ConfigurationError {
            throw error
        } catch let error as UnexpectedKeysError {
            let names = error.keys.keys.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
            throw ConfigurationError(
                code: "CHG081",
                subject: path,
                detail: "unknown key \(names) (expected those of docs/reference/configuration.md)",
                remedy: "chargehouse config"
            )
        } catch {
            throw ConfigurationError(
                code: "CHG081",
                subject: path,
                detail: "not the TOML expected: \(error)",
                remedy: "chargehouse config"
            )
        }
    }

    private func checkThresholds(_ path: String) throws {
        for (name, limit) in (check ?? [:]).sorted(by: { $0.key < $1.key }) {
            let value = limit.value
            guard QualityThreshold(rawValue: name) == nil || !(value >= 0 && value < 1e9) else { continue }
            let known = QualityThreshold.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConfigurationError(
                code: "CHG081",
                subject: path,
                detail: QualityThreshold(rawValue: name) == nil
                    ? "unknown key \"check.\(name)\" (expected one of \(known))"
                    : "check.\(name) = \(value) (expected 0 or more)",
                remedy: "chargehouse config"
            )
        }
    }

    /// Puts the file's values over the defaults.
    func apply(to settings: inout Settings, origin: String) {
        settings.origin = origin
        settings.dataFolder = data ?? settings.dataFolder
        settings.warehouse = warehouse ?? settings.warehouse
        settings.contact = contact ?? settings.contact
        settings.feedFiles = feeds ?? settings.feedFiles
        settings.placeFiles = places ?? settings.placeFiles
        settings.statusMapFiles = statusMaps ?? settings.statusMapFiles
        settings.requestDeadlineSeconds = acquire?.requestDeadlineSeconds ?? settings.requestDeadlineSeconds
        settings.connectDeadlineSeconds = acquire?.connectDeadlineSeconds ?? settings.connectDeadlineSeconds
        settings.maximumPageMegabytes = acquire?.maximumPageMegabytes ?? settings.maximumPageMegabytes
        settings.concurrency = acquire?.concurrency ?? settings.concurrency
        settings.hostConcurrency = acquire?.hostConcurrency ?? settings.hostConcurrency
        settings.hostSpacingMilliseconds = acquire?.hostSpacingMilliseconds ?? settings.hostSpacingMilliseconds
        settings.trustRootsFile = acquire?.trustRootsFile ?? settings.trustRootsFile
        settings.durability = acquire?.durability ?? settings.durability
        settings.rules.maximumGapIntervals = clean?.maximumGapIntervals ?? settings.rules.maximumGapIntervals
        settings.rules.suspectShare = clean?.suspectShare ?? settings.rules.suspectShare
        for (name, limit) in check ?? [:] {
            if let threshold = QualityThreshold(rawValue: name) { settings.thresholds[threshold] = limit.value }
        }
        settings.postgresPasswordFile = postgres?.passwordFile ?? settings.postgresPasswordFile
        applyPostgres(to: &settings.postgres)
        redshift?.apply(to: &settings.redshift)
        applyStores(to: &settings.stores)
    }

    private func applyPostgres(to options: inout PostgresOptions) {
        options.statementTimeoutSeconds = postgres?.statementTimeoutSeconds ?? options.statementTimeoutSeconds
        options.connectTimeoutSeconds = postgres?.connectTimeoutSeconds ?? options.connectTimeoutSeconds
        options.lockTimeoutSeconds = postgres?.lockTimeoutSeconds ?? options.lockTimeoutSeconds
        options.applicationName = postgres?.applicationName ?? options.applicationName
    }
}
