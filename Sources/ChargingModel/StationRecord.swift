/// A status as a feed reported it.
public struct ReportedStatus: Hashable, Sendable {
    /// The status in this project's terms.
    public var status: ChargingStatus
    /// The feed's own text, verbatim; `nil` where the feed gave none.
    public var rawText: String?
    /// The source's own time stamp of the record; never trusted unchecked and never opens or closes an interval.
    public var reportedAt: UTCTime?

    /// Creates a reported status.
    public init(_ status: ChargingStatus, rawText: String? = nil, reportedAt: UTCTime? = nil) {
        self.status = status
        self.rawText = rawText
        self.reportedAt = reportedAt
    }
}

/// One charging station in one answer: its attributes, and its points with their status.
public struct StationRecord: Hashable, Sendable {
    /// The station's attributes.
    public var station: ChargingStation
    /// The station's charging points.
    public var points: [PointRecord]

    /// Creates a record.
    public init(station: ChargingStation, points: [PointRecord]) {
        self.station = station
        self.points = points
    }
}

/// One charging point in one answer.
public struct PointRecord: Hashable, Sendable {
    /// The point's attributes.
    public var point: ChargingPoint
    /// The point's status.
    public var status: ReportedStatus
    /// The point's connectors.
    public var connectors: [ConnectorRecord]
    /// Where the point stands in the feed's list of its station, from 0.
    public var position: Int

    /// Creates a record.
    public init(point: ChargingPoint, status: ReportedStatus, connectors: [ConnectorRecord], position: Int = 0) {
        self.point = point
        self.status = status
        self.connectors = connectors
        self.position = position
    }
}

/// One connector in one answer.
public struct ConnectorRecord: Hashable, Sendable {
    /// The connector's attributes.
    public var connector: Connector
    /// The connector's status.
    public var status: ReportedStatus

    /// Creates a record.
    public init(connector: Connector, status: ReportedStatus) {
        self.connector = connector
        self.status = status
    }
}
