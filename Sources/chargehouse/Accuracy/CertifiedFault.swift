package import ChargingModel
import Cleaning
import Simulation

/// A fault whose effect on utilization is certified: a world in which it happens, and what it may add to the error.
package enum CertifiedFault: String, CaseIterable, Sendable {
    case none
    case missedPolls = "missed-polls"
    case tooManyRequests = "http-429"
    case truncation
    case partialAnswers = "partial-answers"
    case outages
    case frozenFeed = "frozen-feed"
    case lyingTimestamps = "lying-timestamps"
    case vanishingStations = "vanishing-stations"
    case reusedIDs = "reused-ids"
    case movedPoints = "moved-points"
    case repeatedElements = "repeated-elements"
    case repeatedPoints = "repeated-points"
    case secondIDs = "second-ids"
    case schemaDrift = "schema-drift"
    case clockStep = "clock-step"
    case shortDay = "dst-23-hours"
    case longDay = "dst-25-hours"
    case all

    /// The first day of the world; three days hold a whole local day in the middle.
    var firstDay: UTCDay {
        switch self {
        case .longDay: UTCDay(number: 20_750)  // 2026-10-24
        case .shortDay, .all: UTCDay(number: 20_540)  // 2026-03-28
        default: UTCDay(number: 20_514)  // 2026-03-02, a Monday
        }
    }

    /// The local day that is compared; `nil` where it is the whole world.
    package var localDay: UTCDay? {
        switch self {
        case .shortDay, .longDay: firstDay.next
        default: nil
        }
    }

    /// The world; a fault of a local day needs three days.
    func configuration(seed: UInt64, days: Int, scale: Double) -> WorldConfiguration {
        WorldConfiguration(
            seed: seed,
            firstDay: firstDay,
            days: localDay == nil ? days : max(days, 3),
            scale: scale,
            faults: faults,
            events: WorldEvents(shares: events)
        )
    }

    /// What goes wrong at the feeds.
    private var faults: FeedFaults {
        switch self {
        case .tooManyRequests: FeedFaults(shares: [.tooManyRequests: 0.05], episodes: [.tooManyRequests: 2])
        case .truncation: FeedFaults(shares: [.truncated: 0.06])
        case .partialAnswers:
            FeedFaults(shares: [.mostMissing: 0.05, .empty: 0.02, .html: 0.01, .errorEnvelope: 0.01])
        case .outages: FeedFaults(shares: [.unavailable: 0.03, .serverError: 0.02], episodes: [.outage: 6])
        case .frozenFeed: FeedFaults(episodes: [.frozen: 3])
        case .lyingTimestamps: FeedFaults(shares: [.lyingTimestamps: 0.2], episodes: [.lyingTimestamps: 6])
        case .repeatedElements: FeedFaults(shares: [.repeatedElements: 0.2], episodes: [.repeatedElements: 6])
        case .schemaDrift: FeedFaults(shares: [.schemaDrift: 0.02], episodes: [.schemaDrift: 6])
        case .all:
            FeedFaults(
                shares: [
                    .tooManyRequests: 0.01, .truncated: 0.01, .mostMissing: 0.01, .empty: 0.005, .unavailable: 0.01,
                    .lyingTimestamps: 0.02, .repeatedElements: 0.02, .schemaDrift: 0.01,
                ],
                episodes: [
                    .outage: 4, .tooManyRequests: 1, .frozen: 2, .lyingTimestamps: 3, .repeatedElements: 3,
                    .schemaDrift: 3,
                ]
            )
        default: .none
        }
    }

    /// What happens to stations or points.
    private var events: [WorldEvent.Kind: Double] {
        switch self {
        case .vanishingStations: [.vanishedStation: 0.2]
        case .reusedIDs: [.reusedID: 0.15]
        case .movedPoints: [.movedPoint: 0.15]
        case .repeatedPoints: [.repeatedPoint: 0.3]
        case .secondIDs: [.secondID: 0.3]
        case .all: Dictionary(uniqueKeysWithValues: WorldEvent.Kind.allCases.map { ($0, 0.05) })
        default: [:]
        }
    }

    /// What goes wrong at the collector.
    var collectorFaults: SimulatedCollector.Faults {
        switch self {
        case .missedPolls: SimulatedCollector.Faults(missedShare: 0.08, missedHours: 3)
        case .clockStep: SimulatedCollector.Faults(clockStepHours: 3)
        case .all: SimulatedCollector.Faults(missedShare: 0.02, missedHours: 1, clockStepHours: 2)
        default: SimulatedCollector.Faults()
        }
    }

    /// How wrong the times of captures may be, in seconds.
    var clockError: Int { collectorFaults.clockStepHours > 0 ? SimulatedCollector.stepSeconds : 0 }

    /// Seconds in which the warehouse shows the points of a city in the status of another time, and cannot know it.
    ///
    /// Derived in `docs/methods/accuracy.md`.
    func displacedSeconds(frozenPolls: Int, interval: Int) -> Int {
        var seconds = 0
        if frozenPolls > 0 {
            // The frozen status may be bridged over polls that are missed right after the fault.
            seconds += (frozenPolls + (CleaningRules().maximumGapIntervals - 1)) * interval
        }
        switch self {
        case .clockStep: seconds += SimulatedCollector.stepSeconds
        // Where the right capture of an hour that the clock shows twice is bad, the wrong one counts.
        case .all: seconds += 2 * SimulatedCollector.stepSeconds
        default: break
        }
        return seconds
    }
}
