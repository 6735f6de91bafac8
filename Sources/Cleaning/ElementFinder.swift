import Foundation
import Sources

/// Finds the elements of a page among those of the page before it.
struct ElementFinder {
    let library: ElementLibrary
    /// The elements of the previous answer from the page's first one on.
    let expected: ArraySlice<Answer.Element>
    /// Which of the expected elements is the next one.
    private var next: Int
    /// Elements in a row that did not stand where they were expected.
    private var misses = 0
    private var places: [UInt64: Int]?

    init(library: ElementLibrary, expected: ArraySlice<Answer.Element>) {
        self.library = library
        self.expected = expected
        next = expected.startIndex
    }

    /// The elements of a page with a known pattern, and where the last one ends; `nil` on any surprise.
    mutating func elements(of page: ArraySlice<UInt8>, _ pattern: PagePattern) -> (elements: [MappedElement], end: Int)?
    {
        let start = page.startIndex
        return unsafe page.withUnsafeBufferPointer { bytes in
            guard unsafe starts(bytes, at: 0, with: pattern.prefix) else { return nil }
            var cursor = pattern.prefix.count
            var found: [MappedElement] = []
            found.reserveCapacity(expected.count + 1)
            while true {
                if let known = unsafe knownElement(bytes, at: cursor) {
                    found.append(known)
                    cursor += known.bytes.count
                } else {
                    guard let end = unsafe endOfElement(in: bytes, from: cursor) else { return nil }
                    found.append(element(page[start + cursor..<start + end]))
                    cursor = end
                }
                guard unsafe starts(bytes, at: cursor, with: pattern.gap) else { break }
                cursor += pattern.gap.count
            }
            return (found, start + cursor)
        }
    }

    /// The element that stands where it is expected, or one place beside it.
    @unsafe
    private mutating func knownElement(_ bytes: UnsafeBufferPointer<UInt8>, at cursor: Int) -> MappedElement? {
        for place in [next, next + 1, next - 1] where expected.indices.contains(place) {
            let candidate = expected[place].content
            if unsafe starts(bytes, at: cursor, with: candidate.bytes) {
                next = place + 1
                misses = 0
                return candidate
            }
        }
        return nil
    }

    /// The element with these bytes, wherever it comes from; mapped where it is new.
    mutating func element(_ bytes: ArraySlice<UInt8>) -> MappedElement {
        let hash = contentHash(bytes)
        if next < expected.endIndex, isElement(next, hash, bytes) {
            next += 1
            misses = 0
            return expected[next - 1].content
        }
        misses += 1
        if misses > 1, let place = place(of: hash), isElement(place, hash, bytes) {
            next = place + 1
            misses = 0
            return expected[place].content
        }
        next += 1
        return library.known(bytes, hash: hash) ?? library.map(bytes, hash: hash)
    }

    private func isElement(_ place: Int, _ hash: UInt64, _ bytes: ArraySlice<UInt8>) -> Bool {
        expected[place].content.hash == hash && expected[place].content.bytes.elementsEqual(fast: bytes)
    }

    private mutating func place(of hash: UInt64) -> Int? {
        if let places { return places[hash] }
        let all = Dictionary(
            expected.indices.map { (expected[$0].content.hash, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        places = all
        return all[hash]
    }

    @unsafe
    private func starts(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int, with text: [UInt8]) -> Bool {
        guard let base = bytes.baseAddress, bytes.count - place >= text.count else { return false }
        return unsafe text.withUnsafeBytes { known in
            guard let start = known.baseAddress else { return true }
            return unsafe memcmp(base + place, start, known.count) == 0
        }
    }
}
