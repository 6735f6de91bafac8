import ChargingModel
import Foundation
import RawArchive
import TestSupport
import Testing
import Warehouse
import WarehouseDuckDB

/// MOBI.E's weekly exports, from their files to the history in the warehouse, by the built command.
@Suite(.enabled(if: Command.isBuilt, "the command is not built: swift build -c release --product chargehouse"))
struct MobieExportTests {
    private static let shared = "payloads/mobie_pt"
    /// Stations whose ids sort before "AM": all weeks, one station in nineteen.
    private static let part = "location_id < 'AM'"

    // MARK: Made up

    /// Three exports, the second nine days after the first, the third 22 days after the second; all made up.
    private static let locations = """
        VALUES ('2021-04-06', 'X-1', 'ABC', 'Rua A ', 'Vila', '38.7', '-9.1', '2021-04-06T01:00:00Z', 'BTN'),
               ('2021-04-06', 'X-2', 'ABC', 'Rua B', 'Vila', '38.8', '-9.2', '2021-04-06T01:00:00Z', 'MT'),
               ('2021-04-15', 'X-1', 'ABC', 'Rua A', 'Vila', '38.7000001', '-9.1', '2021-04-15T01:00:00Z', 'BTN'),
               ('2021-04-15', 'X-2', 'DEF', 'Rua B', 'Vila', '38.9', '-9.2', '2021-04-15T01:00:00Z', 'MT'),
               ('2021-05-07', 'X-1', 'ABC', 'Rua A', 'Vila', '38.7', '-9.1', '2021-05-07T01:00:00Z', 'BTN'),
               ('2021-05-07', 'X-2', 'DEF', 'Rua C', 'Vila', '38.9', '-9.2', '2021-05-07T01:00:00Z', 'MT')
        """

    private static func point(_ date: String, _ number: Int, _ status: String, watts: Int) -> String {
        """
        ('\(date)', 'X-\(number)', 'PT*ABC*X*\(number)', '\(status)', '\(date)T00:30:00Z', '[{"id": "X-\(number)-1", \
        "standard": "CHADEMO", "format": "CABLE", "power_type": "DC", "max_voltage": "500", "max_amperage": "125", \
        "max_electric_power": "\(watts)", "last_updated": "\(date)T00:30:00Z"}]')
        """
    }

    private static let points =
        "VALUES "
        + [
            point("2021-04-06", 1, "CHARGING", watts: 50_000), point("2021-04-06", 2, "UNKWNOWN", watts: 50_000),
            point("2021-04-15", 1, "AVAILABLE", watts: 60_000), point("2021-05-07", 1, "CHARGING", watts: 60_000),
        ].joined(separator: ", ")

    @Test func `made-up exports load with one version a real change, and hold their states by the rules`() async throws
    {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            try await Self.write(Self.locations, Self.points, to: folder, with: workshop)
            #expect(
                try Self.run(["archive", "import", "--feed", "mobie/weekly", folder], folder).contains("3 answers")
            )
            #expect(
                try Self.run(["archive", "import", "--feed", "mobie/weekly", folder], folder).contains("3 were there")
            )
            _ = try Self.run(["run", "--feed", "mobie/weekly"], folder)
            // Station 2 changed operator and place together, then its address; the power of point 1 changed.
            let history = try Self.run(["report", "history", "--by", "entity", "-o", "csv"], folder)
            let rows = history.split(whereSeparator: \.isNewline).map { $0.split(separator: ",").map(String.init) }
            #expect(
                rows.map { Array($0.prefix(9)) } == [
                    [
                        "entity", "objects", "versions", "changed_objects", "changes", "name", "place", "operator",
                        "power",
                    ],
                    ["operator", "2", "2", "0", "0", "0", "0", "0", "0"],
                    ["station", "2", "4", "1", "2", "0", "2", "1", "0"],
                    ["point", "2", "3", "1", "1", "0", "0", "0", "1"],
                    ["connector", "2", "3", "1", "1", "0", "0", "0", "1"],
                ]
            )
            let days = { (status: String, id: String) in
                try await workshop.count(
                    """
                    SELECT COUNT(*) FROM fact_point_status f JOIN dim_status s ON s.status_key = f.status_key
                    JOIN dim_charging_point p ON p.point_sk = f.point_sk
                    WHERE s.code = '\(status)' AND p.source_point_id = '\(id)'
                    """
                )
            }
            // Held for nine days; then one week, since the next export comes after more than three.
            #expect(try await days("charging", "PT*ABC*X*1") == 10)
            #expect(try await days("available", "PT*ABC*X*1") == 7)
            #expect(try await days("unobserved", "PT*ABC*X*1") == 15)
            #expect(try await days("unknown", "PT*ABC*X*2") == 9)
            // Missing from one export; then nothing is known of it.
            #expect(try await days("absent", "PT*ABC*X*2") == 1)
        }
    }

    @Test func `a folder that lacks one of the files is refused, and nothing is imported`() async throws {
        try await withTemporaryFolder { folder in
            try await Self.write(Self.locations, Self.points, to: folder, with: Workshop(folder))
            try FileManager.default.removeItem(atPath: folder + "/evses.parquet")
            let result = try Command.output(["archive", "import", "--feed", "mobie/weekly", folder, "--data", folder])
            #expect(result.status == ChargingModel.ExitCode.badInput.rawValue)
            #expect(result.error.contains("error[CHG045]") && result.error.contains("evses"))
            #expect(try RawArchive(root: folder + "/raw").packs().isEmpty)
        }
    }

    // MARK: Real

    @Test(.enabled(if: SharedData.path(shared) != nil, SharedData.absence(shared)))
    func `real exports give the versions that SQL counts in the files`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            let source = try SharedData.path(Self.shared).orThrow("exports")
            let select = { (name: String) in
                let table = parquetTable(at: "\(source)/\(name)_weekly_2021_2022.parquet")
                return "SELECT * FROM \(table) WHERE \(Self.part)"
            }
            try await Self.write(select("locations"), select("evses"), to: folder, with: workshop)
            let imported = try Self.run(["archive", "import", "--feed", "mobie/weekly", folder], folder)
            #expect(imported.contains("51 answers, 0 missing slots"))
            _ = try Self.run(["run", "--feed", "mobie/weekly"], folder)
            let expectations = MobieExpectations(folder: folder)
            try await workshop.withWarehouse { engine in
                for question in expectations.equalities {
                    let row = try await engine.query(question.sql, []).rows.first.orThrow(question.name)
                    #expect(row[0] == row[1], "\(question.name)")
                }
                for question in expectations.compared {
                    let row = try await engine.query(question.sql, []).rows.first.orThrow(question.name)
                    guard case .integer(let compared) = row[0], case .integer(let all) = row[1] else {
                        throw MissingValue(name: question.name)
                    }
                    print("\(question.name): \(compared) of \(all)")
                    #expect(compared * 4 > all * 3, "\(question.name)")
                }
                for question in expectations.differences {
                    #expect(try await engine.query(question.sql, []).rows == [], "\(question.name)")
                }
            }
        }
    }

    // MARK: Steps

    /// Writes the two files of a folder of exports.
    private static func write(
        _ locations: String,
        _ points: String,
        to folder: String,
        with workshop: Workshop
    ) async throws {
        let columns = [
            "locations": "snapshot_date, location_id, party_id, address, city, lat, lon, last_updated, voltage_level",
            "evses": "snapshot_date, location_id, evse_id, status, last_updated, connectors",
        ]
        try await workshop.withWarehouse("scratch.duckdb") { engine in
            for (name, rows) in [("locations", locations), ("evses", points)] {
                let table = "(\(rows)) x(\(columns[name] ?? ""))"
                let sql = "COPY (SELECT * FROM \(table)) TO '\(folder)/\(name).parquet' (FORMAT parquet)"
                _ = try await engine.query(sql, [])
            }
        }
    }

    private static func run(_ arguments: [String], _ folder: String) throws -> String {
        let result = try Command.output(arguments + ["--data", folder, "--quiet"])
        #expect(result.status == 0, "\(arguments): \(result.error)")
        return result.output
    }
}
