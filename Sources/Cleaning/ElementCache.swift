import ChargingModel
import Foundation
import Sources

/// One station element of an answer, mapped.
///
/// A reference, so that "the same element as in the previous answer" is one pointer comparison.
/// Immutable after creation.
final class MappedElement: Sendable {
    let bytes: [UInt8]
    let mapped: MappedStation
    /// The records that were kept.
    let kept: RecordCounts

    init(bytes: [UInt8], mapped: MappedStation) {
        self.bytes = bytes
        self.mapped = mapped
        kept = mapped.record.map(RecordCounts.init(in:)) ?? RecordCounts()
    }

    /// Whether two versions of an element hold the same objects, and name the same operator.
    func hasSameObjects(as other: MappedElement) -> Bool {
        switch (mapped.record, other.mapped.record) {
        case (nil, nil): true
        case (let mine?, let theirs?):
            mine.station.sourceID == theirs.station.sourceID && mine.station.operator == theirs.station.operator
                && mine.points.elementsEqual(theirs.points) { left, right in
                    left.point.sourceID == right.point.sourceID
                        && left.connectors.elementsEqual(right.connectors) {
                            $0.connector.sourceID == $1.connector.sourceID
                        }
                }
        default: false
        }
    }
}

/// Maps the stations of consecutive answers of one feed, and parses only those whose bytes changed.
///
/// - Complexity: O(bytes) for comparing; parsing grows with the number of changed stations.
/// - SeeAlso: `design.md`, decision 11.
struct ElementCache {
    private let adapter: any FeedAdapter
    private let feed: FeedDescriptor
    private let places: PlaceCatalog
    private var previous: [MappedElement] = []

    init(adapter: any FeedAdapter, feed: FeedDescriptor, places: PlaceCatalog) {
        self.adapter = adapter
        self.feed = feed
        self.places = places
    }

    /// Takes an answer apart.
    ///
    /// - Throws: ``AnswerFault`` where a page is no usable answer.
    mutating func answer(pages: [[UInt8]], digests: [ContentDigest]) throws -> Answer {
        var answer = Answer(sourceTime: nil, elements: [], unknownFields: [], pages: [])
        for (page, digest) in zip(pages, digests) {
            let parts = try adapter.split(page)
            answer.pages.append(
                Answer.Page(digest: digest, firstElement: answer.elements.count, pointer: parts.pointer)
            )
            answer.sourceTime = answer.sourceTime ?? parts.sourceTime
            answer.unknownFields += parts.unknownFields
            answer.elements.reserveCapacity(answer.elements.count + parts.elements.count)
            for range in parts.elements {
                answer.elements.append(element(page[range], at: answer.elements.count))
            }
        }
        if answer.elements.count != previous.count || pages.count > 1 { reuseMoved(&answer.elements) }
        previous = answer.elements
        return answer
    }

    /// The element of the previous answer where the bytes are equal, else a new one.
    private func element(_ bytes: ArraySlice<UInt8>, at index: Int) -> MappedElement {
        if index < previous.count, previous[index].bytes.elementsEqual(fast: bytes) { return previous[index] }
        var mapped = adapter.map(bytes, feed: feed)
        mapped.record?.station.findCity(in: places, feedName: feed.name)
        return MappedElement(bytes: Array(bytes), mapped: mapped)
    }

    /// After an insertion or a removal, elements stand at other places: finds them again by content.
    private func reuseMoved(_ elements: inout [MappedElement]) {
        guard !previous.isEmpty else { return }
        let known = Dictionary(previous.map { ($0.bytes, $0) }, uniquingKeysWith: { first, _ in first })
        for index in elements.indices {
            if let same = known[elements[index].bytes] { elements[index] = same }
        }
    }
}

extension ChargingStation {
    /// ISO 3166-1, user-assigned: the feed gives no country.
    static let unknownCountry = "ZZ"

    /// Sets the city that the station's spelling means; where the feed gives none, its name stands for the city.
    mutating func findCity(in places: PlaceCatalog, feedName: String) {
        cityID = places.cityID(of: city ?? feedName, country: country ?? Self.unknownCountry)
    }
}

extension Array where Element == UInt8 {
    /// Whether both hold the same bytes, by one memory comparison.
    func elementsEqual(fast other: ArraySlice<UInt8>) -> Bool {
        guard count == other.count else { return false }
        return unsafe withUnsafeBytes { mine in
            unsafe other.withUnsafeBytes { theirs in
                guard let left = mine.baseAddress, let right = theirs.baseAddress else { return true }
                return unsafe memcmp(left, right, mine.count) == 0
            }
        }
    }
}
