import Acquisition
import ChargingModel
import Dispatch
import Foundation
import Logging
import RawArchive
import Sources

/// Wires acquisition to the raw archive.
struct Collector {
    let settings: Settings
    let logger: Logger
    /// `host:pid`: who polled.
    let name = "\(ProcessInfo.processInfo.hostName):\(ProcessInfo.processInfo.processIdentifier)"

    /// The configuration of acquisition.
    ///
    /// - Throws: where a public server would be asked without a contact in the `User-Agent`.
    func configuration(for feeds: [FeedDescriptor]) throws -> AcquisitionConfiguration {
        let isPublic = feeds.contains { !$0.url.hasPrefix("http://127.0.0.1") && !$0.url.hasPrefix("http://localhost") }
        if isPublic, settings.contact == nil {
            throw ConfigurationError(
                code: "CHG085",
                subject: "contact",
                detail: "no contact is configured (expected an e-mail or web address for the User-Agent of polls)",
                remedy:
                    "CHARGEHOUSE_CONTACT=you@example.org chargehouse acquire …, or contact = \"…\" in chargehouse.toml"
            )
        }
        var configuration = AcquisitionConfiguration(
            version: Version.text,
            contact: settings.contact ?? "no contact: loopback only",
            collector: name
        )
        configuration.limits.requestDeadline = .seconds(settings.requestDeadlineSeconds)
        configuration.limits.connectDeadline = .seconds(settings.connectDeadlineSeconds)
        configuration.limits.maximumPageBytes = settings.maximumPageMegabytes << 20
        configuration.politeness.overallLimit = settings.concurrency
        configuration.politeness.hostLimit = settings.hostConcurrency
        configuration.politeness.hostSpacing = .milliseconds(settings.hostSpacingMilliseconds)
        configuration.trustRootsFile = settings.trustRootsFile
        return configuration
    }

    /// The feeds as poll targets.
    ///
    /// A credential comes from the environment: `CHARGEHOUSE_KEY_<FEED>`, the feed's id in capitals with `_` for
    /// everything else.
    func targets(_ feeds: [FeedDescriptor]) throws -> [PollTarget] {
        try feeds.map { feed in
            let suffix = feed.id.description.uppercased().map { $0.isLetter || $0.isNumber ? String($0) : "_" }
            let key = ProcessInfo.processInfo.environment["CHARGEHOUSE_KEY_" + suffix.joined()]
            return PollTarget(
                feed: feed,
                adapter: try AdapterRegistry.builtIn.adapter(for: feed),
                credential: key.map { Secret($0) }
            )
        }
    }

    /// A store that appends on threads of its own, since appending blocks.
    func store(_ writer: ArchiveWriter) -> CaptureStore {
        let queue = DispatchQueue(label: "chargehouse.archive", attributes: .concurrent)
        let logger = logger
        return CaptureStore(
            append: { capture in
                let receipt = try await queue.run { try writer.append(capture) }
                logger.debug(
                    "capture acknowledged",
                    metadata: [
                        "feed.id": "\(capture.poll.feed)", "slot": "\(capture.poll.slot)",
                        "outcome": "\(capture.poll.outcome.rawValue)", "bytes.written": "\(receipt.bytesWritten)",
                    ]
                )
                if let tail = receipt.tornTail {
                    logger.warning(
                        "a torn tail was cut",
                        metadata: ["feed.id": "\(capture.poll.feed)", "bytes.cut": "\(tail.bytesCut)"]
                    )
                }
            },
            // The first poll of a feed after a start asks for the whole answer: the archive does not know whether the
            // last one was usable.
            validators: { _, _, _ in nil }
        )
    }
}

extension DispatchQueue {
    /// Runs blocking work off the cooperative pool.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            async { continuation.resume(with: Result { try work() }) }
        }
    }
}
