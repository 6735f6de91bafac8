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
                try archive.read(pack.feed, pack.day, verifyingDigests: true) { capture in
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

            let fresh = Workshop(folder + "/fresh")
            try FileManager.default.createDirectory(atPath: fresh.folder, withIntermediateDirectories: true)
            let cleaner = Cleaner(archive: workshop.archive, store: fresh.store, rules: fresh.rules)
            var manifests: [SliceManifest] = []
            for script in scripts {
                let adapter = try AdapterRegistry.builtIn.adapter(for: script.feed)
                try cleaner.clean(script.feed, adapter: adapter, days: cleaner.days(of: script.feed.id)) {
                    manifests.append($0.manifest)
                }
            }
            try await fresh.load(manifests)
            #expect(try await workshop.fingerprints() == fresh.fingerprints())
        }
    }
}

/// The built command, running as a process of its own.
final class Command: Sendable {
    static let path = PackageRoot.appending(".build/release/chargehouse")
    static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: path) }

    private let process: Process
    private let output = Mutex("")

    /// Starts the command with the configuration in `folder`.
    init(_ arguments: [String], folder: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.path)
        process.arguments = arguments + ["--config", folder + "/chargehouse.toml"]
        process.currentDirectoryURL = URL(fileURLWithPath: PackageRoot.path)
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        self.process = process
        pipe.fileHandleForReading.readabilityHandler = { [self] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            output.withLock { $0 += String(decoding: data, as: UTF8.self) }
        }
        try process.run()
    }

    func kill() {
        _ = Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// `feed slot` of each capture that the command said it had archived.
    var acknowledgedCaptures: Set<String> {
        let lines = output.withLock { $0 }.split(separator: "\n").filter { $0.contains("capture acknowledged") }
        return Set(
            lines.compactMap { line in
                guard let feed = Self.value("feed.id", in: line), let slot = Self.value("slot", in: line) else {
                    return nil
                }
                return "\(feed) \(slot)"
            }
        )
    }

    private static func value(_ key: String, in line: Substring) -> String? {
        guard let start = line.range(of: " \(key)=")?.upperBound else { return nil }
        return String(line[start...].prefix { $0 != " " })
    }

    static func writeFeeds(_ slugs: [String], port: Int, to folder: String) throws -> [String] {
        let feeds = try slugs.map { slug in
            var feed = try Workshop.feed("simulation/\(slug)")
            feed.url = "http://127.0.0.1:\(port)/\(slug)"
            return feed
        }
        try writeDescriptors(feeds, to: folder)
        return feeds.map(\.id.description)
    }

    static func writeDescriptors(_ feeds: [FeedDescriptor], to folder: String) throws {
        try JSONEncoder().encode(feeds).write(to: URL(fileURLWithPath: folder + "/feeds.json"))
        let text = "data = \"\(folder)/data\"\nfeeds = [\"\(folder)/feeds.json\"]\n[acquire]\nhost_spacing_ms = 0\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/chargehouse.toml"))
    }
}
