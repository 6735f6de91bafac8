import ChargingModel
import Sources

/// What an answer says, after its bytes became records.
struct Answer {
    /// The envelope's own time.
    var sourceTime: UTCTime?
    /// Stations in the order of the answer, over all its pages.
    var elements: [MappedElement]
    /// Names of unknown envelope fields.
    var unknownFields: [String]
    var pages: [Page]

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

    var read: RecordCounts { elements.reduce(into: RecordCounts()) { $0 += $1.mapped.read } }
}
