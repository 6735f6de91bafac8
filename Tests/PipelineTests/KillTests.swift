import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Simulation
import Sources
import Synchronization
import TestSupport
import Testing
import Warehouse

/// Killed anywhere, started again: nothing that was acknowledged is lost, nothing is doubled.
@Suite(.serialized) struct KillTests {
    private static let kills = 55

    @Test(.enabled(if: Command.isBuilt, "the command is not built: swift build -c release --product chargehouse"))
    func `a collector that is killed again and again loses no acknowledged capture`() async throws {
        try await withTemporaryFolder { folder in
            let day = UTCDay(number: 20_535)
            let world = try SimulatedWorld(
                configuration: WorldConfiguration(seed: 5, firstDay: day, days: 1, scale: 0.05)
            )
            let server = SimulationServer(world: world) { day.start.adding(seconds: 36_000) }
            let port = try await server.start()
            let feeds = try Command.writeFeeds(["bonn", "kiel", "hof"], port: port, to: folder)
            var acknowledged: Set<String> = []
            var random = SeededGenerator(seed: 99)
            for _ in 0..<Self.kills {
                let child = try Command(["acquire", "--every", "1s", "--verbose"] + feeds, folder: folder)
                try await Task.sleep(for: .milliseconds(Int.random(in: 60...500, using: &random)))
                child.kill()
                acknowledged.formUnion(child.acknowledgedCaptures)
            }
            try await server.stop()
            #expect(acknowledged.count > Self.kills / 5)

            let archive = RawArchive(root: folder + "/data/raw")
            var found: [String: Int] = [:]
            for pack in try archive.packs() {
                try await archive.read(pack.feed, pack.day, verifyingDigests: true) { capture in
                    found["\(pack.feed) \(capture.poll.slot) \(capture.poll.requestedAt)", default: 0] += 1
                }
            }
            let slots = Set(found.keys.map { $0.split(separator: " ").prefix(2).joined(separator: " ") })
            #expect(acknowledged.subtracting(slots).isEmpty)
            #expect(found.values.allSatisfy { $0 == 1 })
        }
    }

    @Test(.enabled(if: Command.isBuilt, "the command is not built: swift build -c release --product chargehouse"))
    func `a loader that is killed again and again ends in the tables of an undisturbed run`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder + "/data")
            try FileManager.default.createDirectory(atPath: workshop.folder, withIntermediateDirectories: true)
            let scripts = try (0..<4).map { number in
                try ScriptedFeed("test/f\(number)", first: UTCDay(number: 20_530), days: 4, seed: UInt64(60 + number))
            }
            let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
            for script in scripts { for capture in script.captures { _ = try writer.append(capture) } }
            try writer.close()
            try Command.writeDescriptors(scripts.map(\.feed), to: folder)
            var random = SeededGenerator(seed: 7)
            for _ in 0..<Self.kills {
                let child = try Command(["run"], folder: folder)
                try await Task.sleep(for: .milliseconds(Int.random(in: 10...400, using: &random)))
                child.kill()
            }
            let last = try Command(["run"], folder: folder)
            #expect(last.wait() == 0)

            // The command knows the built-in cities.
            let fresh = Workshop(folder + "/fresh", places: try PlaceCatalog.builtIn())
            try FileManager.default.createDirectory(atPath: fresh.folder, withIntermediateDirectories: true)
            let cleaner = Cleaner(
                archive: workshop.archive,
                store: fresh.store,
                rules: fresh.rules,
                places: fresh.places
            )
            var manifests: [SliceManifest] = []
            for script in scripts {
                let adapter = try AdapterRegistry.builtIn.adapter(for: script.feed)
                try await cleaner.clean(script.feed, adapter: adapter, days: cleaner.days(of: script.feed.id)) {
                    manifests.append($0.manifest)
                }
            }
            try await fresh.load(manifests)
            #expect(try await workshop.fingerprints() == fresh.fingerprints())
        }
    }

    @Test(
        .enabled(if: Command.isBuilt, "the command is not built: swift build -c release --product chargehouse"),
        .enabled(if: PostgresServer.runs, "\(PostgresServer.skipReason)")
    )
    func `a loader into PostgreSQL that is killed again and again ends in the tables of DuckDB`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder + "/data", places: try PlaceCatalog.builtIn())
            try FileManager.default.createDirectory(atPath: workshop.folder, withIntermediateDirectories: true)
            let scripts = try (0..<3).map { number in
                try ScriptedFeed("test/f\(number)", first: UTCDay(number: 20_530), days: 3, seed: UInt64(80 + number))
            }
            let writer = try workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
            for script in scripts { for capture in script.captures { _ = try writer.append(capture) } }
            try writer.close()
            let manifests = try await workshop.clean(scripts.map(\.feed)).map(\.manifest)
            let database = try PostgresServer.shared().createDatabase()
            let address = try PostgresServer.shared().address(of: database)
            try Command.writeDescriptors(scripts.map(\.feed), to: folder, warehouse: address)
            var random = SeededGenerator(seed: 8)
            for _ in 0..<Self.kills / 2 {
                let child = try Command(["load"], folder: folder)
                try await Task.sleep(for: .milliseconds(Int.random(in: 10...900, using: &random)))
                child.kill()
            }
            #expect(try Command(["load"], folder: folder).wait() == 0)
            try await workshop.load(manifests)
            let tables = zip(try await workshop.fingerprints(ofDatabase: database), try await workshop.fingerprints())
            for (found, expected) in tables { #expect(found == expected, "table \(found.table)") }
        }
    }
}
