import ChargingModel
import Sources

/// What an answer says, after its bytes became records.
struct Answer {
    /// The envelope's own time.
    var sourceTime: UTCTime?
    /// Stations in the order of the answer, over all its pages.
    var elements: [Element] = []
    /// The records met in all elements.
    var read = RecordCounts()
    /// The records of all elements that were kept.
    var kept = RecordCounts()
    /// The elements with rejects or findings.
    var noted: [Int] = []
    /// Names of unknown envelope fields.
    var unknownFields: [String] = []
    var pages: [Page] = []

    /// A station in the answer.
    struct Element {
        var content: MappedElement
        /// Equal numbers in two answers: the same element, which stayed as it was from the one to the other.
        var occurrence: Int
    }

    /// One page and where its elements stand.
    struct Page {
        var digest: ContentDigest
        var firstElement: Int
        /// RFC 6901 pointer of the array of elements.
        var pointer: String
    }

    /// The page and the pointer of an element.
    func place(of element: Int) -> (digest: ContentDigest, pointer: String) {
        let page = pages[(pages.firstIndex { $0.firstElement > element } ?? pages.count) - 1]
        return (page.digest, "\(page.pointer)/\(element - page.firstElement)")
    }
}
