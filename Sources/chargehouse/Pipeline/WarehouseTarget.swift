import ChargingModel
import Foundation
import Warehouse
import WarehouseDuckDB
import WarehousePostgres
import WarehouseRedshift

/// What `warehouse` in the configuration means: an engine and where it is.
enum WarehouseTarget: Sendable, Hashable {
    /// A DuckDB file.
    case duckDB(path: String)
    /// The address of a PostgreSQL server, with a password where it has one.
    case postgreSQL(Secret)
    /// The address of a Redshift cluster or workgroup, with a password where it has one.
    case redshift(Secret)

    /// Reads `duckdb:PATH`, `postgresql://…`, `redshift://…` or a path.
    ///
    /// - Throws: where the text names an engine that this version does not have.
    init(_ text: String) throws {
        if PostgresAddress.accepts(text) {
            self = .postgreSQL(Secret(text))
        } else if RedshiftAddress.accepts(text) {
            self = .redshift(Secret(text))
        } else if text.hasPrefix("duckdb:") {
            self = .duckDB(path: String(text.dropFirst("duckdb:".count)))
        } else if let scheme = text.firstMatch(of: /^([a-z][a-z0-9+]*):\/\//) {
            throw ConfigurationError(
                code: "CHG088",
                subject: "warehouse",
                detail: "\"\(scheme.output.1)://…\" names no engine "
                    + "(expected duckdb:PATH, postgresql://…, redshift://… or a path)",
                remedy: "correct warehouse in chargehouse.toml, or CHARGEHOUSE_WAREHOUSE"
            )
        } else {
            self = .duckDB(path: text)
        }
    }

    /// Opens the engine.
    ///
    /// - Throws: ``WarehouseError``, or a configuration error where a reader finds no warehouse.
    func open(readOnly: Bool, settings: Settings) async throws -> any WarehouseEngine {
        switch self {
        case .duckDB(let path): try await openDuckDB(path, readOnly: readOnly)
        case .postgreSQL(let address): try await openPostgres(address, readOnly: readOnly, settings: settings)
        case .redshift(let address): try await Self.openRedshift(address, readOnly: readOnly, settings: settings)
        }
    }

    private func openDuckDB(_ path: String, readOnly: Bool) async throws -> DuckDBEngine {
        if readOnly, !FileManager.default.fileExists(atPath: path) { throw Self.missing(path, "a DuckDB file") }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let library = try DuckDBLibrary.locate(environment: ProcessInfo.processInfo.environment)
        return try await DuckDBEngine.open(path: path, library: library, options: DuckDBOptions(isReadOnly: readOnly))
    }

    private func openPostgres(_ text: Secret, readOnly: Bool, settings: Settings) async throws -> PostgresEngine {
        let library = try PostgresLibrary.locate(environment: ProcessInfo.processInfo.environment)
        let address = try PostgresAddress(text.exposed, library: library)
        var options = settings.postgres
        options.password = try settings.postgresPasswordFile.map(Self.password)
        options.isReadOnly = readOnly
        let engine = try await PostgresEngine.open(address: address, library: library, options: options)
        do {
            if readOnly, try await WarehouseMigrator.version(of: engine) == 0 {
                throw Self.missing(address.description, "the tables of chargehouse in the schema")
            }
        } catch {
            try await engine.close()
            throw error
        }
        return engine
    }

    /// The first line of a file.
    static func password(in path: String) throws -> Secret {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationError(
                code: "CHG082",
                subject: path,
                detail: "the file of the warehouse's password cannot be read (expected one line)",
                remedy: "chargehouse config",
                exitCode: .noPermission
            )
        }
        let line = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).first ?? ""
        return Secret(String(line))
    }

    static func missing(_ subject: String, _ expected: String) -> ConfigurationError {
        ConfigurationError(
            code: "CHG083",
            subject: subject,
            detail: "there is no warehouse yet (expected \(expected))",
            remedy: "chargehouse run",
            exitCode: .unavailable
        )
    }
}

extension ConfigurationError {
    /// Whether a reader found no warehouse.
    var isOfMissingWarehouse: Bool { code == "CHG083" }
}

extension WarehouseTarget: CustomStringConvertible {
    /// As the configuration has it; of an address only the part before a password.
    var description: String {
        switch self {
        case .duckDB(let path): path
        case .postgreSQL(let address), .redshift(let address): Self.withoutSecrets(address.exposed)
        }
    }

    /// The address without the password in it, and without its parameters, which can hold one.
    private static func withoutSecrets(_ address: String) -> String {
        let base = address.split(separator: "?", maxSplits: 1).first.map(String.init) ?? address
        return base.replacing(/\/\/([^:@\/]*):[^@]*@/) { "//\($0.output.1):…@" }
    }
}
