import ChargingModel
import Synchronization

/// What a process remembers of each feed between two polls.
final class PollMemory: Sendable {
    private struct Feed {
        var validators: PageValidators?
        var day: UTCDay
        var failures = 0
    }

    private let feeds = Mutex<[FeedID: Feed]>([:])

    /// The validators to send.
    ///
    /// `unknown` where this process has not polled the feed and the archive has to be asked.
    enum Recollection: Hashable, Sendable {
        case known(PageValidators?)
        case unknown
    }

    func validators(of feed: FeedID, day: UTCDay) -> Recollection {
        feeds.withLock { feeds in
            guard let known = feeds[feed] else { return .unknown }
            // A "not modified" must refer to an answer in the same day pack.
            return .known(known.day == day ? known.validators : nil)
        }
    }

    /// Remembers how a poll ended.
    ///
    /// - Returns: how many polls in a row had failed before this one.
    func record(_ feed: FeedID, day: UTCDay, outcome: PollOutcome, answer: Answer) -> Int {
        feeds.withLock { feeds in
            var known = feeds[feed] ?? Feed(validators: nil, day: day)
            switch answer {
            case .received(let validators):
                known.validators = validators
                known.day = day
            case .unchanged(let validators):
                known.validators = validators
                known.day = day
            case .none:
                break
            }
            let before = known.failures
            known.failures = outcome == .ok ? 0 : before + 1
            feeds[feed] = known
            return before
        }
    }

    /// What a poll received.
    enum Answer: Hashable, Sendable {
        /// A new answer, with the validators of a usable one.
        case received(PageValidators?)
        case unchanged(PageValidators?)
        /// None, so that the answer before is still the newest.
        case none
    }
}
