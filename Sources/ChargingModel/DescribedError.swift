/// An error that names its subject, what was found and expected, what was kept and what to do next.
///
/// Each room has one type that conforms. Codes are listed in `docs/reference/errors.md` and never re-used:
/// 01x warehouse, 02x acquisition, 03x cleaning, 04x raw archive, 05x sources, 06x analytics and reporting,
/// 07x simulation, 08x configuration and command line, 09x object store, 10x lineage, 11x publishing.
public protocol DescribedError: Error, Sendable, CustomStringConvertible {
    /// `CHG021`.
    var code: String { get }
    /// What it happened to: `chargecloud/koeln 2026-03-02T10:20:00Z`.
    var subject: String { get }
    /// What happened: found and expected.
    var detail: String { get }
    /// What was kept, where something was.
    var kept: String? { get }
    /// The next command, where there is one.
    var remedy: String? { get }
    /// The exit code of a command that ends with this error (`docs/reference/exit-codes.md`).
    var exitCode: ExitCode { get }
}

extension DescribedError {
    /// Nothing to say, where a type does not say otherwise.
    public var kept: String? { nil }

    /// The error as text of up to three lines: what happened, what was kept and what to do next.
    public var description: String {
        var lines = ["error[\(code)]: \(subject): \(detail)"]
        if let kept { lines.append("  kept: \(kept)") }
        if let remedy { lines.append("  next: \(remedy)") }
        return lines.joined(separator: "\n")
    }
}

/// The exit codes of the command line, after BSD `sysexits.h` and the needs of schedulers.
public enum ExitCode: Int32, CaseIterable, Sendable {
    case ok = 0
    case failure = 1
    case changesPending = 2
    case partial = 3
    case qualityGateFailed = 4
    case usage = 64
    case badInput = 65
    case unavailable = 69
    case internalFault = 70
    case cannotCreate = 73
    case inputOutput = 74
    case temporary = 75
    case noPermission = 77
    case configuration = 78
    case interrupted = 130
    case terminated = 143
}
