public import ChargingModel

/// An error met while deriving or writing a slice.
public struct CleaningError: DescribedError {
    public let code: String
    public let subject: String
    public let detail: String
    public let kept: String?
    public let remedy: String?
    public let exitCode: ExitCode

    static func noAdapter(_ feed: FeedID, adapter: String) -> CleaningError {
        CleaningError(
            code: "CHG030",
            subject: feed.description,
            detail: "adapter \"\(adapter)\" is unknown (expected one that this version has)",
            kept: "the raw packs",
            remedy: "chargehouse feed list",
            exitCode: .configuration
        )
    }

    package static func unknownFeed(_ feed: FeedID) -> CleaningError {
        CleaningError(
            code: "CHG031",
            subject: feed.description,
            detail: "the archive has packs of a feed that no descriptor describes (expected one in the catalogue)",
            kept: "the raw packs",
            remedy: "add a descriptor to a file named by `feeds` in the configuration, then chargehouse clean",
            exitCode: .configuration
        )
    }

    static func cannotWrite(_ path: String, reason: String) -> CleaningError {
        CleaningError(
            code: "CHG032",
            subject: path,
            detail: "cannot write: \(reason)",
            kept: "the slice as it was before",
            remedy: "free space or correct the permissions, then chargehouse clean",
            exitCode: .cannotCreate
        )
    }

    static func badManifest(_ path: String, reason: String) -> CleaningError {
        CleaningError(
            code: "CHG033",
            subject: path,
            detail: "the slice's manifest cannot be read: \(reason)",
            kept: "the raw packs",
            remedy: "delete the folder of the slice, then chargehouse clean",
            exitCode: .badInput
        )
    }
}
