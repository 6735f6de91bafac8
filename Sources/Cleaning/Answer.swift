package import ChargingModel
import Sources

/// What an answer says, after its bytes became records.
package struct Answer {
    /// The envelope's own time.
    package var sourceTime: UTCTime?
    /// Stations in the order of the answer, over all its pages.
    package var elements: [Element] = []
    /// The records met in all elements.
    package var read = RecordCounts()
    /// The records of all elements that were kept.
    package var kept = RecordCounts()
    /// The elements with rejects or findings.
    package var noted: [Int] = []
    /// Names of unknown envelope fields.
    package var unknownFields: [String] = []
    package var pages: [Page] = []

    /// A station in the answer.
    package struct Element {
        package var content: MappedElement
        /// Equal numbers in two answers: the same element, which stayed as it was from the one to the other.
        package var occurrence: Int
    }

    /// One page and where its elements stand.
    package struct Page {
        package var digest: ContentDigest
        package var firstElement: Int
        /// RFC 6901 pointer of the array of elements.
        package var pointer: String
    }

    /// The page and the pointer of an element.
    func place(of element: Int) -> (digest: ContentDigest, pointer: String) {
        let page = pages[(pages.firstIndex { $0.firstElement > element } ?? pages.count) - 1]
        return (page.digest, "\(page.pointer)/\(element - page.firstElement)")
    }
}
