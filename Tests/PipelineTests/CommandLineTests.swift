import ChargingModel
import Foundation
import RawArchive
import TestSupport
import Testing

/// What every command promises: an example in its help, errors that say what to do, exit codes of the documentation.
@Suite(.enabled(if: Command.isBuilt, "the command is not built: swift build -c release --product chargehouse"))
struct CommandLineTests {
    @Test func `the help of every command has an example of itself`() throws {
        var waiting: [[String]] = [[]]
        var seen = 0
        while let words = waiting.popLast() {
            let help = try Command.output(words + ["--help"])
            #expect(help.status == 0)
            let name = (["chargehouse"] + words).joined(separator: " ")
            let examples = help.output.components(separatedBy: "Examples:\n").dropFirst().joined()
            #expect(examples.contains("  \(name)"), "\(name)")
            waiting += Self.subcommands(in: help.output).map { words + [$0] }
            seen += 1
        }
        #expect(seen > 20)
    }

    private static func subcommands(in help: String) -> [String] {
        guard let list = help.components(separatedBy: "SUBCOMMANDS:\n").dropFirst().first else { return [] }
        return list.split(separator: "\n", omittingEmptySubsequences: false)
            .prefix { $0.hasPrefix("  ") }
            .filter { !$0.hasPrefix("   ") }
            .compactMap { $0.split { " ,".contains($0) }.first.map(String.init) }
    }

    struct Failure: CustomTestStringConvertible {
        let arguments: String
        let exitCode: ChargingModel.ExitCode
        let says: String
        var testDescription: String { arguments }
    }

    @Test(arguments: [
        Failure(arguments: "status --frobnicate", exitCode: .usage, says: "frobnicate"),
        Failure(arguments: "report utilization --by moon", exitCode: .usage, says: "moon"),
        Failure(arguments: "clean --since 2026-03-02 --until 2026-03-01", exitCode: .usage, says: "2026-03-02"),
        Failure(
            arguments: "acquire chargecloud/atlantis --once",
            exitCode: .usage,
            says: "chargecloud/atlantis"
        ),
        Failure(arguments: "feed show chargecloud/atlantis", exitCode: .usage, says: "feed list"),
        Failure(arguments: "status --config /nowhere/c.toml", exitCode: .configuration, says: "/nowhere/c.toml"),
        Failure(arguments: "report utilization --by city", exitCode: .unavailable, says: "chargehouse run"),
        Failure(arguments: "query SELECT", exitCode: .unavailable, says: "there is no warehouse yet"),
        Failure(arguments: "archive show chargecloud/bonn 2026-03-01", exitCode: .badInput, says: "archive ls"),
    ])
    func `a failure has the documented exit code and names what it is about`(failure: Failure) throws {
        try withTemporaryFolder { folder in
            let words = failure.arguments.split(separator: " ").map(String.init) + ["--data", folder + "/data"]
            let result = try Command.output(words)
            #expect(result.status == failure.exitCode.rawValue)
            #expect(result.error.contains(failure.says), "\(result.error)")
            #expect(result.error.hasPrefix("error[CHG") || failure.exitCode == .usage)
        }
    }

    @Test func `a faulty configuration is refused with its place`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/chargehouse.toml"
            try Data("data = \"x\"\n[acquire]\nevery = 12\n".utf8).write(to: URL(fileURLWithPath: path))
            let result = try Command.output(["status", "--config", path])
            #expect(result.status == ChargingModel.ExitCode.configuration.rawValue)
            #expect(result.error.contains(path) && result.error.contains("every"))
        }
    }

    @Test func `a query cannot change the warehouse`() async throws {
        try await withTemporaryFolder { folder in
            let workshop = Workshop(folder)
            try await workshop.load([])
            let sql = "DELETE FROM dim_status"
            let result = try Command.output(["query", sql, "--data", folder])
            #expect(result.status != 0)
            #expect(try await workshop.count("SELECT COUNT(*) FROM dim_status") == 11)
            let answer = try Command.output(["query", "SELECT 40 + 2 AS answer", "--data", folder, "-o", "json"])
            #expect(answer.status == 0 && answer.output.contains("42"))
        }
    }
}
