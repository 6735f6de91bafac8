import ChargingModel
import EngineTestSupport
import Foundation
import TestSupport
import Testing
import Warehouse

/// Disks that are full and a server that restarts while a load runs.
@Suite(
    .serialized,
    .enabled(if: Command.newest != nil, "the command is not built: swift build --product chargehouse")
)
struct OutageTests {
    /// A small disk of its own; mounting takes root.
    private static let canMount = geteuid() == 0 && mount(in: nil)

    /// Mounts a disk of 64 MB, or tries only.
    private static func mount(in folder: String?) -> Bool {
        let script =
            folder.map { "mount -t tmpfs -o size=64m,mode=777 tmpfs '\($0)'" }
            ?? "d=$(mktemp -d) && mount -t tmpfs -o size=1m tmpfs \"$d\" && umount \"$d\" && rmdir \"$d\""
        return shell(script) == 0
    }

    private static func shell(_ script: String) -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return -1 }
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test(
        .enabled(if: EngineKind.postgreSQL.isPresent, "\(PostgresServer.skipReason)"),
        .enabled(if: canMount, "mounting a small disk takes root")
    )
    func `a full disk of a PostgreSQL server is named, and with room the same load ends well`() async throws {
        try await withTemporaryFolder { folder in
            let month = try await CorrectedMonth(in: folder, days: 2)
            let server = try PostgresServer.shared()
            let disk = "\(server.folder)/disk"
            try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
            #expect(Self.mount(in: disk))
            try FileManager.default.createDirectory(atPath: disk + "/space", withIntermediateDirectories: true)
            #expect(Self.shell("chown postgres '\(disk)/space'") == 0)
            try server.psql("CREATE TABLESPACE small LOCATION '\(disk)/space'")
            let place = WarehousePlace(database: try server.createDatabase(tablespace: "small"), of: server)
            let command = try MistakeTests.command(place, of: month, in: folder)
            #expect(try command(["migrate"]).status == 0)
            // All but 100 kB.
            let room = "$(($(df -k --output=avail '\(disk)' | tail -1) - 100))"
            #expect(Self.shell("head -c \"\(room)k\" /dev/zero >'\(disk)/ballast'") == 0)
            let full = try command(["load", "--quiet"])
            #expect(full.status == ChargingModel.ExitCode.inputOutput.rawValue)
            #expect(full.error.hasPrefix("error[CHG014]"), "\(full.error)")
            #expect(full.error.contains("(SQLSTATE 53100)"), "\(full.error)")
            #expect(full.error.contains("\n  kept: nothing was changed\n  next: give the server's disk room"))
            try FileManager.default.removeItem(atPath: disk + "/ballast")
            #expect(try command(["load", "--quiet"]).status == 0)
            let other = try await WarehousePlace.make(.duckDB, in: folder)
            try await month.corrected.load(into: other)
            #expect(try await place.fingerprints() == other.fingerprints())
            try place.removeDatabase()
            try server.psql("DROP TABLESPACE small")
            #expect(Self.shell("umount '\(disk)'") == 0)
        }
    }

    @Test(.enabled(if: EngineKind.duckDB.isPresent, "no DuckDB library: make setup"), arguments: [1, 3])
    func `no room for the file of DuckDB is named, and with room the same load ends well`(megabytes: Int) async throws {
        try await withTemporaryFolder { folder in
            let month = try await CorrectedMonth(in: folder, days: 2)
            let place = try await WarehousePlace.make(.duckDB, in: folder)
            let command = try MistakeTests.command(place, of: month, in: folder)
            let other = try await WarehousePlace.make(.duckDB, in: folder)
            try await month.corrected.load(into: other)
            // No file that the command writes may grow beyond the limit; without the signal the write itself fails.
            let script = "trap '' XFSZ; ulimit -f \(megabytes * 2_048); exec \"$@\""
            let call = ["-c", script, "sh", command.binary, "load", "--quiet", "--config", command.configuration]
            let full = try Command.output(call, binary: "/bin/sh")
            #expect(full.status == ChargingModel.ExitCode.inputOutput.rawValue, "\(full.error)")
            #expect(full.error.contains("File too large"), "\(full.error)")
            #expect(full.error.contains("\n  next: free space on the disk of the warehouse"), "\(full.error)")
            #expect(try command(["load", "--quiet"]).status == 0)
            #expect(try await place.fingerprints() == other.fingerprints())
        }
    }

    @Test(.enabled(if: EngineKind.postgreSQL.isPresent, "\(PostgresServer.skipReason)"))
    func `a PostgreSQL server that restarts in the middle of a load ends it clearly, and the next one heals`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let month = try await CorrectedMonth(in: folder, days: 2)
            let server = try PostgresServer.start()
            let place = WarehousePlace(database: try server.createDatabase(), of: server)
            try await month.former.load(into: place)
            let before = try await place.fingerprints()
            _ = try MistakeTests.command(place, of: month, in: folder, file: "chargehouse.toml")
            for table in ["fact_point_status", "etl_poll"] {
                let held = try place.hold(table)
                let child = try Command(["load", "--quiet"], folder: folder, binary: Command.newest.orThrow("command"))
                while try child.isRunning && !place.isAwaited() { await Task.yield() }
                try server.restart()
                #expect(child.wait() == ChargingModel.ExitCode.unavailable.rawValue, "\(child.errorText)")
                #expect(child.errorText.hasPrefix("error[CHG019]: postgresql://"), "\(child.errorText)")
                #expect(child.errorText.contains("the connection was lost"))
                #expect(child.errorText.contains("\n  kept: nothing was changed"))
                #expect(child.errorText.contains("\n  next: the same command again, when the server is back"))
                try held.release()
                #expect(try await place.fingerprints() == before, "\(table)")
            }
            let child = try Command(["load", "--quiet"], folder: folder, binary: Command.newest.orThrow("command"))
            #expect(child.wait() == 0)
            let other = try await WarehousePlace.make(.duckDB, in: folder)
            try await month.corrected.load(into: other)
            #expect(try await place.fingerprints() == other.fingerprints())
        }
    }
}
