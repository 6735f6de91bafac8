public import ChargingModel

/// An error met while polling feeds.
///
/// Only ``Code/archiveUnwritable`` and ``Code/unusableFeeds`` are thrown; the others are the findings of single polls,
/// recorded and logged under their code, and never stop a round.
public struct AcquisitionError: DescribedError {
    /// The codes of the room.
    public struct Code: Hashable, Sendable {
        /// `CHG020`.
        public let text: String

        /// A capture could not be written.
        public static let archiveUnwritable = Code(text: "CHG020")
        /// Another HTTP status than 200 and 304.
        public static let httpStatus = Code(text: "CHG021")
        /// No whole answer in time.
        public static let timeout = Code(text: "CHG022")
        /// No connection, or it broke.
        public static let connectionFailed = Code(text: "CHG023")
        /// TLS failed.
        public static let tlsFailed = Code(text: "CHG024")
        /// The answer is too large, pages or redirects without end.
        public static let unboundedAnswer = Code(text: "CHG025")
        /// The answer is not what the feed's format says, or cannot be trusted.
        public static let unusableAnswer = Code(text: "CHG026")
        /// The host is left alone after failures in a row.
        public static let hostClosed = Code(text: "CHG027")
        /// The request cannot be made: no credential, or an address that cannot be used.
        public static let unusableRequest = Code(text: "CHG028")
        /// The list of feeds cannot be polled: empty, a name twice, an interval that is not positive.
        public static let unusableFeeds = Code(text: "CHG029")
    }

    /// Which of the codes.
    public let kind: Code
    /// The feed and slot, host or setting that the error is about.
    public let subject: String
    /// What was found and what was expected.
    public let detail: String
    /// What was kept; `nil` where there is nothing to say.
    public let kept: String?
    /// The next command or step; `nil` where there is none.
    public let remedy: String?
    /// The error underneath, where there is one.
    public let underlying: (any Error)?

    /// The documented code, for example `CHG020`.
    public var code: String { kind.text }

    /// The exit code of a command that ends with this error.
    public var exitCode: ExitCode {
        switch kind {
        case .archiveUnwritable: .inputOutput
        case .unusableFeeds: .configuration
        default: .unavailable
        }
    }
}

extension AcquisitionError {
    static func archiveUnwritable(feed: FeedID, slot: UTCTime, underlying: any Error) -> AcquisitionError {
        let described = underlying as? any DescribedError
        let cause = described.map { "\($0.subject): \($0.detail) [\($0.code)]" } ?? String(describing: underlying)
        return AcquisitionError(
            kind: .archiveUnwritable,
            subject: "\(feed) \(slot)",
            detail: "the capture could not be archived: \(cause) (expected a writable archive)",
            kept: "all captures before this one; acquisition stops rather than lose answers",
            remedy: described?.remedy ?? "chargehouse doctor",
            underlying: underlying
        )
    }

    static func unusableFeeds(_ subject: String, _ detail: String) -> AcquisitionError {
        AcquisitionError(
            kind: .unusableFeeds,
            subject: subject,
            detail: detail,
            kept: nil,
            remedy: "chargehouse feed list",
            underlying: nil
        )
    }
}

extension PollOutcome {
    /// The code under which a poll with this outcome is logged; `nil` for `ok`.
    ///
    /// A `skipped` poll that was never possible is logged as ``AcquisitionError/Code/unusableRequest`` instead.
    public var acquisitionCode: AcquisitionError.Code? {
        switch self {
        case .ok, .missing: nil
        case .httpError: .httpStatus
        case .timeout: .timeout
        case .connectionFailed: .connectionFailed
        case .tlsFailed: .tlsFailed
        case .tooLarge, .redirectLoop: .unboundedAnswer
        case .malformed, .suspect: .unusableAnswer
        case .skipped: .hostClosed
        }
    }
}
