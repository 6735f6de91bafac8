import ArgumentParser
import ChargingModel
import UnixSignals

/// The command line: argument parsing and wiring, no logic.
@main
struct Chargehouse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chargehouse",
        abstract: "A data warehouse for electric-vehicle charging infrastructure.",
        discussion: """
            Polls public charging feeds, keeps every raw answer, turns the answers into a star schema of status
            intervals, and answers how the infrastructure is used.

            Examples:
              chargehouse demo                              see it work on a simulated world
              chargehouse acquire chargecloud/bonn --once   poll one city now
              chargehouse run                               clean and load what was polled
              chargehouse report utilization --by city      see the result
            """,
        version: Version.text,
        subcommands: [
            DemoCommand.self, FeedCommand.self, AcquireCommand.self, ArchiveCommand.self, CleanCommand.self,
            LoadCommand.self, RunCommand.self, PlanCommand.self, RebuildCommand.self, DiffCommand.self,
            MigrateCommand.self, StatusCommand.self, QueryCommand.self, ReportCommand.self, ExplainCommand.self,
            CheckCommand.self, RejectsCommand.self, PublishCommand.self, DoctorCommand.self, SimulateCommand.self,
            CertifyCommand.self,
            ConfigCommand.self,
        ]
    )

    static func main() async {
        do {
            let command = try parseAsRoot()
            try await run(command)
        } catch let interruption as Interruption {
            Console.error(
                "interrupted by \(interruption.name); what was finished is kept\n  next: the same command again"
            )
            Self.exit(withError: ArgumentParser.ExitCode(interruption.exitCode.rawValue))
        } catch let error as any DescribedError {
            Console.error(error.description)
            Self.exit(withError: ArgumentParser.ExitCode(error.exitCode.rawValue))
        } catch {
            Self.exit(withError: error)
        }
    }

    /// Runs a command until it ends or a signal comes.
    ///
    /// Ctrl-C and SIGTERM cancel it: it finishes what must be whole.
    private static func run(_ command: any ParsableCommand) async throws {
        guard let command = command as? any AsyncParsableCommand else {
            var command = command
            return try command.run()
        }
        let work = MovedCommand(command: command)
        try await withThrowingTaskGroup(of: UnixSignal?.self) { group in
            group.addTask {
                var command = work.command
                try await command.run()
                return nil
            }
            group.addTask {
                for await signal in await UnixSignalsSequence(trapping: .sigint, .sigterm) { return signal }
                return nil
            }
            guard let signal = try await group.next() ?? nil else { return group.cancelAll() }
            group.cancelAll()
            do {
                _ = try await group.next()
            } catch is CancellationError {
            }
            throw Interruption(signal)
        }
    }
}

/// A parsed command on its way into the one task that runs it.
///
/// Invariant: nothing else uses the command after it was wrapped; therefore it may cross to another task.
private struct MovedCommand: @unchecked Sendable {
    let command: any AsyncParsableCommand
}

/// A signal ended a command in good order.
struct Interruption: Error {
    let name: String
    let exitCode: ChargingModel.ExitCode

    init(_ signal: UnixSignal) {
        name = signal == .sigterm ? "SIGTERM" : "Ctrl-C"
        exitCode = signal == .sigterm ? .terminated : .interrupted
    }
}

/// The version of this code.
enum Version {
    static let text = "0.1.0"
}
