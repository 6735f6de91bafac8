/// A charging station: one or more charging points at one place.
///
/// Attributes only; what changes from poll to poll stands in ``StationRecord``. `nil` means that the feed gave no
/// value (missing, null, empty or blank). Text is trimmed.
public struct ChargingStation: Hashable, Sendable {
    /// The feed's own stable id, as text.
    public var sourceID: String
    /// The station's name; `nil` where the feed gives none.
    public var name: String?
    /// Street and number, as the feed writes it; `nil` where it gives none.
    public var address: String?
    /// The town, as the feed writes it; `nil` where it gives none.
    public var city: String?
    /// The city that ``city`` means, as ``PlaceCatalog`` resolves it: `de/köln`; `nil` before cleaning.
    public var cityID: String?
    /// The postal code, as the feed writes it; `nil` where it gives none.
    public var postalCode: String?
    /// ISO 3166-1 alpha-2, upper case.
    public var country: String?
    /// Degrees north, WGS 84.
    public var latitude: Double?
    /// Degrees east, WGS 84.
    public var longitude: Double?
    /// Who operates the station; `nil` where the feed does not say.
    public var `operator`: ChargingOperator?
    /// Who owns the station; `nil` where the feed does not say.
    public var ownerName: String?
    /// The telephone number for help at the station, as the feed writes it; `nil` where it gives none.
    public var helpPhone: String?
    /// Whether customers of other providers can charge; `nil` where the feed does not say.
    public var isRoaming: Bool?
    /// Whether the station is always open; `nil` where the feed does not say.
    public var isOpenAroundTheClock: Bool?
    /// When the station is open; `nil` where the feed does not say, or not understandably.
    public var openingHours: OpeningHours?
    /// Canonical JSON (sorted keys) of the feed's opening times, where it gives more than "24/7".
    public var openingHoursJSON: String?
    /// Canonical JSON of the feed's directions: a list of `{"language", "text"}`.
    public var directionsJSON: String?
    /// Canonical JSON object of every field that this version does not know.
    public var extraJSON: String?

    /// Creates a station of which only the id is known.
    public init(sourceID: String) {
        self.sourceID = sourceID
    }
}

/// The operator (CPO) of a charging station.
public struct ChargingOperator: Hashable, Sendable {
    /// The feed's own id of the operator; where it gives none, the name.
    public var sourceID: String
    /// The operator's name, as the feed writes it.
    public var name: String
    /// The operator's telephone number, as the feed writes it; `nil` where it gives none.
    public var hotline: String?
    /// The operator's web address, as the feed writes it; `nil` where it gives none.
    public var website: String?

    /// Creates an operator.
    public init(sourceID: String, name: String, hotline: String? = nil, website: String? = nil) {
        self.sourceID = sourceID
        self.name = name
        self.hotline = hotline
        self.website = website
    }
}

/// A charging point (EVSE): serves one vehicle at a time.
public struct ChargingPoint: Hashable, Sendable {
    /// The feed's own stable id (`uid`), as text.
    public var sourceID: String
    /// The printed EVSE id, for example `DE*STR*E10001*001`.
    ///
    /// Can be missing, shared or re-used: never identity.
    public var evseID: String?
    /// What is printed on the point to tell it by; `nil` where the feed gives none.
    public var physicalReference: String?
    /// The floor that the point is on, as text; `nil` where the feed gives none.
    public var floorLevel: String?
    /// The place of the point at its station, as the feed writes it; `nil` where it gives none.
    public var pointPosition: String?
    /// The place of the station on its site, as the feed writes it; `nil` where it gives none.
    public var stationPosition: String?
    /// The numbers of the point's parking spaces, as the feed writes them; `nil` where it gives none.
    public var parkingSpaces: String?
    /// A remark for drivers, as the feed writes it; `nil` where it gives none.
    public var publicComment: String?
    /// The kind of vehicle that the point is for, as the feed writes it; `nil` where it gives none.
    public var vehicleType: String?
    /// Whether customers of other providers can charge; `nil` where the feed does not say.
    public var isRoaming: Bool?
    /// Sorted, without repetition.
    public var capabilities: [String]
    /// Follows the status in some feeds: never makes a version.
    public var isReservable: Bool?
    /// What the parking sensor reports, as the feed writes it; `nil` where it gives none.
    public var parkingSensorStatus: String?
    /// Canonical JSON list of tariff ids.
    ///
    /// Volatile: never makes a version.
    public var tariffIDsJSON: String?
    /// Canonical JSON object of every field that this version does not know.
    public var extraJSON: String?

    /// Creates a charging point of which only the id is known.
    public init(sourceID: String) {
        self.sourceID = sourceID
        capabilities = []
    }
}

/// A connector: one plug or socket of a charging point.
public struct Connector: Hashable, Sendable {
    /// The feed's own id, as text.
    public var sourceID: String
    /// OCPI's name of the plug, for example `IEC_62196_T2`.
    public var standard: String?
    /// `SOCKET` or `CABLE`.
    public var format: String?
    /// The kind of current, for example `AC_1_PHASE`, `AC_3_PHASE` or `DC`.
    public var powerType: String?
    /// Voltage in volts; `nil` where the feed gives no usable value.
    public var voltageVolts: Int?
    /// Current in amperes; `nil` where the feed gives no usable value.
    public var currentAmperes: Int?
    /// Largest power in kilowatts; `nil` where the feed gives no usable value.
    public var maxPowerKilowatts: Double?
    /// Canonical JSON list of tariff ids.
    ///
    /// Volatile: never makes a version.
    public var tariffIDsJSON: String?
    /// Canonical JSON object of every field that this version does not know.
    public var extraJSON: String?

    /// Creates a connector of which only the id is known.
    public init(sourceID: String) {
        self.sourceID = sourceID
    }
}
