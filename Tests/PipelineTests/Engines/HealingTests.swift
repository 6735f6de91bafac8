import ChargingModel
import Cleaning
import EngineTestSupport
import Foundation
import Synchronization
import TestSupport
import Testing
import Warehouse

/// A month is loaded, one day of it is corrected, and the load of the correction dies between any two statements: the next
/// load ends in the tables of one that was never disturbed.
@Suite(.serialized) struct HealingTests {
    /// The tables before and after the correction, by loads that nobody disturbed, on DuckDB.
    private struct Expectation {
        let before: [TableFingerprint]
        let after: [TableFingerprint]

        init(_ month: CorrectedMonth, in folder: String) async throws {
            let place = try await WarehousePlace.make(.duckDB, in: folder)
            try await month.former.load(into: place)
            before = try await place.fingerprints()
            let count = try await month.corrected.load(into: place)
            #expect((1...4).contains(count))
            after = try await place.fingerprints()
            #expect(before.count == after.count && before != after)
        }
    }

    private static func expectEqual(_ left: [TableFingerprint], _ right: [TableFingerprint], _ note: String) {
        #expect(left.count == right.count)
        for (left, right) in zip(left, right) { #expect(left == right, "\(note), table \(left.table)") }
    }

    @Test(.enabled(if: EngineKind.duckDB.isPresent, "no DuckDB library: make setup"))
    func `whatever files of DuckDB a kill between any two statements leaves, the next load heals them`() async throws {
        try await withTemporaryFolder { folder in
            let month = try await CorrectedMonth(in: folder)
            let expected = try await Expectation(month, in: folder)
            let place = try await WarehousePlace.make(.duckDB, in: folder)
            try await month.former.load(into: place)
            let gates = Gates(in: folder)
            async let load: Void = Self.load(month.corrected, into: place, through: gates)
            var healed: Set<[Data]> = []
            let stops = try await Self.stops(of: gates) { number in
                // Files that are equal byte for byte to those of an earlier stop heal as those did.
                guard healed.insert(try Self.files(of: place)).inserted else { return }
                let copy = try Self.copy(of: place, to: "\(folder)/killed.duckdb")
                Self.expectEqual(try await copy.fingerprints(), expected.before, "killed before statement \(number)")
                try await month.corrected.load(into: copy)
                Self.expectEqual(try await copy.fingerprints(), expected.after, "healed after statement \(number)")
            }
            try await load
            #expect(stops > 100)
            // DuckDB writes neither file before the commit of so small a load.
            #expect((1...20).contains(healed.count))
            Self.expectEqual(try await place.fingerprints(), expected.after, "not killed")
        }
    }

    @Test(.enabled(if: EngineKind.postgreSQL.isPresent, "\(PostgresServer.skipReason)"))
    func `PostgreSQL: a load whose connection is cut between any two statements changes nothing, and later ones heal`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let month = try await CorrectedMonth(in: folder)
            let expected = try await Expectation(month, in: folder)
            let place = try await WarehousePlace.make(.postgreSQL, in: folder)
            try await month.former.load(into: place)
            let reference = try place.copyOfDatabase()
            let statements = try await Self.statements(of: month, into: reference)
            #expect(statements > 100)
            Self.expectEqual(try await place.fingerprints(), expected.before, "first load")
            Self.expectEqual(try await reference.fingerprints(), expected.after, "second load")
            let (before, after) = (try await Self.digests(of: place), try await Self.digests(of: reference))
            #expect(before != after)
            try await Self.inParallel(stride(from: 0, through: statements, by: Self.cutsInARow)) { first in
                let copy = try place.copyOfDatabase()
                for number in first..<min(first + Self.cutsInARow, statements + 1) {
                    try await Self.cut(copy, after: number, loading: month.corrected)
                    #expect(try await Self.digests(of: copy) == before, "cut after statement \(number)")
                }
                try await month.corrected.load(into: copy)
                #expect(try await Self.digests(of: copy) == after, "healed after statement \(first) and more")
                try copy.removeDatabase()
            }
        }
    }

    /// Loads that are cut, one after another, before one that is not.
    private static let cutsInARow = 4

    /// The rows of all tables as the server tells them; ``TableFingerprint`` reads all of them.
    private static func digests(of place: WarehousePlace) async throws -> [[SQLValue]] {
        let tables = TableFingerprint.comparedTables.map { table in
            """
            SELECT '\(table.name)', COUNT(*), MD5(STRING_AGG(x.line, '|' ORDER BY x.line COLLATE "C"))
            FROM (SELECT CAST(ROW(\(TableFingerprint.comparedColumns(of: table).joined(separator: ", "))) AS TEXT) AS line
                FROM \(table.name)) x
            """
        }
        return try await place.withEngine(readOnly: true) { engine in
            try await engine.query(tables.joined(separator: "\nUNION ALL\n"), []).rows
        }
    }

    @Test(.enabled(if: EngineKind.redshift.isPresent, "\(RedshiftStandIn.skipReason)"))
    func `stand-in for Redshift: the same, there and back, at every 32nd statement, the way back shifted by 16`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let month = try await CorrectedMonth(in: folder)
            let expected = try await Expectation(month, in: folder)
            let place = try await WarehousePlace.make(.redshift, in: folder)
            try await month.former.load(into: place)
            let statements = try await Self.statements(of: month, into: place)
            #expect(statements > 100)
            try await month.former.load(into: place)
            for first in stride(from: 0, through: statements, by: 32) {
                try await Self.cut(place, after: first, loading: month.corrected)
                Self.expectEqual(try await place.fingerprints(), expected.before, "cut after statement \(first)")
                try await month.corrected.load(into: place)
                Self.expectEqual(try await place.fingerprints(), expected.after, "healed after statement \(first)")
                try await Self.cut(place, after: min(first + 16, statements), loading: month.former)
                try await month.former.load(into: place)
                Self.expectEqual(try await place.fingerprints(), expected.before, "back after statement \(first + 16)")
            }
        }
    }

    /// Tables that a load touches one after another.
    private static let touched = [
        "etl_load", "dim_charging_station", "fact_point_status", "agg_point_hour", "etl_poll",
    ]

    @Test(
        .enabled(if: Command.newest != nil, "the command is not built: swift build --product chargehouse"),
        arguments: EngineKind.presentServers
    )
    func
        `a command that is killed while it waits in the middle of a load leaves the old tables, and the next one heals`(
            kind: EngineKind
        ) async throws
    {
        try await withTemporaryFolder { folder in
            let month = try await CorrectedMonth(in: folder)
            let expected = try await Expectation(month, in: folder)
            let place = try await WarehousePlace.make(kind, in: folder)
            try await month.former.load(into: place)
            let load = try Self.command(place, of: month, in: folder)
            for table in Self.touched {
                let held = try place.hold(table)
                let child = try load()
                while try child.isRunning && !place.isAwaited() { await Task.yield() }
                #expect(child.isRunning, "\(table)")
                child.kill()
                try held.release()
                Self.expectEqual(try await place.fingerprints(), expected.before, "killed at \(table)")
            }
            #expect(try load().wait() == 0)
            Self.expectEqual(try await place.fingerprints(), expected.after, "healed")
        }
    }

    /// What starts a load of the corrected month.
    private static func command(
        _ place: WarehousePlace,
        of month: CorrectedMonth,
        in folder: String
    ) throws -> () throws -> Command {
        let descriptors = folder + "/feeds.json"
        try JSONEncoder().encode(month.feeds).write(to: URL(fileURLWithPath: descriptors))
        let keys = "data = \"\(month.corrected.workshop.folder)\"\nfeeds = [\"\(descriptors)\"]"
        let text = try place.configuration(in: folder, keys: keys)
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/chargehouse.toml"))
        let (binary, environment) = (try Command.newest.orThrow("command"), try place.environment())
        return { try Command(["load", "--quiet"], folder: folder, binary: binary, environment: environment) }
    }

    /// Loads the corrected month.
    ///
    /// - Returns: The number of its statements.
    private static func statements(of month: CorrectedMonth, into place: WarehousePlace) async throws -> Int {
        try await place.withEngine { engine in
            let counting = CuttingEngine(engine)
            try await month.corrected.load(into: counting)
            return counting.count
        }
    }

    /// Loads until the connection is cut.
    private static func cut(
        _ place: WarehousePlace,
        after number: Int,
        loading version: CorrectedMonth.Version
    ) async throws {
        try await place.withEngine { engine in
            let error = await #expect(throws: WarehouseError.self) {
                try await version.load(into: CuttingEngine(engine, after: number))
            }
            #expect(error?.kind == .unreachable)
        }
    }

    /// Runs a body for each number, two at a time.
    private static func inParallel(
        _ numbers: some Sequence<Int> & Sendable,
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var running = 0
            for number in numbers {
                if running == 2 { try await group.next() } else { running += 1 }
                group.addTask { try await body(number) }
            }
            try await group.waitForAll()
        }
    }

    private static func load(
        _ version: CorrectedMonth.Version,
        into place: WarehousePlace,
        through gates: Gates
    ) async throws {
        defer { gates.end() }
        try await place.withEngine { engine in
            _ = try await version.load(into: StoppingEngine(engine, gates))
        }
    }

    /// Runs a body at each stop; after one that throws the load goes through to its end.
    ///
    /// - Returns: The number of stops.
    private static func stops(
        of gates: Gates,
        _ body: (Int) async throws -> Void
    ) async throws -> Int {
        let content = try gates.content()
        var failure: (any Error)?
        var number = 0
        while let gate = try await gates.next(number) {
            do { if failure == nil { try await body(number) } } catch { failure = error }
            try gate.write(contentsOf: content)
            try gate.close()
            number += 1
        }
        if let failure { throw failure }
        return number
    }

    /// The digests of the files as the operating system has them, which is what a kill leaves.
    private static func files(of place: WarehousePlace) throws -> [Data] {
        ["", ".wal"].map { FileManager.default.contents(atPath: place.name + $0) ?? Data() }
    }

    private static func copy(of place: WarehousePlace, to path: String) throws -> WarehousePlace {
        for companion in ["", ".wal"] {
            if FileManager.default.fileExists(atPath: path + companion) {
                try FileManager.default.removeItem(atPath: path + companion)
            }
            if FileManager.default.fileExists(atPath: place.name + companion) {
                try FileManager.default.copyItem(atPath: place.name + companion, toPath: path + companion)
            }
        }
        return WarehousePlace(file: path)
    }
}
