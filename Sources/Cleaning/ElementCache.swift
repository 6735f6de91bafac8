package import ChargingModel
package import RawArchive
import Sources

/// Takes the answers of one feed and day apart, one after the other, and maps only the stations whose bytes changed.
///
/// - Complexity: O(bytes) for comparing; parsing grows with the number of changed stations.
/// - SeeAlso: `design.md`, decision 11; `docs/decisions/0012-cleaning-at-the-speed-of-decompression.md`.
package struct ElementCache {
    /// Pages whose content is kept for revisits: as many bodies as a pack's reader keeps.
    private static let pagesKept = 64

    let library: ElementLibrary
    private let isStrict: Bool
    private var previous: [Answer.Element] = []
    private var nextOccurrence = 0
    /// What the last pages said, by their digest, oldest use first.
    private var pages: [(digest: ContentDigest, content: PageContent)] = []

    /// Creates a cache.
    ///
    /// A strict one lets the adapter split every page whole, which gives the same answers.
    package init(library: ElementLibrary, isStrict: Bool = false) {
        self.library = library
        self.isStrict = isStrict
    }

    /// Takes an answer apart.
    ///
    /// - Throws: ``AnswerFault`` where a page is no usable answer, and `ReplaySurprise` where the body of a revisit is
    ///   not known any more.
    package mutating func answer(pages: [ReplayedCapture.Page], digests: [ContentDigest]) throws -> Answer {
        var answer = Answer()
        for (number, (page, digest)) in zip(pages, digests).enumerated() {
            let content = try content(of: page, digest, number: number, firstElement: answer.elements.count)
            let parts = try content.get()
            answer.pages.append(
                Answer.Page(digest: digest, firstElement: answer.elements.count, pointer: parts.envelope.pointer)
            )
            answer.sourceTime = answer.sourceTime ?? parts.envelope.sourceTime
            answer.unknownFields += parts.envelope.unknownFields
            append(parts.elements, to: &answer)
        }
        if answer.elements.count != previous.count || pages.count > 1 { recogniseMoved(&answer.elements) }
        previous = answer.elements
        return answer
    }

    /// Adds elements, each with the number of the one that stood in its place where the bytes are the same.
    private mutating func append(_ elements: [MappedElement], to answer: inout Answer) {
        answer.elements.reserveCapacity(answer.elements.count + elements.count)
        for element in elements {
            let index = answer.elements.count
            answer.read += element.mapped.read
            answer.kept += element.kept
            if element.isNoted { answer.noted.append(index) }
            if index < previous.count, previous[index].content.isSame(as: element) {
                answer.elements.append(previous[index])
            } else {
                answer.elements.append(Answer.Element(content: element, occurrence: nextOccurrence))
                nextOccurrence += 1
            }
        }
    }

    /// After an insertion or a removal, elements stand at other places: finds them again by content.
    private func recogniseMoved(_ elements: inout [Answer.Element]) {
        guard !previous.isEmpty else { return }
        let known = Dictionary(
            previous.map { (ByContent(element: $0.content), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        for index in elements.indices {
            if let same = known[ByContent(element: elements[index].content)] { elements[index] = same }
        }
    }

    // MARK: Pages

    /// What a page says; the fault where it is no usable answer.
    private mutating func content(
        of page: ReplayedCapture.Page,
        _ digest: ContentDigest,
        number: Int,
        firstElement: Int
    ) throws -> PageContent {
        guard let body = page.body else {
            guard let index = pages.lastIndex(where: { $0.digest == digest }) else { throw ReplaySurprise() }
            let known = pages.remove(at: index)
            pages.append(known)
            return known.content
        }
        let expected = previous[min(firstElement, previous.count)...]
        let content: PageContent
        if let parts = isStrict ? nil : library.compare(body, number: number, with: expected) {
            content = .success(parts)
        } else {
            content = library.split(body, number: number, with: isStrict ? nil : expected)
        }
        if pages.count >= Self.pagesKept { pages.removeFirst() }
        pages.append((digest, content))
        return content
    }

    private struct ByContent: Hashable {
        let element: MappedElement

        static func == (left: ByContent, right: ByContent) -> Bool { left.element.isSame(as: right.element) }

        func hash(into hasher: inout Hasher) {
            hasher.combine(element.hash)
        }
    }
}

/// What one page of an answer says.
typealias PageContent = Result<PageParts, any Error>

/// One page of an answer, its elements mapped.
struct PageParts {
    /// Without the places of the elements.
    var envelope: AnswerParts
    var elements: [MappedElement]
}

extension ElementLibrary {
    /// Lets the adapter split a page whole, and learns what it looks like.
    ///
    /// Without `expected` every element is mapped anew.
    func split(_ page: ArraySlice<UInt8>, number: Int, with expected: ArraySlice<Answer.Element>?) -> PageContent {
        PageContent {
            var parts = try adapter.split(Array(page))
            if adapter.splitsAtBrackets {
                while patterns.count <= number { patterns.append(nil) }
                patterns[number] = PagePattern(page, parts: parts)
            }
            var finder = expected.map { ElementFinder(library: self, expected: $0) }
            let elements = parts.elements.map { range in
                let bytes = page[page.startIndex + range.lowerBound..<page.startIndex + range.upperBound]
                return finder?.element(bytes) ?? map(bytes, hash: contentHash(bytes))
            }
            parts.elements = []
            return PageParts(envelope: parts, elements: elements)
        }
    }

    /// Splits a page by comparing it with what is expected; `nil` where the adapter has to look at it.
    func compare(_ page: ArraySlice<UInt8>, number: Int, with expected: ArraySlice<Answer.Element>) -> PageParts? {
        guard number < patterns.count, var pattern = patterns[number] else { return nil }
        var finder = ElementFinder(library: self, expected: expected)
        guard let (elements, end) = finder.elements(of: page, pattern),
            let envelope = pattern.parts(endingWith: page[end...], adapter: adapter)
        else { return nil }
        patterns[number] = pattern
        return PageParts(envelope: envelope, elements: elements)
    }
}
