import ChargingModel
import Foundation
import ObjectStore
import Synchronization
import TestSupport
import Warehouse
import WarehousePostgres
import WarehouseRedshift

/// Waits of an engine, counted instead of waited.
final class CountingClock: Sendable {
    private let waits = Mutex(0)
    private let tokens = Mutex(0)

    var count: Int { waits.withLock { $0 } }

    var clock: RedshiftClock {
        RedshiftClock(
            sleep: { _ in
                self.waits.withLock { $0 += 1 }
                await Task.yield()
            },
            unit: { 0.5 },
            token: { UUID().uuidString.lowercased() }
        )
    }
}

/// Engines on the stand-in.
enum TestCluster {
    static let library = Result { try PostgresLibrary.locate(environment: ProcessInfo.processInfo.environment) }

    static func stage(
        bucket: String? = nil,
        role: String? = nil,
        region: String? = nil,
        environment: [String: String]? = nil
    ) throws -> RedshiftStage {
        let standIn = try RedshiftStandIn.shared()
        return RedshiftStage(
            location: try StoreLocation("s3://\(bucket ?? standIn.facts.bucket)/stage of tests/ü+1"),
            role: role ?? standIn.facts.role,
            region: region,
            environment: environment ?? standIn.environment
        )
    }

    static func open(
        schema: String,
        user: String = "loader",
        password: String? = nil,
        stage: RedshiftStage? = nil,
        fileBytes: Int = 64 << 20,
        attempts: Int = 500,
        clock: CountingClock = CountingClock()
    ) async throws -> RedshiftEngine {
        let standIn = try RedshiftStandIn.shared()
        let library = try library.get()
        return try await RedshiftEngine.open(
            address: RedshiftAddress(standIn.address(schema: schema, user: user), library: library),
            library: library,
            stage: stage ?? self.stage(),
            options: RedshiftOptions(
                password: Secret(password ?? standIn.facts.users[user] ?? ""),
                attempts: attempts,
                stagedFileBytes: fileBytes
            ),
            clock: clock.clock
        )
    }

    /// Runs a body with an engine on a new schema.
    static func with(
        stage: RedshiftStage? = nil,
        fileBytes: Int = 64 << 20,
        _ body: (RedshiftEngine, String) async throws -> Void
    ) async throws {
        let schema = RedshiftStandIn.newSchemaName()
        let engine = try await open(schema: schema, stage: stage, fileBytes: fileBytes)
        do {
            _ = try await engine.query("CREATE SCHEMA \(schema)")
            try await body(engine, schema)
        } catch {
            try await engine.close()
            throw error
        }
        try await engine.close()
    }

    /// The keys in the stage.
    static func stagedKeys() async throws -> [String] {
        let stage = try stage()
        return try await withObjectStore(at: stage.location, settings: stage.settings, environment: stage.environment) {
            try await $0.list(prefix: "").objects.map(\.key.text)
        }
    }
}
