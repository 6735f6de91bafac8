public import ChargingModel

/// What is wrong with an answer.
public enum FeedFault: String, CaseIterable, Hashable, Sendable {
    /// HTTP 503 with `Retry-After: 1`, at the first attempt of a slot only.
    case unavailable
    /// HTTP 500, at every attempt of the slot.
    case serverError
    /// HTTP 200 with JSON that stops in the middle.
    case truncated
    /// HTTP 200 with an envelope in order and no stations.
    case empty
    /// HTTP 200 with an HTML page.
    case html
    /// HTTP 200 with `status_code` 2000.
    case errorEnvelope
    /// HTTP 200 with at most 40 % of the points.
    case mostMissing
    /// HTTP 502 at every attempt, for hours.
    case outage
    /// HTTP 429 at every attempt of the slot, with a `Retry-After` of a whole slot.
    case tooManyRequests
    /// HTTP 200 with the body of the last slot before, its envelope time included, as long as the fault lasts.
    case frozen
    /// HTTP 200 with every fourth station a second time, at the end of the answer.
    case repeatedElements
    /// HTTP 200 with wrong times: the envelope's, and a `last_updated` at every point; hours to days off, also ahead.
    case lyingTimestamps
    /// HTTP 200 in another schema.
    ///
    /// Unknown fields, ids as numbers, powers as text, and at every fourth point a status word that nobody has met
    /// (``driftedStatusWord``) in place of `CHARGING`.
    case schemaDrift

    /// The status word that ``schemaDrift`` invents.
    public static let driftedStatusWord = "CHARGING_REDUCED"
}

/// One fault of the plan: an answer that is known to go wrong.
public struct PlannedFault: Hashable, Sendable {
    /// The slug of the city.
    public var city: String
    /// The slot, aligned to the configured interval.
    public var slot: UTCTime
    /// What goes wrong.
    public var fault: FeedFault

    /// Creates a planned fault.
    public init(city: String, slot: UTCTime, fault: FeedFault) {
        self.city = city
        self.slot = slot
        self.fault = fault
    }
}

/// How often answers go wrong.
///
/// Which ones is decided by the seed alone.
public struct FeedFaults: Hashable, Sendable {
    /// Share of the slots, for each fault but `outage` and `frozen`, which last.
    ///
    /// Missing means none. The sum is at most 1.
    public var shares: [FeedFault: Double]
    /// Whole-feed outages: each hits one city on one day.
    public var outageCount: Int
    /// Length of an outage in hours, 1 to 24.
    public var outageHours: Int
    /// Faults that last: every city meets each of them once, for so many hours (1 to 24), when the seed says.
    ///
    /// Where two overlap, the one that stands first in ``FeedFault`` holds; both give way to an outage of
    /// ``outageCount``, and come before ``shares``.
    public var episodes: [FeedFault: Int]
    /// Faults at given slots, before those of the plan.
    public var scripted: [PlannedFault]

    /// Creates a plan.
    public init(
        shares: [FeedFault: Double] = [:],
        outageCount: Int = 0,
        outageHours: Int = 5,
        episodes: [FeedFault: Int] = [:],
        scripted: [PlannedFault] = []
    ) {
        self.shares = shares
        self.outageCount = outageCount
        self.outageHours = outageHours
        self.episodes = episodes
        self.scripted = scripted
    }

    /// Every answer is in order.
    public static let none = FeedFaults()

    /// The faults of the demo: about 0.8 % of the answers, and one outage of five hours.
    public static let light = FeedFaults(
        shares: [
            .unavailable: 0.004, .serverError: 0.001, .truncated: 0.000_6, .empty: 0.000_6, .html: 0.000_6,
            .errorEnvelope: 0.000_6, .mostMissing: 0.000_6,
        ],
        outageCount: 1
    )

    func validate() throws(SimulationError) {
        for (fault, share) in shares where !(0...1).contains(share) || fault == .outage || fault == .frozen {
            throw .configuration(
                "share of \(fault.rawValue)",
                "found \(share) (expected 0 … 1, and none for outage and frozen)"
            )
        }
        for (fault, hours) in episodes where !(1...24).contains(hours) {
            throw .configuration("episode of \(fault.rawValue)", "found \(hours) h (expected 1 … 24 h)")
        }
        guard shares.values.reduce(0, +) <= 1 else {
            throw .configuration("shares of faults", "their sum is above 1")
        }
        guard (0...10_000).contains(outageCount), (1...24).contains(outageHours) else {
            throw .configuration(
                "outages",
                "found \(outageCount) of \(outageHours) h (expected 0 … 10000 of 1 … 24 h)"
            )
        }
    }
}
