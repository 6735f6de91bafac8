import ChargingModel
import Cleaning
import Foundation
import Lineage
import RawArchive
import Sources
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

/// What changes a warehouse is told before, and why, after.
@Suite struct ChangeTests {
    private static let start = SpelledFeed.day.start
    private static let mine = """
        {"family": "chargecloud", "version": 1, "statuses": [{"text": "KAPUTT", "status": "outOfOrder"}]}
        """

    private func library() throws -> DuckDBLibrary {
        try DuckDBLibrary.locate(
            environment: ProcessInfo.processInfo.environment,
            workingDirectory: PackageRoot.path
        )
    }

    /// A folder with a configuration, raw packs of two days, and a warehouse that `run` made.
    private func installation(_ folder: String) throws -> (workshop: Workshop, feed: SpelledFeed) {
        let spelled = try SpelledFeed("test/spelled")
        try Command.writeDescriptors([spelled.feed], to: folder)
        try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
        let workshop = Workshop(folder + "/data")
        let days = [Self.start, SpelledFeed.day.next.start]
        for day in days {
            let texts: [String?] = ["AVAILABLE", "CHARGING", "KAPUTT", "AVAILABLE"]
            try spelled.archive(SpelledFeed.polls(from: day, texts), in: workshop)
        }
        let result = try run("run", folder)
        #expect(result.status == 0, "\(result.error)")
        return (workshop, spelled)
    }

    private func run(_ words: String, _ folder: String) throws -> (status: Int32, output: String, error: String) {
        let binary = try Command.newest.orThrow("chargehouse")
        let arguments = words.split(separator: " ").map(String.init)
        return try Command.output(
            arguments + ["--config", folder + "/chargehouse.toml", "--quiet"],
            binary: binary
        )
    }

    private func addMap(_ folder: String) throws {
        try Data(Self.mine.utf8).write(to: URL(fileURLWithPath: folder + "/mine.json"))
        let path = folder + "/chargehouse.toml"
        let text = "status_maps = [\"\(folder)/mine.json\"]\n" + (try String(contentsOfFile: path, encoding: .utf8))
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    @Test(.enabled(if: Command.newest != nil, "the command is not built"))
    func `a new status text makes the slices stale that the plan names, and a run heals them`() async throws {
        try await withTemporaryFolder { folder in
            let (workshop, spelled) = try installation(folder)
            let unknown = "SELECT COUNT(*) FROM fact_point_status WHERE status_key = 9"
            let broken = "SELECT COUNT(*) FROM fact_point_status WHERE status_key = 6"
            #expect(try await workshop.count(unknown) == 2)
            #expect(try run("plan --detailed-exitcode", folder).status == 0)
            let before = try await workshop.fingerprints()
            try addMap(folder)

            let plan = try run("plan --detailed-exitcode --output json", folder)
            #expect(plan.status == ExitCode.changesPending.rawValue, "\(plan.error)")
            let document = try JSONSerialization.jsonObject(with: Data(plan.output.utf8)) as? [String: Any]
            let slices = try #require(document?["slices"] as? [[String: Any]])
            #expect(slices.map { $0["state"] as? String } == ["changed", "changed"])
            #expect(slices.allSatisfy { $0["reason"] as? String == "statuses changed" })
            let tables = try #require(document?["tables"] as? [[String: Any]])
            let facts = try #require(tables.first { $0["table"] as? String == "fact_point_status" })
            // Two intervals get another status; all other rows of the slices name another load.
            #expect(facts["added"] as? Int == 0 && facts["removed"] as? Int == 0 && facts["changed"] as? Int == 2)
            #expect(facts["reloaded"] as? Int == (facts["left_rows"] as? Int ?? 0) - 2)
            #expect(try await workshop.fingerprints() == before, "a plan changes nothing")

            let healed = try run("run", folder)
            #expect(healed.status == 0, "\(healed.error)")
            #expect(try await workshop.count(unknown) == 0)
            #expect(try await workshop.count(broken) == 2)
            let map =
                "SELECT COUNT(*) FROM map_status WHERE raw_status = 'KAPUTT' AND status_key = 6"
                + " AND map_version = 'chargecloud 1 + mine 1'"
            #expect(try await workshop.count(map) == 1)
            let log =
                "SELECT COUNT(*) FROM etl_load WHERE reason = 'statuses changed'"
                + " AND status_map = 'chargecloud 1 + mine 1' AND adapter = 'chargecloud-poi' AND mapping_version = 2"
            #expect(try await workshop.count(log) == 2)
            #expect(try run("plan --detailed-exitcode", folder).status == 0)
            _ = spelled
        }
    }

    @Test(.enabled(if: Command.newest != nil, "the command is not built"))
    func `late raw makes its day changed, and the day after by what it carries`() throws {
        try withTemporaryFolder { folder in
            let (workshop, spelled) = try installation(folder)
            let late = SpelledFeed.polls(from: Self.start.adding(seconds: 7_200), ["CHARGING"])
            try spelled.archive(late, in: workshop)
            let plan = try run("plan --detailed-exitcode", folder)
            #expect(plan.status == ExitCode.changesPending.rawValue)
            #expect(plan.output.contains("slices: 0 new, 2 changed, 0 unchanged"))
            #expect(plan.output.contains("\(SpelledFeed.day) test/spelled  raw changed\n"))
            #expect(plan.output.contains("\(SpelledFeed.day.next) test/spelled  carry changed\n"))
            #expect(plan.output.contains("etl_poll: 1 added, 0 changed, 0 removed\n"), "\(plan.output)")
            let third = SpelledFeed.day.next.next.start
            try spelled.archive(SpelledFeed.polls(from: third, ["AVAILABLE"]), in: workshop)
            let next = try run("plan", folder)
            #expect(next.output.contains("\(third.day) test/spelled  new\n") && next.status == 0, "\(next.output)")
        }
    }

    @Test(.enabled(if: Command.newest != nil, "the command is not built"), arguments: ["raw", "flat"])
    func `a rebuild equals the live warehouse, and heals a row that was changed by hand`(origin: String) async throws {
        try await withTemporaryFolder { folder in
            let (workshop, _) = try installation(folder)
            let live = try await workshop.fingerprints()
            let equal = try run("rebuild --verify --from \(origin)", folder)
            #expect(equal.status == 0 && equal.output.contains("equal: "), "\(equal.output)\(equal.error)")
            try await workshop.withWarehouse { engine in
                try await engine.transact([.statement("UPDATE fact_point_status SET observations = 77")])
            }
            let different = try run("rebuild --verify --from \(origin)", folder)
            #expect(different.status == ExitCode.qualityGateFailed.rawValue)
            #expect(different.output.contains("≠  fact_point_status:"), "\(different.output)")
            #expect(try await workshop.fingerprints() != live, "verifying changes nothing")
            let rebuilt = try run("rebuild --from \(origin)", folder)
            #expect(rebuilt.status == 0, "\(rebuilt.error)")
            #expect(try await workshop.fingerprints() == live)
            let flat = folder + "/data/flat"
            let names = "SELECT COUNT(*) FROM etl_load WHERE manifest_uri LIKE '\(flat)/test/spelled/%/manifest.json'"
            #expect(try await workshop.count(names) == 2)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder + "/data").sorted()
            #expect(left == ["flat", "raw", "warehouse.duckdb"])
            #expect(try run("plan --detailed-exitcode", folder).status == 0)
        }
    }

    @Test(.enabled(if: Command.newest != nil, "the command is not built"))
    func `a rebuild that fails leaves the old warehouse, and what a killed one left is cleared`() async throws {
        try await withTemporaryFolder { folder in
            let (workshop, spelled) = try installation(folder)
            let live = try await workshop.fingerprints()
            let pack = "\(folder)/data/raw/" + RawArchive.packName(spelled.feed.id, SpelledFeed.day)
            let whole = try Data(contentsOf: URL(fileURLWithPath: pack))
            var torn = whole
            torn[40] ^= 0xFF
            try torn.write(to: URL(fileURLWithPath: pack))
            try Data("half".utf8).write(to: URL(fileURLWithPath: folder + "/data/warehouse.duckdb.rebuild"))
            let failed = try run("rebuild", folder)
            #expect(failed.status == ExitCode.badInput.rawValue, "\(failed.error)")
            #expect(try await workshop.fingerprints() == live)
            try whole.write(to: URL(fileURLWithPath: pack))
            try Data("half".utf8).write(to: URL(fileURLWithPath: folder + "/data/warehouse.duckdb.rebuild"))
            #expect(try run("rebuild", folder).status == 0)
            #expect(try await workshop.fingerprints() == live)
        }
    }

    @Test(.enabled(if: Command.newest != nil, "the command is not built"))
    func `explain answers on the command line, as text and as JSON`() throws {
        try withTemporaryFolder { folder in
            _ = try installation(folder)
            let text = try run("explain utilization --station 1 --day \(SpelledFeed.day)", folder)
            #expect(text.status == 0 && text.output.contains("/data/1/evses/0/status: \"CHARGING\" → charging"))
            let json = try run("explain utilization --point 11 --day \(SpelledFeed.day) -o json", folder)
            let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            #expect(document?["schema"] as? String == "chargehouse.explain/1")
            let local = try run("explain utilization --day 2026-03-18 --tz Europe/Berlin", folder)
            #expect(local.output.contains("2026-03-17T23:00:00Z to 2026-03-18T23:00:00Z"))
            #expect(try run("explain utilization --point nowhere", folder).status == ExitCode.usage.rawValue)
            #expect(try run("explain row dim_hour tz_name=UTC", folder).status == ExitCode.usage.rawValue)
        }
    }

    @Test func `an exchanged file keeps the old one and its log until the end, and leaves no log beside the new one`()
        throws
    {
        try withTemporaryFolder { folder in
            let place = FileReplacement(path: folder + "/w.duckdb")
            let write = { (path: String, text: String) in
                try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            }
            let names = { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
            try write(place.newPath, "half")
            try place.begin()
            #expect(try names() == [])
            try write(place.path, "old")
            try write(place.path + ".wal", "log")
            try write(place.newPath, "new")
            try place.exchangeFile()
            #expect(try names() == ["w.duckdb", "w.duckdb.before", "w.duckdb.before.wal"])
            #expect(try String(contentsOfFile: place.path, encoding: .utf8) == "new")
            #expect(try String(contentsOfFile: place.formerPath, encoding: .utf8) == "old")
            try place.finish()
            #expect(try names() == ["w.duckdb"])
            let error = try #require(throws: LineageError.self) { try place.exchangeFile() }
            #expect(error.code == "CHG103")
            #expect(try String(contentsOfFile: place.path, encoding: .utf8) == "new", "nothing to put in its place")
        }
    }

    @Test func `two warehouses are compared row by row, without the columns of wall time`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let spelled = try SpelledFeed("test/spelled")
            try spelled.archive(SpelledFeed.polls(from: Self.start, ["AVAILABLE", "CHARGING"]), in: workshop)
            let manifests = try await workshop.clean([spelled.feed]).map(\.manifest)
            for name in ["a.duckdb", "b.duckdb"] { try await workshop.load(manifests, into: name) }
            let (left, right) = ("\(folder)/a.duckdb", "\(folder)/b.duckdb")
            try await workshop.withWarehouse("b.duckdb") { engine in
                try await engine.transact([.statement("UPDATE etl_load SET host = 'other', reason = 'raw changed'")])
            }
            #expect(try await DuckDBComparison.run(left, right, library: library()).isEqual)
            try await workshop.withWarehouse("b.duckdb") { engine in
                try await engine.transact([
                    .statement("DELETE FROM fact_point_status WHERE status_key = 2"),
                    .statement("UPDATE dim_charging_point SET is_current = FALSE WHERE source_point_id = '11'"),
                    .statement(
                        """
                        INSERT INTO dim_city (city_key, city_id, name, country, tz_name)
                        VALUES (1, 'xx/y', 'Y', 'XX', 'UTC')
                        """
                    ),
                    .statement("INSERT INTO etl_poll SELECT * FROM etl_poll"),
                ])
            }
            let difference = try await DuckDBComparison.run(left, right, library: library(), examples: 2)
            let changes = difference.tables.filter { !$0.isEqual }.map { table in
                "\(table.table) +\(table.added) -\(table.removed) ~\(table.changed) =\(table.reloaded) closed \(table.closed ?? -1)"
            }
            #expect(
                changes == [
                    "dim_city +1 -0 ~0 =0 closed -1", "dim_charging_point +0 -0 ~1 =0 closed 1",
                    "fact_point_status +0 -1 ~0 =0 closed -1", "etl_poll +2 -0 ~0 =0 closed -1",
                ]
            )
            let fact = try #require(difference.tables.first { $0.table == "fact_point_status" })
            #expect(fact.examples.first?.side == "left" && fact.leftFingerprint != fact.rightFingerprint)
            let only = try await DuckDBComparison.run(left, right, library: library(), table: "dim_city")
            #expect(only.tables.map(\.table) == ["dim_city"])
        }
    }

    @Test func `rulebooks tell every status once, and a new version replaces the rows at the next load`() async throws {
        let rows = Rulebooks.current.rows
        #expect(Set(rows.map(\.rulebook)) == ["default", "market", "nevi_cec", "uk_2023"])
        #expect(rows.count == 4 * ChargingStatus.allCases.count)
        #expect(Set(rows.map { "\($0.rulebook) \($0.status)" }).count == rows.count)
        for row in rows where row.rulebook == "default" { #expect(row.statusClass == row.status.category.rawValue) }
        #expect(rows.allSatisfy { $0.alternative == nil || $0.judgement != nil })
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            try await workshop.load([])
            let current = "SELECT COUNT(*) FROM map_rulebook WHERE version = \(Rulebooks.current.version)"
            #expect(try await workshop.count(current) == 44)
            try await workshop.withWarehouse { engine in
                try await engine.transact([.statement("UPDATE map_rulebook SET version = 0, class = 'old'")])
            }
            try await workshop.load([])
            #expect(try await workshop.count(current + " AND class <> 'old'") == 44)
        }
    }
}
