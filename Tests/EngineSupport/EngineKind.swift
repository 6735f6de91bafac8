import Foundation
import TestSupport
public import Testing
import WarehouseDuckDB

/// One of the three engines, with real parts: DuckDB's library, a PostgreSQL server, the stand-in for Redshift.
public enum EngineKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case duckDB = "DuckDB"
    case postgreSQL = "PostgreSQL"
    case redshift = "stand-in for Redshift"

    /// The engines that tests run on: those whose parts are there, and all where they must be.
    public static let present = allCases.filter(\.isPresent)
    /// ``present`` without DuckDB.
    public static let presentServers = present.filter { $0 != .duckDB }

    /// Whether tests run on it.
    public var isPresent: Bool {
        switch self {
        case .duckDB: Requirements.runs(with: Self.hasDuckDB)
        case .postgreSQL: PostgresServer.runs
        case .redshift: RedshiftStandIn.runs
        }
    }

    private static var hasDuckDB: Bool {
        let environment = ProcessInfo.processInfo.environment
        let candidates = DuckDBLibrary.candidates(environment: environment, workingDirectory: PackageRoot.path)
        return environment[DuckDBLibrary.environmentName] != nil
            || candidates.contains { FileManager.default.fileExists(atPath: $0) }
    }

    /// What test reports call it.
    public var testDescription: String { rawValue }
}
