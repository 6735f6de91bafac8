public import ChargingModel
import RawArchive
public import Sources

/// An archived answer, read as cleaning reads it: where each object stands in the raw bytes.
public struct RawAnswer {
    /// One object in an answer.
    public struct Sighting: Sendable, Hashable {
        /// The page that holds it, from 0.
        public var page: Int
        /// RFC 6901 pointer of the object in the page.
        public var pointer: String
        /// RFC 6901 pointer of its status; `nil` where it has none of its own, or where it is not told apart.
        public var statusPointer: String?
        /// The status as it was mapped; `nil` for a station.
        public var status: ReportedStatus?
    }

    private let answer: Answer
    private let adapter: any FeedAdapter
    /// The records that are used, element by element: of repeated ones, those that cleaning chooses.
    private let records: [StationRecord?]

    /// Reads the pages of one answer.
    ///
    /// - Throws: `AnswerFault` where a page is no usable answer.
    public init(
        pages: [[UInt8]],
        digests: [ContentDigest],
        feed: FeedDescriptor,
        adapter: any FeedAdapter
    ) throws {
        // Cities are not looked at here, so no spelling is needed.
        var cache = ElementCache(library: ElementLibrary(adapter: adapter, feed: feed, places: PlaceCatalog()))
        let bodies = pages.map { ReplayedCapture.Page($0[...]) }
        let answer = try cache.answer(pages: bodies, digests: digests)
        var present = PresentObjects(answer.elements.lazy.map(\.content.mapped.record))
        records = answer.elements.enumerated().map { index, element in
            element.content.mapped.record.map { present.admit($0, element: index).record }
        }
        self.answer = answer
        self.adapter = adapter
    }

    /// Charging points in the answer.
    public var pointCount: Int { answer.read.points }

    /// Where a charging point stands; `nil` where the answer does not hold it.
    public func sighting(ofPoint id: String) -> Sighting? {
        for (index, record) in records.enumerated() {
            guard let item = record?.points.first(where: { $0.point.sourceID == id }) else { continue }
            let place = place(of: index)
            return Sighting(
                page: place.page,
                pointer: place.pointer + adapter.pointer(of: item),
                statusPointer: place.pointer + adapter.statusPointer(of: item),
                status: item.status
            )
        }
        return nil
    }

    /// Where the point of a connector stands, and the connector's own status.
    public func sighting(ofConnector id: String) -> Sighting? {
        for (index, record) in records.enumerated() {
            for item in record?.points ?? [] {
                guard let plug = item.connectors.first(where: { $0.connector.sourceID == id }) else { continue }
                let place = place(of: index)
                let pointer = place.pointer + adapter.pointer(of: item)
                return Sighting(page: place.page, pointer: pointer, statusPointer: nil, status: plug.status)
            }
        }
        return nil
    }

    /// Where a charging station stands.
    public func sighting(ofStation id: String) -> Sighting? {
        for (index, record) in records.enumerated() where record?.station.sourceID == id {
            let place = place(of: index)
            return Sighting(page: place.page, pointer: place.pointer, statusPointer: nil, status: nil)
        }
        return nil
    }

    private func place(of element: Int) -> (page: Int, pointer: String) {
        let page = (answer.pages.firstIndex { $0.firstElement > element } ?? answer.pages.count) - 1
        return (page, answer.place(of: element).pointer)
    }
}
