import ChargingModel
import Foundation
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

/// `chargehouse publish` as a process: its words, its signals, its death.
@Suite(.serialized, .enabled(if: Command.newest != nil, "the command is not built: swift build --product chargehouse"))
struct PublishCommandTests {
    private func configure(_ workshop: Workshop, warehouse: String? = nil) throws -> [String] {
        let path = workshop.folder + "/chargehouse.toml"
        let place = warehouse ?? workshop.folder + "/warehouse.duckdb"
        try Data("data = \"\(workshop.folder)\"\nwarehouse = \"\(place)\"\n".utf8).write(to: URL(fileURLWithPath: path))
        return ["--config", path]
    }

    private func run(_ arguments: [String]) throws -> (status: Int32, output: String, error: String) {
        try Command.output(arguments, binary: Command.newest.orThrow("the command"))
    }

    @Test func `a summary says what was written, as words or as one JSON object`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = try await MartTests.world(51, days: 2, in: folder).0
            let options = try configure(workshop)
            let first = try run(["publish", "parquet", folder + "/out", "--only", "city"] + options)
            #expect(first.status == 0)
            #expect(first.error.contains("publish: 1 files with "), "\(first.error)")
            let second = try run(["publish", "parquet", folder + "/out", "--only", "city", "--json"] + options)
            #expect(second.output.hasPrefix("{\"parts\":[{\"digest\":\""), "\(second.error)")
            #expect(second.output.contains("\"is_written\":false"))
            #expect(second.output.contains("\"schema\":\"chargehouse.publish/1\""))
            #expect(second.error.isEmpty)
        }
    }

    @Test func `mistakes end in clear errors`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = try await MartTests.world(52, days: 2, in: folder).0
            let options = try configure(workshop)
            let view = try run(["publish", "parquet", folder + "/out", "--only", "citty"] + options)
            #expect(view.status == 64)
            #expect(
                view.error.hasPrefix("error[CHG124]: --only citty: the mart has no such view (expected one of meta, ")
            )
            let server = try configure(workshop, warehouse: "postgresql://ada@localhost/x")
            let copied = try run(["publish", "duckdb", folder + "/x.duckdb"] + server)
            #expect(copied.status == 64)
            #expect(copied.error.contains("error[CHG018]: publish: the warehouse is a server"))
            let none = try configure(workshop, warehouse: folder + "/none.duckdb")
            #expect(try run(["publish", "duckdb", folder + "/x.duckdb"] + none).error.contains("error[CHG083]"))
        }
    }

    @Test(.enabled(if: PostgresServer.runs, "\(PostgresServer.skipReason)"))
    func `a wrong password is told, and never shown`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = try await MartTests.world(53, days: 2, in: folder).0
            let options = try configure(workshop)
            let server = try PostgresServer.shared()
            let database = try server.createDatabase()
            let wrong = "postgresql://keeper:s3cret@127.0.0.1:\(server.port)/\(database)"
            let refused = try run(["publish", "postgresql", wrong] + options)
            #expect(refused.status == 77)
            #expect(!refused.error.contains("s3cret"))
            let right = try run(["publish", "postgresql", server.address(of: database)] + options)
            #expect(right.status == 0, "\(right.error)")
            #expect(right.error.contains("schema chargehouse_mart"))
        }
    }

    @Test func `a full disk keeps the former snapshot`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = try await MartTests.world(54, days: 3, in: folder).0
            let options = try configure(workshop)
            let path = folder + "/snapshot.duckdb"
            #expect(try run(["publish", "duckdb", path] + options).status == 0)
            let before = FileManager.default.contents(atPath: path)
            // A limit on the size of files stands for the end of the disk: the system refuses the write alike.
            let script = "trap '' XFSZ; ulimit -f 600; exec \"$@\""
            let binary = try Command.newest.orThrow("the command")
            let full = try Command.output(
                ["-c", script, "sh", binary, "publish", "duckdb", path] + options,
                binary: "/bin/sh"
            )
            #expect(full.status == 73, "\(full.error)")
            #expect(full.error.contains("error[CHG120]: \(path)"))
            #expect(full.error.contains("kept: what was published before"))
            #expect(FileManager.default.contents(atPath: path) == before)
            #expect(try names(in: folder, with: "publishing").isEmpty)
        }
    }

    @Test func `publishers that are killed leave a whole snapshot, and the next one leaves nothing else`() async throws
    {
        try await withTemporaryFolder { folder in
            let workshop = try await MartTests.world(55, days: 5, in: folder).0
            _ = try configure(workshop)
            let path = folder + "/snapshot.duckdb"
            try await publish(workshop, to: path)
            let first = try await workshop.fingerprints()
            try await PublishTests.removeApril(from: workshop)
            try await workshop.withWarehouse { engine in
                try await engine.transact([.statement("DELETE FROM agg_point_hour WHERE changes > 0")])
            }
            let second = try await workshop.fingerprints()
            #expect(first != second)
            var random = SeededGenerator(seed: 3)
            var unfinished = 0
            for _ in 0..<15 {
                let binary = try Command.newest.orThrow("the command")
                let child = try Command(["publish", "duckdb", path], folder: folder, binary: binary)
                try await Task.sleep(for: .milliseconds(Int.random(in: 20...900, using: &random)))
                child.kill()
                if FileManager.default.fileExists(atPath: path + ".publishing") { unfinished += 1 }
                // A copy is read, so that looking at it changes nothing.
                try? FileManager.default.removeItem(atPath: folder + "/seen.duckdb")
                try FileManager.default.copyItem(atPath: path, toPath: folder + "/seen.duckdb")
                let found = try await workshop.fingerprints("seen.duckdb")
                #expect(found == first || found == second)
            }
            #expect(unfinished > 2, "some were killed while they wrote")
            try await publish(workshop, to: path)
            #expect(try await workshop.fingerprints("snapshot.duckdb") == second)
            #expect(try names(in: folder, with: "publishing").isEmpty)
        }
    }

    @Test func `Ctrl-C gives the new snapshot up and keeps the former one`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = try await MartTests.world(56, days: 4, in: folder).0
            _ = try configure(workshop)
            let path = folder + "/snapshot.duckdb"
            try await publish(workshop, to: path)
            let before = FileManager.default.contents(atPath: path)
            let binary = try Command.newest.orThrow("the command")
            let child = try Command(["publish", "duckdb", path], folder: folder, binary: binary)
            while child.isRunning, !FileManager.default.fileExists(atPath: path + ".publishing") { await Task.yield() }
            child.interrupt()
            #expect(child.wait() == 130)
            #expect(FileManager.default.contents(atPath: path) == before)
            #expect(try names(in: folder, with: "publishing").isEmpty)
        }
    }

    private func publish(_ workshop: Workshop, to path: String) async throws {
        _ = try await DuckDBSnapshot.write(
            from: workshop.folder + "/warehouse.duckdb",
            to: path,
            library: PublishTests.library()
        )
    }

    private func names(in folder: String, with part: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains(part) }
    }
}
