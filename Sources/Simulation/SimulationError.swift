public import ChargingModel

/// An error met while building or serving a simulated world.
public struct SimulationError: DescribedError, Hashable {
    /// `CHG070` … `CHG074`.
    public let code: String
    /// What it happened to.
    public let subject: String
    /// Found and expected.
    public let detail: String
    /// The next command, where there is one.
    public let remedy: String?
    /// The exit code of a command that ends with this error.
    public let exitCode: ExitCode

    static func configuration(_ subject: String, _ detail: String) -> SimulationError {
        SimulationError(
            code: "CHG070",
            subject: "simulation: \(subject)",
            detail: detail,
            remedy: "chargehouse simulate --help",
            exitCode: .usage
        )
    }

    static func unknownCity(_ slug: String) -> SimulationError {
        SimulationError(
            code: "CHG071",
            subject: "simulation: city \"\(slug.prefix(80))\"",
            detail: "no such city (expected one of the 38 slugs, for example \"koeln\")",
            remedy: nil,
            exitCode: .badInput
        )
    }

    static func unknownPoint(_ uid: String) -> SimulationError {
        SimulationError(
            code: "CHG072",
            subject: "simulation: point \"\(uid.prefix(80))\"",
            detail: "no such point in this world (expected the uid of an answer)",
            remedy: nil,
            exitCode: .badInput
        )
    }

    static func outsideTime(_ time: UTCTime, _ start: UTCTime, _ end: UTCTime) -> SimulationError {
        SimulationError(
            code: "CHG073",
            subject: "simulation: time \(time)",
            detail: "outside the simulated time (expected \(start) or later, and before \(end))",
            remedy: "chargehouse simulate --help",
            exitCode: .badInput
        )
    }

    static func server(_ detail: String) -> SimulationError {
        SimulationError(
            code: "CHG074",
            subject: "simulation: server",
            detail: detail,
            remedy: nil,
            exitCode: .unavailable
        )
    }
}
