import ChargingModel
import EngineTestSupport
import Foundation
import Simulation
import TestSupport
import Testing
import Warehouse
import chargehouse

/// The same four weeks with faults in all engines: equal tables, and equal answers of every command.
@Suite(
    .enabled(if: Command.newest != nil, "the command is not built: swift build --product chargehouse"),
    .enabled(if: EngineKind.duckDB.isPresent, "no DuckDB library: make setup")
)
struct FourWeeksTests {
    private static let day = "2026-03-29"
    private static let facts = "SELECT * FROM fact_point_status ORDER BY point_id, valid_from LIMIT 200"

    /// What is asked: everything that reads the warehouse.
    private static let questions: [[String]] =
        ["city", "operator", "station", "hour-of-week"].map { ["report", "utilization", "--by", $0, "-o", "json"] }
        + [
            ["report", "utilization"], ["report", "utilization", "--by", "station", "--as-of", "now", "-o", "csv"],
            ["report", "utilization", "--city", "kiel", "-o", "html"], ["report", "history", "--by", "entity"],
            ["report", "history", "--by", "month", "-o", "json"], ["status"], ["status", "-o", "json"],
            ["check", "--all", "--results", "-o", "json", "--now", "2026-04-06T00:00:00Z"],
            ["check", "--now", "2026-04-06T00:00:00Z", "--fail-on", "warn"], ["rejects", "ls"],
            ["rejects", "ls", "-o", "json"], ["rejects", "show", "--limit", "20"],
            ["explain", "utilization", "--city", "kiel", "--day", day, "--tz", "Europe/Berlin"],
            ["explain", "utilization", "--city", "hof", "--day", day, "-o", "json"], ["query", facts, "-o", "json"],
            ["query", "SELECT * FROM nowhere"], ["query", "DELETE FROM fact_point_status"], ["migrate"],
            ["plan", "--detailed-exitcode"], ["rebuild", "--verify", "--from", "flat"],
        ]

    @Test func `four weeks with every fault give equal tables and answers in all engines`() async throws {
        try await withTemporaryFolder { folder in
            let weeks = try await FourWeeks(in: folder)
            #expect(Set(weeks.world.plannedFaults().map(\.fault)) == Set(FeedFault.allCases))
            #expect(Set(weeks.world.events.map(\.kind)) == Set(WorldEvent.Kind.allCases))
            var expected: (tables: [TableFingerprint], answers: [Answer])?
            for kind in EngineKind.present {
                let place = try await WarehousePlace.make(kind, in: folder)
                let command = try weeks.command(on: place)
                let plan = try Answer(to: ["plan"], from: command)
                let load = try command(["load", "--quiet"])
                #expect(load.status == 0, "\(load.error)")
                let answers = try [plan] + Self.questions.map { try Answer(to: $0, from: command) }
                let tables = try await place.fingerprints()
                guard let expected else {
                    Self.expectMuch(tables, answers)
                    expected = (tables, answers)
                    continue
                }
                for (found, wanted) in zip(tables, expected.tables) {
                    #expect(found == wanted, "\(kind), table \(found.table)")
                }
                for (found, wanted) in zip(answers, expected.answers) { Self.expectEqual(found, wanted, kind) }
            }
        }
    }

    /// Neither the tables nor the answers that are compared are empty.
    private static func expectMuch(_ tables: [TableFingerprint], _ answers: [Answer]) {
        #expect(tables.filter { $0.rows > 0 }.count > 20)
        #expect(tables.first { $0.table == "fact_point_status" }?.rows ?? 0 > 2_000)
        for answer in answers { #expect(answer.status != 0 || !answer.output.isEmpty, "\(answer.question)") }
        #expect(answers.filter { $0.status == 0 }.count > questions.count - 5)
        #expect(answers.first?.output.hasPrefix("slices: 84 new, 0 changed, 0 unchanged\n") == true)
        #expect(answers.dropLast().last?.output == "slices: 0 new, 0 changed, 84 unchanged\ntables: no row changes\n")
        #expect(answers.last?.output.hasSuffix("\nequal: \(tables.count) tables\n") == true)
    }

    private static func expectEqual(_ found: Answer, _ wanted: Answer, _ kind: EngineKind) {
        let question = found.question.joined(separator: " ")
        #expect(found.status == wanted.status, "\(kind): \(question): \(found.error)")
        // The first line that differs says more than two long texts.
        let lines = [found.output, wanted.output].map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
        #expect(lines[0].count == lines[1].count, "\(kind): \(question)")
        if let (line, other) = zip(lines[0], lines[1]).first(where: { $0 != $1 }) {
            Issue.record("\(kind): \(question): \(line) (expected \(other))")
        }
    }

    /// What the command says; when a load ran is left out.
    private struct Answer {
        let question: [String]
        let status: Int32
        let output: String
        let error: String

        init(to question: [String], from command: PlacedCommand) throws {
            self.question = question
            let answer = try command(question)
            (status, error) = (answer.status, answer.error)
            output = answer.output.replacing(/"started_at" : "[^"]*"/, with: "")
        }
    }
}
