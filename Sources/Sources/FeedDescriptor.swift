public import ChargingModel

/// One endpoint that is polled.
///
/// Feeds are data: `Feeds/*.json` and the files named in the configuration.
public struct FeedDescriptor: Hashable, Sendable, Codable {
    /// The name of the feed: `chargecloud/koeln`.
    public var id: FeedID
    /// For people: `Köln`.
    public var name: String
    /// The id of the adapter that speaks to it: `chargecloud-poi`, `chargecloud-app`, `chargecloud-afir`.
    public var adapter: String
    /// The http or https address, without the query of paging.
    public var url: String
    /// Seconds between two slots.
    public var intervalSeconds: Int
    /// IANA name: `Europe/Berlin`.
    public var timeZone: String
    /// Whether the answers tell the status of points.
    public var hasLiveStatus: Bool
    /// Whether a request needs a key.
    public var needsCredentials: Bool
    /// Whether `acquire` polls it without being asked by name.
    public var isEnabled: Bool
    /// The licence of the data; `nil` where none is stated.
    public var licence: String?
    /// The words that the licence asks for.
    public var attribution: String?
    /// Where the endpoint is documented.
    public var documentationURL: String?
    /// Where its stations lie: checks coordinates, and is asked for where `paging` says so.
    public var boundingBox: BoundingBox?
    /// How an answer of several pages is asked for; `nil`: as the adapter does by default.
    public var paging: Paging?
    /// Stations asked for in one page; `nil`: the adapter's default.
    public var pageSize: Int?
    /// First day on which the endpoint is known to have answered.
    public var since: UTCDay?
    /// Last day on which the endpoint is known to have answered.
    public var until: UTCDay?
    /// What else is known of it.
    public var notes: String?

    /// Creates a descriptor.
    public init(
        id: FeedID,
        name: String,
        adapter: String,
        url: String,
        intervalSeconds: Int,
        timeZone: String,
        hasLiveStatus: Bool = true,
        needsCredentials: Bool = false,
        isEnabled: Bool = false,
        licence: String? = nil,
        attribution: String? = nil,
        documentationURL: String? = nil,
        boundingBox: BoundingBox? = nil,
        paging: Paging? = nil,
        pageSize: Int? = nil,
        since: UTCDay? = nil,
        until: UTCDay? = nil,
        notes: String? = nil
    ) {
        self.id = id
        self.name = name
        self.adapter = adapter
        self.url = url
        self.intervalSeconds = intervalSeconds
        self.timeZone = timeZone
        self.hasLiveStatus = hasLiveStatus
        self.needsCredentials = needsCredentials
        self.isEnabled = isEnabled
        self.licence = licence
        self.attribution = attribution
        self.documentationURL = documentationURL
        self.boundingBox = boundingBox
        self.paging = paging
        self.pageSize = pageSize
        self.since = since
        self.until = until
        self.notes = notes
    }

    enum CodingKeys: String, CodingKey {
        case id, name, adapter, url, licence, attribution, paging, since, until, notes
        case intervalSeconds = "interval_s"
        case timeZone = "time_zone"
        case hasLiveStatus = "has_live_status"
        case needsCredentials = "needs_credentials"
        case isEnabled = "enabled"
        case documentationURL = "documentation_url"
        case boundingBox = "bounding_box"
        case pageSize = "page_size"
    }
}

/// How an answer of several pages is asked for.
public enum Paging: String, CaseIterable, Hashable, Sendable, Codable {
    /// `offset` and `limit` in the query, until a page is shorter than the limit.
    case offset
    /// One request for everything inside the feed's bounding box.
    case boundingBox = "bounding_box"
}

/// A box of WGS 84 coordinates, in degrees.
public struct BoundingBox: Hashable, Sendable, Codable {
    /// The southern edge, in degrees north.
    public var south: Double
    /// The western edge, in degrees east.
    public var west: Double
    /// The northern edge, in degrees north.
    public var north: Double
    /// The eastern edge, in degrees east.
    public var east: Double

    /// Creates a box.
    ///
    /// - Precondition: `south` is not above `north`, and `west` not east of `east`.
    public init(south: Double, west: Double, north: Double, east: Double) {
        self.south = south
        self.west = west
        self.north = north
        self.east = east
    }

    /// Whether a place lies inside.
    public func contains(latitude: Double, longitude: Double) -> Bool {
        (south...north).contains(latitude) && (west...east).contains(longitude)
    }
}
