import ChargingModel
import Cleaning
import Foundation
import RawArchive
import TestSupport
import Warehouse
import WarehousePostgres

/// A workshop whose warehouse is a database of the test server.
extension Workshop {
    /// Runs a body with an engine on a database whose schema is up to date.
    func withDatabase<Value>(
        _ database: String,
        readOnly: Bool = false,
        _ body: (PostgresEngine) async throws -> Value
    ) async throws -> Value {
        let library = try PostgresLibrary.locate(environment: ProcessInfo.processInfo.environment)
        let address = try PostgresAddress(PostgresServer.shared().address(of: database), library: library)
        let engine = try await PostgresEngine.open(
            address: address,
            library: library,
            options: PostgresOptions(isReadOnly: readOnly)
        )
        let value: Value
        do {
            if !readOnly { try await WarehouseMigrator.migrate(engine, now: UTCTime(seconds: 1_800_000_000)) }
            value = try await body(engine)
        } catch {
            try await engine.close()
            throw error
        }
        try await engine.close()
        return value
    }

    /// Loads slices into a database.
    @discardableResult
    func load(_ manifests: [SliceManifest], intoDatabase name: String) async throws -> Int {
        try await withDatabase(name) { engine in try await load(manifests, through: engine) }
    }

    /// Loads slices through an engine.
    @discardableResult
    func load(_ manifests: [SliceManifest], through engine: any WarehouseEngine) async throws -> Int {
        let run = SliceLoader.Run(id: "test", codeVersion: "test", host: "test") { UTCTime(seconds: 1_800_000_000) }
        let loader = SliceLoader(engine: engine, store: store, run: run, places: places)
        return try await loader.load(manifests).loaded.count
    }

    /// The fingerprints of the tables of a database.
    func fingerprints(ofDatabase name: String) async throws -> [TableFingerprint] {
        try await withDatabase(name) { try await TableFingerprint.all(of: $0) }
    }
}
