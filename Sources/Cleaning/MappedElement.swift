package import ChargingModel
import Foundation
package import Sources

/// One station element of an answer, mapped.
///
/// A reference, so that "the same bytes as before" is one pointer comparison. Immutable after creation.
package final class MappedElement {
    package let bytes: [UInt8]
    /// Of the bytes; equal in equal ones.
    let hash: UInt64
    package let mapped: MappedStation
    /// The records that were kept.
    let kept: RecordCounts
    /// The objects of the record, as they are where no other record tells of them; `nil` where it was rejected.
    let station: SeenStation?
    fileprivate let structure: ElementStructure

    init(bytes: [UInt8], hash: UInt64, mapped: MappedStation, station: SeenStation?, structure: ElementStructure) {
        self.bytes = bytes
        self.hash = hash
        self.mapped = mapped
        self.station = station
        self.structure = structure
        kept = mapped.record.map(RecordCounts.init(in:)) ?? RecordCounts()
    }

    /// Whether there is something to tell about the records.
    var isNoted: Bool { !mapped.rejects.isEmpty || !mapped.findings.isEmpty }

    /// Whether both have the same bytes.
    func isSame(as other: MappedElement) -> Bool {
        self === other || hash == other.hash && bytes == other.bytes
    }
}

extension MappedElement {
    /// Whether two versions of an element hold the same objects, and name the same operator.
    func hasSameObjects(as other: MappedElement) -> Bool {
        structure === other.structure || structure == other.structure
    }
}

/// Which objects an element holds, in order, and the operator that it names.
///
/// A reference, so that elements of equal structure mostly share one.
final class ElementStructure: Hashable {
    private let ids: [String?]
    private let owner: ChargingOperator?

    /// The structure of a record; all elements without one are alike.
    init(_ record: StationRecord?) {
        owner = record?.station.operator
        guard let record else {
            ids = []
            return
        }
        var ids: [String?] = [record.station.sourceID]
        for item in record.points {
            ids.append(item.point.sourceID)
            ids += item.connectors.map(\.connector.sourceID)
            // Ends the point: no id is missing.
            ids.append(nil)
        }
        self.ids = ids
    }

    static func == (left: ElementStructure, right: ElementStructure) -> Bool {
        left.ids == right.ids && left.owner == right.owner
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ids)
        hasher.combine(owner)
    }
}

/// A station of an answer with its objects.
struct SeenStation {
    var attributes: Shared<ChargingStation>
    var points: [SeenPoint]
}

extension SeenStation {
    /// The objects of a record, shared with nothing.
    init(of record: StationRecord) {
        attributes = Shared(record.station)
        points = record.points.map { item in
            SeenPoint(
                attributes: Shared(PlacedPoint(item, of: record.station)),
                status: item.status,
                connectors: item.connectors.map { plug in
                    let placed = PlacedConnector(
                        plug.connector,
                        pointID: item.point.sourceID,
                        stationID: record.station.sourceID
                    )
                    return SeenConnector(attributes: Shared(placed), status: plug.status)
                }
            )
        }
    }
}

/// A charging point of an answer.
struct SeenPoint {
    var attributes: Shared<PlacedPoint>
    var status: ReportedStatus
    var connectors: [SeenConnector]

    var id: String { attributes.value.point.sourceID }
}

/// A connector of an answer.
struct SeenConnector {
    var attributes: Shared<PlacedConnector>
    var status: ReportedStatus

    var id: String { attributes.value.connector.sourceID }
}

/// The elements that were mapped of one feed's answers, by their bytes: a status that comes back is not parsed again.
///
/// Not `Sendable`: used by the walk over one feed.
package final class ElementLibrary {
    /// Bytes of elements kept beside those of the last answer, twice.
    private static let bytesKept = 4 << 20

    /// A hostile feed can invent structures without end.
    private static let structuresKept = 500_000

    let adapter: any FeedAdapter
    let feed: FeedDescriptor
    private let places: PlaceCatalog
    private var stations = SharedAttributes<ChargingStation>()
    private var points = SharedAttributes<PlacedPoint>()
    private var connectors = SharedAttributes<PlacedConnector>()
    /// Two generations: when the younger is full, the older is forgotten.
    private var young: [UInt64: MappedElement] = [:]
    private var old: [UInt64: MappedElement] = [:]
    private var youngBytes = 0
    private var structures: Set<ElementStructure> = []
    /// What the last page with elements looked like, by its number in the answer.
    var patterns: [PagePattern?] = []

    package init(adapter: any FeedAdapter, feed: FeedDescriptor, places: PlaceCatalog) {
        self.adapter = adapter
        self.feed = feed
        self.places = places
    }

    /// The element with these bytes; `nil` where none is kept.
    func known(_ bytes: ArraySlice<UInt8>, hash: UInt64) -> MappedElement? {
        if let element = young[hash] { return element.bytes.elementsEqual(fast: bytes) ? element : nil }
        guard let element = old[hash], element.bytes.elementsEqual(fast: bytes) else { return nil }
        keep(element)
        return element
    }

    /// Maps an element that is not known.
    func map(_ bytes: ArraySlice<UInt8>, hash: UInt64) -> MappedElement {
        var mapped = adapter.map(bytes, feed: feed)
        mapped.record?.station.findCity(in: places, feedName: feed.name)
        let station = mapped.record.map { share($0) }
        let element = MappedElement(
            bytes: Array(bytes),
            hash: hash,
            mapped: mapped,
            station: station,
            structure: structure(of: mapped.record)
        )
        keep(element)
        return element
    }

    /// The objects of a record.
    private func share(_ record: StationRecord) -> SeenStation {
        SeenStation(
            attributes: stations.share(record.station, record.station.sourceID),
            points: record.points.map { item in
                let id = item.point.sourceID
                return SeenPoint(
                    attributes: points.share(PlacedPoint(item, of: record.station), id),
                    status: item.status,
                    connectors: item.connectors.map { plug in
                        let placed = PlacedConnector(plug.connector, pointID: id, stationID: record.station.sourceID)
                        return SeenConnector(
                            attributes: connectors.share(placed, plug.connector.sourceID),
                            status: plug.status
                        )
                    }
                )
            }
        )
    }

    /// The structure of a record; one value for equal ones as long as they are remembered.
    private func structure(of record: StationRecord?) -> ElementStructure {
        let structure = ElementStructure(record)
        if structures.count >= Self.structuresKept { structures.removeAll() }
        let (_, known) = structures.insert(structure)
        return known
    }

    private func keep(_ element: MappedElement) {
        if youngBytes > Self.bytesKept {
            old = young
            young = [:]
            youngBytes = 0
        }
        young[element.hash] = element
        youngBytes += element.bytes.count
    }
}

/// A number that is equal for equal bytes, and hardly ever for others.
///
/// Depends on nothing but the bytes and this process; bytes are always compared too.
func contentHash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    unsafe bytes.withUnsafeBytes { buffer in
        var lanes = SIMD4<UInt64>(repeating: hashSeed) &+ SIMD4(1, 2, 3, 4)
        var index = 0
        let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
        while index + 32 <= buffer.count {
            for lane in 0..<4 {
                let word = unsafe buffer.loadUnaligned(fromByteOffset: index + 8 * lane, as: UInt64.self)
                let product = (lanes[lane] ^ word).multipliedFullWidth(by: multiplier)
                lanes[lane] = product.high ^ product.low
            }
            index += 32
        }
        var hash = lanes[0] ^ (lanes[1] &* 3) ^ (lanes[2] &* 5) ^ (lanes[3] &* 7) ^ UInt64(buffer.count)
        while index < buffer.count {
            let product = unsafe (hash ^ UInt64(buffer[index])).multipliedFullWidth(by: multiplier)
            hash = product.high ^ product.low
            index += 1
        }
        return hash
    }
}

private let hashSeed = UInt64.random(in: .min ... .max)

extension ChargingStation {
    /// ISO 3166-1, user-assigned: the feed gives no country.
    static let unknownCountry = "ZZ"

    /// Sets the city that the station's spelling means; where the feed gives none, its name stands for the city.
    mutating func findCity(in places: PlaceCatalog, feedName: String) {
        cityID = places.cityID(of: city ?? feedName, country: country ?? Self.unknownCountry)
    }
}
