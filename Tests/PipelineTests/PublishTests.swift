import ChargingModel
import Foundation
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB
import WarehousePostgres

/// What `publish` writes: the rows of the warehouse, whole, and in one step.
@Suite(.serialized) struct PublishTests {
    static let sums = "SELECT COUNT(*), SUM(observed_s), SUM(occupied_s), COUNT(DISTINCT point_id) FROM mart.point_hour"

    static func library() throws -> DuckDBLibrary {
        try DuckDBLibrary.locate(
            environment: ProcessInfo.processInfo.environment,
            workingDirectory: PackageRoot.path
        )
    }

    /// A loaded world: the end of March and the beginning of April.
    private func world(_ seed: UInt64, in folder: String) async throws -> Workshop {
        try await MartTests.world(seed, days: 8, in: folder).0
    }

    @discardableResult
    private func snapshot(of workshop: Workshop, to path: String, replacing: Bool = false) async throws -> Publication {
        try await DuckDBSnapshot.write(
            from: workshop.folder + "/warehouse.duckdb",
            to: path,
            library: Self.library(),
            replacing: replacing
        )
    }

    private func parquet(of workshop: Workshop, to folder: String, only: [String] = []) async throws -> Publication {
        try await ParquetFolder.write(
            from: workshop.folder + "/warehouse.duckdb",
            to: folder,
            views: Mart.views(named: only),
            library: Self.library()
        )
    }

    static func numbers(_ workshop: Workshop) async throws -> [Int64] {
        try await workshop.withWarehouse { try await $0.query(sums).rows }.first?.compactMap { value in
            if case .integer(let number) = value { number } else { nil }
        } ?? []
    }

    // MARK: Snapshots

    @Test func `a snapshot is a warehouse with equal tables`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = try await world(41, in: folder)
            let publication = try await snapshot(of: workshop, to: folder + "/out/snapshot.duckdb")
            #expect(publication.parts.map(\.name) == Schema.tables.map(\.name))
            let copy = Workshop(folder + "/out")
            #expect(try await copy.fingerprints("snapshot.duckdb") == workshop.fingerprints())
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/out") == ["snapshot.duckdb"])
        }
    }

    @Test(.enabled(if: ForeignReader.hasOldDuckDB, "no DuckDB 1.4 in .venv: make setup"))
    func `DuckDB 1_4 reads a snapshot, and keeps it while another one takes its place`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = try await world(42, in: folder)
            let path = folder + "/snapshot.duckdb"
            try await snapshot(of: workshop, to: path)
            let before = try await Self.numbers(workshop)
            let answer = try ForeignReader.ask("snapshot", path)
            #expect(answer.version?.hasPrefix("1.4.") == true)
            #expect(answer.views == Mart.views.count)
            #expect(answer.sums == before)

            let reader = try ForeignReader(["hold", path])
            #expect(try reader.line().sums == before)
            try await Self.removeApril(from: workshop)
            try await snapshot(of: workshop, to: path)
            try reader.goOn()
            #expect(try reader.line().sums == before, "a reader keeps what it has open")
            let after = try await Self.numbers(workshop)
            #expect(after != before)
            #expect(try ForeignReader.ask("snapshot", path).sums == after)
        }
    }

    @Test func `what no publication wrote is kept, unless it may be replaced`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = try await world(43, in: folder)
            let path = folder + "/notes.duckdb"
            try Data("my notes".utf8).write(to: URL(fileURLWithPath: path))
            let refused = await #expect(throws: PublishError.self) { try await snapshot(of: workshop, to: path) }
            #expect(refused?.code == "CHG121")
            #expect(FileManager.default.contents(atPath: path) == Data("my notes".utf8))
            try await snapshot(of: workshop, to: path, replacing: true)
            let itself = await #expect(throws: PublishError.self) {
                try await snapshot(of: workshop, to: folder + "/warehouse.duckdb", replacing: true)
            }
            #expect(itself?.code == "CHG121")
            let below = await #expect(throws: PublishError.self) {
                try await snapshot(of: workshop, to: path + "/x.duckdb")
            }
            #expect(below?.code == "CHG120")
        }
    }

    @Test func `a second publisher to the same place is told to wait`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = try await world(44, in: folder)
            let path = folder + "/snapshot.duckdb"
            do {
                let lock = try PublicationLock(path + ".publishing.lock", of: path)
                let busy = await #expect(throws: PublishError.self) { try await snapshot(of: workshop, to: path) }
                #expect(busy?.code == "CHG123")
                withExtendedLifetime(lock) {}
            }
            try await snapshot(of: workshop, to: path)
        }
    }

    // MARK: Parquet

    @Test func `Parquet files hold the rows of the views`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = try await world(45, in: folder)
            let publication = try await parquet(of: workshop, to: folder + "/out")
            #expect(publication.parts.contains { $0.name == "point_hour/year=2026/month=04/data.parquet" })
            for view in Mart.views {
                let names = view.columns.map(\.name).joined(separator: ", ")
                let files = publication.parts.map(\.name).filter { $0.hasPrefix(view.name + "/") }
                    .map { "SELECT \(names) FROM \(parquetTable(at: "\(folder)/out/\($0)"))" }
                #expect(!files.isEmpty)
                let found = try await Self.rows(files.joined(separator: " UNION ALL "), in: workshop)
                #expect(try await found == Self.rows("SELECT \(names) FROM mart.\(view.name)", in: workshop))
            }
        }
    }

    @Test(.enabled(if: ForeignReader.hasOldDuckDB, "no DuckDB 1.4 in .venv: make setup"))
    func `another reader finds the partitions`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = try await world(46, in: folder)
            _ = try await parquet(of: workshop, to: folder + "/out", only: ["point_hour"])
            let answer = try ForeignReader.ask("parquet", folder + "/out")
            #expect(answer.months == ["2026-03", "2026-04"])
            #expect(try await answer.sums == Self.numbers(workshop))
        }
    }

    @Test func `files that did not change stay, and a month whose rows are gone goes`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = try await world(47, in: folder)
            let out = folder + "/out"
            #expect(try await parquet(of: workshop, to: out).parts.allSatisfy(\.isWritten))
            let manifest = FileManager.default.contents(atPath: out + "/_manifest.json")
            #expect(try await parquet(of: workshop, to: out).parts.allSatisfy { !$0.isWritten })
            #expect(FileManager.default.contents(atPath: out + "/_manifest.json") == manifest)

            try await Self.removeApril(from: workshop)
            let third = try await parquet(of: workshop, to: out)
            #expect(third.removed.contains("point_hour/year=2026/month=04/data.parquet"))
            #expect(!FileManager.default.fileExists(atPath: out + "/point_hour/year=2026/month=04"))
            let march = third.parts.first { $0.name == "point_hour/year=2026/month=03/data.parquet" }
            #expect(march?.isWritten == false)
            #expect(FileManager.default.contents(atPath: out + "/_manifest.json") != manifest)

            // A damaged file is written again; strangers' folders are left alone.
            try Data().write(to: URL(fileURLWithPath: out + "/city/data.parquet"))
            #expect(
                try await parquet(of: workshop, to: out).parts.filter(\.isWritten).map(\.name) == ["city/data.parquet"]
            )
            let refused = await #expect(throws: PublishError.self) {
                _ = try await parquet(of: workshop, to: workshop.folder + "/raw")
            }
            #expect(refused?.code == "CHG121")
        }
    }

    // MARK: PostgreSQL

    @Test(.enabled(if: PostgresServer.runs, "\(PostgresServer.skipReason)"))
    func `tables in PostgreSQL hold the rows of the views, and what others made of them stays`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = try await world(48, in: folder)
            let database = try PostgresServer.shared().createDatabase()
            try await Self.publish(workshop, to: database)
            try PostgresServer.shared().psql(
                "CREATE VIEW mine AS SELECT SUM(occupied_s) FROM chargehouse_mart.point_hour",
                database: database
            )
            try await Self.expectTables(of: workshop, in: database)
            try await Self.removeApril(from: workshop)
            try await Self.publish(workshop, to: database)
            try await Self.expectTables(of: workshop, in: database)
            let mine = try PostgresServer.shared().psql("SELECT * FROM mine", database: database)
            #expect(try await mine == "\(Self.numbers(workshop)[2])")
        }
    }

    @Test(.enabled(if: PostgresServer.runs, "\(PostgresServer.skipReason)"))
    func `a schema of someone else is kept, and a publication that fails changes nothing`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = try await world(49, in: folder)
            let database = try PostgresServer.shared().createDatabase()
            let server = try PostgresServer.shared()
            try server.psql("CREATE SCHEMA chargehouse_mart AUTHORIZATION keeper", database: database)
            let refused = await #expect(throws: PublishError.self) { try await Self.publish(workshop, to: database) }
            #expect(refused?.code == "CHG121")
            try await Self.publish(workshop, to: database, replacing: true)
            let wrong = await #expect(throws: WarehouseError.self) {
                try await Self.publish(workshop, to: database, missing: 1)
            }
            #expect(wrong?.kind == .checkFailed)
            try await Self.expectTables(of: workshop, in: database)
        }
    }
}

extension PublishTests {
    static func publish(
        _ workshop: Workshop,
        to database: String,
        replacing: Bool = false,
        missing: Int = 0
    ) async throws {
        let address = try PostgresServer.shared().address(of: database)
        let postgres = try PostgresLibrary.locate(environment: ProcessInfo.processInfo.environment)
        let engine = try await PostgresEngine.open(
            address: PostgresAddress(address, library: postgres),
            library: postgres
        )
        do {
            try await MartFiles.with(
                Mart.views,
                of: workshop.folder + "/warehouse.duckdb",
                library: library(),
                in: workshop.folder + "/files"
            ) { files in
                let tables = files.map {
                    PublishedSchema.Table(view: $0.view, file: $0.path, rows: $0.rows + missing)
                }
                try await PublishedSchema.write(tables, to: engine, replacing: replacing)
            }
        } catch {
            try await engine.close()
            throw error
        }
        try await engine.close()
        #expect(!FileManager.default.fileExists(atPath: workshop.folder + "/files"))
    }

    private static func expectTables(of workshop: Workshop, in database: String) async throws {
        for view in Mart.views {
            let names = view.columns.map(\.name).joined(separator: ", ")
            let sql = "SELECT \(names) FROM chargehouse_mart.\(view.name)"
            let found = try await workshop.withDatabase(database, readOnly: true) { try await $0.query(sql).rows }
            let expected = try await rows("SELECT \(names) FROM mart.\(view.name)", in: workshop)
            #expect(found.reduce(into: [:]) { $0[$1, default: 0] += 1 } == expected, "\(view.name)")
        }
    }

    static func removeApril(from workshop: Workshop) async throws {
        try await workshop.withWarehouse { engine in
            try await engine.transact([
                .statement("DELETE FROM agg_point_hour WHERE hour_utc >= TIMESTAMP '2026-04-01 00:00:00'")
            ])
        }
    }

    /// How often each row occurs.
    static func rows(_ sql: String, in workshop: Workshop) async throws -> [[SQLValue]: Int] {
        try await workshop.withWarehouse { try await $0.query(sql).rows }
            .reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
}
