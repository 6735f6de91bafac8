import ChargingModel
import Logging
import RawArchive

extension Poller {
    /// Logs and remembers how a poll ended.
    func note(_ report: PollReport, _ draft: CaptureDraft) {
        let record = report.record
        let failuresBefore = memory.record(
            record.feed,
            day: record.slot.day,
            outcome: record.outcome,
            answer: draft.answer
        )
        guard let code = report.code else {
            if failuresBefore > 0 {
                logger.notice(
                    "feed recovered",
                    metadata: [
                        "feed.id": "\(record.feed)", "slot": "\(record.slot)", "polls.failed": "\(failuresBefore)",
                    ]
                )
            }
            return
        }
        var metadata: Logger.Metadata = [
            "error.code": "\(code.text)",
            "feed.id": "\(record.feed)",
            "slot": "\(record.slot)",
            "outcome": "\(record.outcome.rawValue)",
            "detail": "\(record.detail ?? "")",
            "attempts": "\(record.attempts)",
        ]
        if let status = record.httpStatus { metadata["http.status"] = "\(status)" }
        // The opening of a breaker is one warning; the polls that it keeps back are counted in the round's line.
        logger.log(level: code == .hostClosed ? .debug : .warning, "poll failed", metadata: metadata)
    }

    /// Logs that a host's breaker opened.
    func note(host: String, opened: Bool) {
        guard opened else { return }
        logger.warning(
            "host left alone after failures in a row",
            metadata: [
                "error.code": "\(AcquisitionError.Code.hostClosed.text)",
                "host": "\(host)",
                "failures": "\(configuration.politeness.breakerThreshold)",
                "pause.s": "\(configuration.politeness.breakerCoolDown.components.seconds)",
            ]
        )
    }
}
