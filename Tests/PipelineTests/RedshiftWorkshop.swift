import ChargingModel
import Cleaning
import Foundation
import ObjectStore
import TestSupport
import Warehouse
import WarehousePostgres
import WarehouseRedshift

/// A workshop whose warehouse is a schema of the stand-in for Redshift.
extension Workshop {
    /// Creates an empty schema.
    static func newSchema() async throws -> String {
        let name = RedshiftStandIn.newSchemaName()
        let engine = try await redshift("public")
        _ = try await engine.query("CREATE SCHEMA \(name)")
        try await engine.close()
        return name
    }

    private static func redshift(_ schema: String) async throws -> RedshiftEngine {
        let standIn = try RedshiftStandIn.shared()
        let library = try PostgresLibrary.locate(environment: ProcessInfo.processInfo.environment)
        return try await RedshiftEngine.open(
            address: RedshiftAddress(standIn.address(schema: schema), library: library),
            library: library,
            stage: RedshiftStage(
                location: StoreLocation("s3://\(standIn.facts.bucket)/pipeline"),
                role: standIn.facts.role,
                environment: standIn.environment
            ),
            options: RedshiftOptions(password: Secret(standIn.facts.users["loader"] ?? "")),
            clock: RedshiftClock(sleep: { _ in await Task.yield() }, unit: { 0.5 }, token: { UUID().uuidString })
        )
    }

    /// Runs a body with an engine on a schema whose tables are up to date.
    func withSchema<Value>(_ schema: String, _ body: (RedshiftEngine) async throws -> Value) async throws -> Value {
        let engine = try await Self.redshift(schema)
        let value: Value
        do {
            try await WarehouseMigrator.migrate(engine, now: UTCTime(seconds: 1_800_000_000))
            value = try await body(engine)
        } catch {
            try await engine.close()
            throw error
        }
        try await engine.close()
        return value
    }

    /// Loads slices into a schema.
    @discardableResult
    func load(_ manifests: [SliceManifest], intoSchema name: String) async throws -> Int {
        try await withSchema(name) { try await load(manifests, through: $0) }
    }

    /// The fingerprints of the tables of a schema.
    func fingerprints(ofSchema name: String) async throws -> [TableFingerprint] {
        try await withSchema(name) { try await TableFingerprint.all(of: $0) }
    }
}
