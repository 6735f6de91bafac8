import ChargingModel
import Foundation
import ObjectStore
import Synchronization
public import TestSupport
public import Warehouse
import WarehouseDuckDB
import WarehousePostgres
import WarehouseRedshift

/// An empty place for a warehouse, which can be opened as often as a test wants: a file, a database, a schema.
public struct WarehousePlace: Sendable {
    /// The engine.
    public let kind: EngineKind
    /// The path, the name of the database, or that of the schema.
    public let name: String

    /// The server of a PostgreSQL database, where it is not the one of all tests.
    var server: PostgresServer?

    private static let files = Mutex(0)

    /// A place of an engine; a DuckDB file lies in `folder`.
    public static func make(_ kind: EngineKind, in folder: String) async throws -> WarehousePlace {
        switch kind {
        case .duckDB:
            let number = files.withLock { count in
                count += 1
                return count
            }
            return WarehousePlace(kind: kind, name: "\(folder)/warehouse\(number).duckdb")
        case .postgreSQL:
            return WarehousePlace(kind: kind, name: try PostgresServer.shared().createDatabase())
        case .redshift:
            let place = WarehousePlace(kind: kind, name: RedshiftStandIn.newSchemaName())
            try await place.withEngine { _ = try await $0.query("CREATE SCHEMA \(place.name)", []) }
            return place
        }
    }

    /// A database of a server.
    public init(database: String, of server: PostgresServer) {
        self.init(kind: .postgreSQL, name: database)
        self.server = server
    }

    /// The server of a database.
    func postgres() throws -> PostgresServer { try server ?? PostgresServer.shared() }

    /// A DuckDB file that exists.
    public init(file: String) {
        self.init(kind: .duckDB, name: file)
    }

    private init(kind: EngineKind, name: String) {
        self.kind = kind
        self.name = name
    }

    /// Opens an engine, which waits a second for another writer.
    public func open(readOnly: Bool = false) async throws -> any WarehouseEngine {
        let environment = ProcessInfo.processInfo.environment
        switch kind {
        case .duckDB:
            return try await DuckDBEngine.open(
                path: name,
                library: DuckDBLibrary.locate(environment: environment, workingDirectory: PackageRoot.path),
                options: DuckDBOptions(isReadOnly: readOnly)
            )
        case .postgreSQL:
            let library = try PostgresLibrary.locate(environment: environment)
            return try await PostgresEngine.open(
                address: PostgresAddress(postgres().address(of: name), library: library),
                library: library,
                options: PostgresOptions(isReadOnly: readOnly, lockTimeoutSeconds: 1)
            )
        case .redshift:
            let standIn = try RedshiftStandIn.shared()
            let library = try PostgresLibrary.locate(environment: environment)
            return try await RedshiftEngine.open(
                address: RedshiftAddress(standIn.address(schema: name), library: library),
                library: library,
                stage: Self.stage(of: standIn),
                options: RedshiftOptions(
                    password: Secret(standIn.facts.users["loader"] ?? ""),
                    isReadOnly: readOnly
                ),
                clock: RedshiftClock(sleep: { _ in await Task.yield() }, unit: { 0.5 }, token: { UUID().uuidString })
            )
        }
    }

    private static func stage(of standIn: RedshiftStandIn) throws -> RedshiftStage {
        RedshiftStage(
            location: try StoreLocation("s3://\(standIn.facts.bucket)/engines"),
            role: standIn.facts.role,
            environment: standIn.environment
        )
    }

    /// Runs a body with an engine, and closes it whatever happens.
    ///
    /// - Parameters:
    ///   - readOnly: whether writing is refused.
    ///   - hasTables: whether the tables are made, or brought to the present schema, first.
    ///   - body: what is done.
    /// - Returns: What the body returns.
    /// - Throws: What opening, migrating, the body and closing throw.
    public func withEngine<Value>(
        readOnly: Bool = false,
        hasTables: Bool = false,
        _ body: (any WarehouseEngine) async throws -> Value
    ) async throws -> Value {
        let engine = try await open(readOnly: readOnly)
        let value: Value
        do {
            if hasTables { try await WarehouseMigrator.migrate(engine, now: UTCTime(seconds: 1_800_000_000)) }
            value = try await body(engine)
        } catch {
            try await engine.close()
            throw error
        }
        try await engine.close()
        return value
    }

    /// A database with the tables and rows of this one, which nobody uses meanwhile.
    public func copyOfDatabase() throws -> WarehousePlace {
        WarehousePlace(kind: kind, name: try PostgresServer.shared().createDatabase(copying: name))
    }

    /// Removes a database that nobody uses any more.
    public func removeDatabase() throws {
        try PostgresServer.shared().psql("DROP DATABASE \(name)")
    }

    /// The fingerprints of its tables.
    public func fingerprints() async throws -> [TableFingerprint] {
        try await withEngine(hasTables: true) { try await TableFingerprint.all(of: $0) }
    }
}
