import ChargingModel
import Cleaning
import Foundation
import RawArchive
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB
import WarehousePostgres

/// A long history is derived beside a server and copied: the server must not be able to tell.
@Suite(.enabled(if: PostgresServer.runs, "\(PostgresServer.skipReason)"))
struct BackfillTests {
    private static let first = UTCDay(number: 20_539)  // 2026-03-27: over the end of a month

    private func world(in folder: String) async throws -> (Workshop, [SliceManifest]) {
        let workshop = Workshop(folder)
        let feeds = try ["test/a", "test/b"].enumerated().map { index, name in
            let seed = UInt64(60 + index)
            return try ScriptedFeed(
                name,
                first: Self.first,
                days: 7,
                seed: seed,
                stations: 4,
                ids: "7",
                interval: 1_800
            )
        }
        let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
        for feed in feeds { for capture in feed.captures { _ = try writer.append(capture) } }
        try writer.close()
        return (workshop, try await workshop.clean(feeds.map(\.feed)).map(\.manifest))
    }

    private func transfer(from workshop: Workshop, to database: String, in folder: String) async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await workshop.withWarehouse { source in
            try await workshop.withDatabase(database) { server in
                let wasEmpty = try await WarehouseTransfer.isEmpty(server)
                try await WarehouseTransfer(folder: folder).run(from: source, into: server) { _, _ in }
                let isEmpty = try await WarehouseTransfer.isEmpty(server)
                #expect(wasEmpty && !isEmpty)
            }
        }
    }

    private func expectEqual(_ workshop: Workshop, _ database: String) async throws {
        let expected = try await workshop.fingerprints()
        let found = try await workshop.fingerprints(ofDatabase: database)
        #expect(found == expected)
    }

    @Test func `a copied history equals one that was loaded, and goes on as one`() async throws {
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await world(in: folder)
            let early = manifests.filter { $0.day < Self.first.advanced(by: 6) }
            try await workshop.load(early)
            let database = try PostgresServer.shared().createDatabase()
            try await transfer(from: workshop, to: database, in: folder + "/copy")
            try await expectEqual(workshop, database)
            try await workshop.load(manifests)
            try await workshop.load(manifests, intoDatabase: database)
            try await expectEqual(workshop, database)
        }
    }

    @Test func `a copied history has the keys, checks and parts of one that was loaded`() async throws {
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await world(in: folder)
            try await workshop.load(manifests)
            let (copied, loaded) = try (
                PostgresServer.shared().createDatabase(), PostgresServer.shared().createDatabase()
            )
            try await transfer(from: workshop, to: copied, in: folder + "/copy")
            try await workshop.load(manifests, intoDatabase: loaded)
            for sql in Self.catalogue {
                let found = try await workshop.withDatabase(copied) { try await $0.query(sql, []).rows }
                let expected = try await workshop.withDatabase(loaded) { try await $0.query(sql, []).rows }
                #expect(found == expected)
                #expect(expected.count > 10)
            }
        }
    }

    /// What guards the rows; names of indexes are the server's own.
    private static let catalogue = [
        """
        SELECT CAST(tablename AS TEXT), CAST(REPLACE(REPLACE(indexdef, indexname, ''), '  ', ' ') AS TEXT)
        FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2
        """,
        """
        SELECT CAST(conrelid AS regclass)::text, CAST(contype AS TEXT), pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 3
        """,
        """
        SELECT c.relname::text, pg_get_expr(c.relpartbound, c.oid) FROM pg_class c WHERE c.relispartition ORDER BY 1
        """,
    ]

    @Test func `a copy that fails leaves the server empty`() async throws {
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await world(in: folder)
            try await workshop.load(manifests)
            let database = try PostgresServer.shared().createDatabase()
            try FileManager.default.createDirectory(atPath: folder + "/copy", withIntermediateDirectories: true)
            try await workshop.withWarehouse { source in
                try await workshop.withDatabase(database) { server in
                    let failing = FailingEngine(base: server, after: 40, fault: "SELECT 1 / 0")
                    await #expect(throws: WarehouseError.self) {
                        try await WarehouseTransfer(folder: folder + "/copy").run(from: source, into: failing) { _, _ in
                        }
                    }
                    let isEmpty = try await WarehouseTransfer.isEmpty(server)
                    #expect(isEmpty)
                }
            }
            try await workshop.load(manifests, intoDatabase: database)
            try await expectEqual(workshop, database)
        }
    }
}

/// An engine that goes wrong at a chosen step of its transactions.
private struct FailingEngine: WarehouseEngine {
    let base: any WarehouseEngine
    /// Transactions with more steps than this get ``fault`` after so many steps.
    let after: Int
    /// What goes wrong: an SQL statement.
    let fault: String

    var dialect: SQLDialect { base.dialect }

    func transact(_ steps: [TransactionStep]) async throws {
        guard steps.count > after else { return try await base.transact(steps) }
        try await base.transact(Array(steps.prefix(after)) + [.statement(fault)] + steps.dropFirst(after))
    }

    func query(_ sql: String, _ parameters: [SQLValue]) async throws -> ResultTable {
        try await base.query(sql, parameters)
    }

    func close() async throws {
        try await base.close()
    }
}
