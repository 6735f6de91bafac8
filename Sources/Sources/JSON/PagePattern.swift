import CSIMDJSON
import ChargingModel
import Foundation

/// What stands around the elements of a page, learnt from one page to take the next one apart by comparing.
///
/// Only for adapters with ``FeedAdapter/splitsAtBrackets``. Whatever it says of a page, ``FeedAdapter/split(_:)`` says
/// the same; where it says nothing, that has to be asked.
package struct PagePattern {
    /// Everything before the first element.
    package let prefix: [UInt8]
    /// What stands between two elements: a comma, and white space.
    package let gap: [UInt8]
    private var suffix: [UInt8]
    /// Where the envelope's time stands in the suffix; `nil` where that is not certain.
    private var time: Range<Int>?
    private var envelope: AnswerParts

    /// Learns from a page that an adapter split; `nil` where it is not plain enough.
    package init?(_ page: ArraySlice<UInt8>, parts: AnswerParts) {
        guard let first = parts.elements.first, let last = parts.elements.last else { return nil }
        let start = page.startIndex
        prefix = Array(page[start..<start + first.lowerBound])
        suffix = Array(page[(start + last.upperBound)...])
        gap =
            parts.elements.count > 1
            ? Array(page[start + first.upperBound..<start + parts.elements[1].lowerBound]) : [UInt8(ascii: ",")]
        var previous = first
        for element in parts.elements.dropFirst() {
            guard page[start + previous.upperBound..<start + element.lowerBound].elementsEqual(gap) else { return nil }
            previous = element
        }
        guard gap.contains(UInt8(ascii: ",")), suffix.first(where: { !Self.isBlank($0) }) == UInt8(ascii: "]") else {
            return nil
        }
        envelope = parts
        envelope.elements = []
        time = Self.time(prefix, suffix, parts.sourceTime)
    }

    /// The envelope of a page with this prefix; `nil` where the adapter has to look at the whole page.
    package mutating func parts(
        endingWith end: ArraySlice<UInt8>,
        adapter: any FeedAdapter
    ) -> AnswerParts? {
        guard end.first(where: { !Self.isBlank($0) }) == UInt8(ascii: "]") else { return nil }
        if suffix.elementsEqual(fast: end) { return envelope }
        if let time, let now = sourceTime(end, at: time) {
            envelope.sourceTime = now
            suffix.replaceSubrange(time, with: end[end.startIndex + time.lowerBound..<end.startIndex + time.upperBound])
            return envelope
        }
        // The adapter reads the envelope around an element that says nothing.
        guard let parts = try? adapter.split(prefix + Array("{}".utf8) + end), parts.elements.count == 1 else {
            return nil
        }
        suffix = Array(end)
        envelope = parts
        envelope.elements = []
        time = Self.time(prefix, suffix, parts.sourceTime)
        return envelope
    }

    /// The time of an envelope that differs from the known one in its time alone; `nil` for every other.
    private func sourceTime(_ end: ArraySlice<UInt8>, at time: Range<Int>) -> UTCTime? {
        guard end.count == suffix.count else { return nil }
        return unsafe suffix.withUnsafeBufferPointer { known in
            unsafe end.withUnsafeBufferPointer { found in
                guard let left = known.baseAddress, let right = found.baseAddress,
                    unsafe memcmp(left, right, time.lowerBound) == 0,
                    unsafe memcmp(left + time.upperBound, right + time.upperBound, known.count - time.upperBound) == 0
                else { return nil }
                // No quote and no escape can stand in this shape.
                return unsafe UTCTime(plain: UnsafeBufferPointer(rebasing: found[time]))
            }
        }
    }

    /// Where the value of `timestamp` stands in the suffix, where it can only be the envelope's own.
    private static func time(_ prefix: [UInt8], _ suffix: [UInt8], _ time: UTCTime?) -> Range<Int>? {
        let backslash = UInt8(ascii: "\\")
        guard let time, !prefix.contains(backslash), !suffix.contains(backslash) else { return nil }
        let text = String(decoding: suffix, as: UTF8.self)
        let key = "\"timestamp\""
        guard text.utf8.count == suffix.count, !String(decoding: prefix, as: UTF8.self).contains(key),
            let found = text.range(of: key), text.range(of: key, options: .backwards) == found
        else { return nil }
        let rest = text[found.upperBound...].drop { $0.isWhitespace || $0 == ":" }
        guard rest.first == "\"" else { return nil }
        let value = rest.dropFirst().prefix { $0 != "\"" }
        guard UTCTime(String(value)) == time else { return nil }
        let start = text.utf8.distance(from: text.startIndex, to: value.startIndex)
        return start..<start + value.utf8.count
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

/// Where the element ends that starts at a place of a page; `nil` where it is not as ``FeedAdapter/split(_:)`` wants it.
@unsafe
package func endOfElement(in page: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = page.baseAddress else { return nil }
    let end = unsafe csj_element_end(base, page.count, start)
    return end == 0 ? nil : end
}

extension Array where Element == UInt8 {
    /// Whether both hold the same bytes, by one memory comparison.
    package func elementsEqual(fast other: ArraySlice<UInt8>) -> Bool {
        guard count == other.count else { return false }
        return unsafe withUnsafeBytes { mine in
            unsafe other.withUnsafeBytes { theirs in
                guard let left = mine.baseAddress, let right = theirs.baseAddress else { return true }
                return unsafe memcmp(left, right, mine.count) == 0
            }
        }
    }
}
