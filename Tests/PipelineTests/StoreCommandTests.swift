import ChargingModel
import Cleaning
import Foundation
import ObjectStore
import RawArchive
import Simulation
import Sources
import TestSupport
import Testing
import Warehouse

/// Raw packs and flat files in a bucket of moto: the command on several machines that share nothing else.
@Suite(
    .enabled(if: Command.newest != nil, "the command is not built: swift build --product chargehouse"),
    .enabled(if: BucketServer.runs, "\(BucketServer.skipReason)")
)
struct StoreCommandTests {
    private static let first = UTCDay(number: 20_539)

    /// A machine: its data folder and its configuration.
    private struct Machine {
        let folder: String
        let workshop: Workshop

        init(_ folder: String, feeds: [FeedDescriptor], stores: String) throws {
            self.folder = folder
            workshop = Workshop(folder + "/data")
            try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
            try JSONEncoder().encode(feeds).write(to: URL(fileURLWithPath: folder + "/feeds.json"))
            let text = """
                data = "\(folder)/data"
                feeds = ["\(folder)/feeds.json"]
                \(stores)
                """
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/chargehouse.toml"))
        }

        @discardableResult
        func run(_ arguments: String..., expecting status: Int32 = 0) throws -> (output: String, error: String) {
            let binary = try Command.newest.orThrow("command")
            var environment = try BucketServer.shared().environment
            environment["AWS_ENDPOINT_URL_S3"] = nil
            let result = try Command.output(
                arguments + ["--config", folder + "/chargehouse.toml"],
                binary: binary,
                environment: environment
            )
            #expect(result.status == status, "\(arguments): \(result.output) \(result.error)")
            return (result.output, result.error)
        }

        func rawFiles() throws -> [String] {
            let root = folder + "/data/raw"
            guard FileManager.default.fileExists(atPath: root) else { return [] }
            return try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".warc.zst") }
        }
    }

    private static func stores(_ address: String) throws -> String {
        """
        [archive]
        store = "\(address)/raw"
        [slices]
        store = "\(address)/flat"
        [object_store]
        endpoint = "\(try BucketServer.shared().endpoint)"
        region = "us-east-1"
        """
    }

    private func scripts() throws -> [ScriptedFeed] {
        try ["test/a", "test/b"].enumerated().map { index, name in
            try ScriptedFeed(name, first: Self.first, days: 3, seed: UInt64(40 + index), interval: 1_800)
        }
    }

    private func write(_ scripts: [ScriptedFeed], to machine: Machine) throws {
        let writer = try machine.workshop.archive.openWriter(WriterOptions(durability: .operatingSystem))
        for script in scripts { for capture in script.captures { _ = try writer.append(capture) } }
        try writer.close()
    }

    @Test func `stored packs and flat files give the tables and reports that local ones give, on any machine`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let scripts = try scripts()
            let feeds = scripts.map(\.feed)
            let stores = try Self.stores(BucketServer.newAddress())
            let local = try Machine(folder + "/local", feeds: feeds, stores: "")
            try write(scripts, to: local)
            try local.run("run")
            let expected = try await local.workshop.fingerprints()
            try local.run("rebuild", "--from", "raw")
            #expect(try await local.workshop.fingerprints() == expected)
            let report = try local.run("report", "utilization", "-o", "csv").output
            #expect(expected.contains { $0.rows > 100 } && report.count > 100)

            let one = try Machine(folder + "/one", feeds: feeds, stores: stores)
            try write(scripts, to: one)
            let sealed = try one.run("archive", "seal", "--remove-local").output
            #expect(sealed.hasSuffix("store: 6 packs put, 6 removed here, 0 refused\n"))
            #expect(try one.rawFiles().isEmpty)
            try one.run("clean")
            try one.run("load")
            #expect(try await one.workshop.fingerprints() == expected)
            #expect(!FileManager.default.fileExists(atPath: folder + "/one/data/flat"))

            let two = try Machine(folder + "/two", feeds: feeds, stores: stores)
            #expect(try two.run("clean").output.contains("clean: 6 slices, 0 changed"))
            try two.run("load")
            #expect(try await two.workshop.fingerprints() == expected)
            #expect(try two.run("report", "utilization", "-o", "csv").output == report)
            #expect(try two.run("archive", "verify").output == "verify: 6 packs, 0 damaged\n")
            #expect(try two.run("explain", "utilization", "--limit", "2").output.contains("record at byte"))
            try two.run("rebuild", "--from", "raw")
            #expect(try await two.workshop.fingerprints() == expected)
            #expect(try two.rawFiles().isEmpty)
        }
    }

    @Test func `a store that is away stops no polling, and what is sealed meanwhile is stored later`() async throws {
        try await withTemporaryFolder { folder in
            let world = try SimulatedWorld(
                configuration: WorldConfiguration(seed: 5, firstDay: Self.first, days: 1, scale: 0.05)
            )
            let server = SimulationServer(world: world) { Self.first.start.adding(seconds: 36_000) }
            let port = try await server.start()
            let feeds = try ["bonn", "kiel"].map { slug in
                var feed = try Workshop.feed("simulation/\(slug)")
                feed.url = "http://127.0.0.1:\(port)/\(slug)"
                return feed
            }
            let address = BucketServer.newAddress()
            let away = "[archive]\nstore = \"\(address)/raw\"\n[object_store]\nendpoint = \"http://127.0.0.1:9\""
            let one = try Machine(folder, feeds: feeds, stores: away)
            let slot = Self.first.start.adding(seconds: 36_000).description
            try one.run("acquire", feeds[0].id.description, feeds[1].id.description, "--once", "--slot", slot)
            try await server.stop()
            #expect(try one.rawFiles().count == 2)
            let error = try one.run("archive", "seal", expecting: 75).error
            #expect(error.contains("error[CHG096]"))
            #expect(try RawArchive(root: folder + "/data/raw").packs().map(\.isSealed) == [true, true])

            let back = try Machine(folder, feeds: feeds, stores: Self.stores(address))
            #expect(try back.run("archive", "seal").output.hasSuffix("store: 2 packs put, 0 removed here, 0 refused\n"))
            #expect(try back.run("archive", "seal").output.hasSuffix("store: 0 packs put, 0 removed here, 0 refused\n"))
            #expect(try back.run("archive", "ls", "-o", "csv").output.components(separatedBy: ",stored,").count == 3)
            try back.run("run")
        }
    }

    @Test func `a slice whose flat file is another one is not loaded`() async throws {
        try await withTemporaryFolder { folder in
            let scripts = try scripts()
            let address = BucketServer.newAddress()
            let stores = try Self.stores(address)
            let one = try Machine(folder + "/one", feeds: scripts.map(\.feed), stores: stores)
            try write(scripts, to: one)
            try one.run("clean")
            try await withObjectStore(
                at: StoreLocation(address + "/flat"),
                settings: ObjectStoreSettings(),
                environment: BucketServer.shared().environment
            ) { store in
                let keys = try await store.list(prefix: "test/a/").objects.map(\.key)
                let file = try keys.first { $0.text.hasSuffix("status_chargingpoints.csv.gz") }.orThrow("file")
                let bytes = try await store.get(file).bytes
                try await store.put(ObjectContent(Array(bytes.dropLast())), at: file)
            }
            #expect(try one.run("load", expecting: 65).error.contains("error[CHG110]"))
        }
    }

    @Test(
        arguments: [("s3://no-such-bucket/raw", 78, "CHG093"), ("s3://X/raw", 78, "CHG090")]
            as [(String, Int32, String)]
    )
    func `a place that cannot be used is an error of the configuration`(
        address: String,
        status: Int32,
        code: String
    ) throws {
        try withTemporaryFolder { folder in
            let stores = """
                [archive]
                store = "\(address)"
                [object_store]
                endpoint = "\(try BucketServer.shared().endpoint)"
                """
            let machine = try Machine(folder, feeds: [], stores: stores)
            for verb in ["ls", "verify", "pull"] {
                let error = try machine.run("archive", verb, expecting: status).error
                #expect(error.contains("error[\(code)]") && error.contains("next:"), "\(error)")
            }
        }
    }
}
