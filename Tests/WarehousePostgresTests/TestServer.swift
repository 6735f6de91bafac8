import ChargingModel
import Foundation
import TestSupport
import Warehouse
import WarehousePostgres

/// PostgreSQL for tests.
enum TestServer {
    static func library() throws -> PostgresLibrary {
        try PostgresLibrary.locate(environment: ProcessInfo.processInfo.environment)
    }

    /// An engine on a new, empty database.
    static func engine(_ options: PostgresOptions = PostgresOptions()) async throws -> PostgresEngine {
        try await engine(on: PostgresServer.shared().createDatabase(), options)
    }

    /// An engine on a database.
    static func engine(
        on database: String,
        _ options: PostgresOptions = PostgresOptions()
    ) async throws -> PostgresEngine {
        try await engine(at: PostgresServer.shared().address(of: database), options)
    }

    /// An engine at an address.
    static func engine(at text: String, _ options: PostgresOptions = PostgresOptions()) async throws -> PostgresEngine {
        let library = try library()
        return try await PostgresEngine.open(
            address: PostgresAddress(text, library: library),
            library: library,
            options: options
        )
    }
}
