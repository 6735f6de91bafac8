import Foundation
import TestSupport
import Warehouse
import WarehouseDuckDB

/// DuckDB for tests.
enum TestDatabase {
    static let skipReason = "no DuckDB library: make setup"

    /// Whether the tests run: a library is found, or one is required.
    static var runs: Bool {
        let candidates = DuckDBLibrary.candidates(environment: environment, workingDirectory: PackageRoot.path)
        let isPresent =
            environment[DuckDBLibrary.environmentName] != nil
            || candidates.contains { FileManager.default.fileExists(atPath: $0) }
        return Requirements.runs(with: isPresent)
    }

    static func library() throws -> DuckDBLibrary {
        try DuckDBLibrary.locate(environment: environment, workingDirectory: PackageRoot.path)
    }

    static func inMemory() async throws -> DuckDBEngine {
        try await DuckDBEngine.open(path: ":memory:", library: try library())
    }

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }
}
