public import Analytics
public import ChargingModel

/// A figure that is to be explained: utilization of something, in full UTC hours.
public struct FigureQuestion: Sendable, Hashable {
    /// Begin, inclusive, UTC, a full hour.
    public var from: UTCTime
    /// End, exclusive, UTC, a full hour.
    public var to: UTCTime
    /// The station, city, operator or feed.
    public var filters: UtilizationFilters
    /// The EVSE id, the feed's own id or the durable key of a charging point; `nil` for all points of the filters.
    public var point: String?

    /// States the question.
    public init(from: UTCTime, to: UTCTime, filters: UtilizationFilters, point: String? = nil) {
        self.from = from
        self.to = to
        self.filters = filters
        self.point = point
    }
}
