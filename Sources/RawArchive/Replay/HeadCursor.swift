internal import ChargingModel
internal import Foundation

/// Why a pack is not replayed.
enum ReplayStop: Error {
    /// The bytes end before the record does.
    case incomplete
    /// Something is not in the shape that our writer gives it: the strict reader decides what it means.
    case surprise
}

/// Walks over the lines of a record in the one shape that our writer gives them.
///
/// Whatever it takes, ``RecordReader`` and ``HTTPHead`` read as the same; of what they would read too, it refuses much.
///
/// Invariant: `next <= end`, and every byte between them can be read while the closure runs that gave the buffer.
@unsafe
struct HeadCursor {
    private let base: UnsafePointer<UInt8>
    private(set) var next: Int
    private let end: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) throws(ReplayStop) {
        guard let base = bytes.baseAddress, start <= bytes.count else { throw .incomplete }
        unsafe self.base = base
        unsafe next = start
        unsafe end = bytes.count
    }

    /// Takes a text that must come next.
    mutating func take(_ text: StaticString) throws(ReplayStop) {
        let count = text.utf8CodeUnitCount
        guard unsafe end - next >= count else { throw .incomplete }
        guard unsafe memcmp(base + next, text.utf8Start, count) == 0 else { throw .surprise }
        unsafe next += count
    }

    /// Takes a text where it comes next.
    mutating func takes(_ text: StaticString) throws(ReplayStop) -> Bool {
        let count = text.utf8CodeUnitCount
        guard unsafe end - next >= count else { throw .incomplete }
        guard unsafe memcmp(base + next, text.utf8Start, count) == 0 else { return false }
        unsafe next += count
        return true
    }

    /// The next byte; `nil` at the end.
    func peek() -> UInt8? { unsafe next < end ? base[next] : nil }

    /// Takes the byte that was peeked at.
    mutating func skip() { unsafe next += 1 }

    /// Takes a text up to its closing quote: printable ASCII without an escape.
    mutating func text() throws(ReplayStop) -> UnsafeBufferPointer<UInt8> {
        let start = unsafe next
        while let byte = unsafe peek(), byte != UInt8(ascii: "\"") {
            guard byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\\") else { throw .surprise }
            unsafe skip()
        }
        guard unsafe next < end else { throw .incomplete }
        unsafe skip()
        return unsafe UnsafeBufferPointer(start: base + start, count: next - 1 - start)
    }

    /// Takes the rest of the line, which ends with CR LF.
    mutating func line() throws(ReplayStop) -> UnsafeBufferPointer<UInt8> {
        let limit = unsafe min(end - next, RecordReader.maximumHeaderBytes)
        guard let found = unsafe memchr(base + next, 0x0A, limit) else {
            throw unsafe end - next > RecordReader.maximumHeaderBytes ? .surprise : .incomplete
        }
        let start = unsafe base + next
        let length = unsafe UnsafeRawPointer(found) - UnsafeRawPointer(start)
        guard unsafe length > 0 && start[length - 1] == 0x0D else { throw .surprise }
        unsafe next += length + 1
        return unsafe UnsafeBufferPointer(start: start, count: length - 1)
    }

    /// Takes a value that stands alone on the rest of the line.
    mutating func value() throws(ReplayStop) -> UnsafeBufferPointer<UInt8> {
        let line = unsafe try self.line()
        guard let first = unsafe line.first, let last = unsafe line.last, first > 0x20, last > 0x20 else {
            throw .surprise
        }
        return unsafe line
    }

    /// Takes a time in the shape `2026-03-01T10:20:00Z`, with or without microseconds.
    mutating func time() throws(ReplayStop) {
        let text = unsafe try value()
        if unsafe UTCTime(plain: text) != nil { return }
        guard unsafe UTCTime(String(decoding: text, as: UTF8.self)) != nil else { throw .surprise }
    }

    /// Takes a whole number of at most nine digits.
    mutating func number() throws(ReplayStop) -> Int {
        let text = unsafe try value()
        guard text.count <= 9 else { throw .surprise }
        var number = 0
        for index in text.indices {
            let digit = unsafe text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { throw .surprise }
            number = number * 10 + Int(digit)
        }
        return number
    }

    /// Takes `sha256:` and 64 digits.
    mutating func digest() throws(ReplayStop) -> UnsafeBufferPointer<UInt8> {
        try unsafe take("sha256:")
        let text = unsafe try value()
        guard text.count == 64 else { throw .surprise }
        return unsafe text
    }

    /// Takes the head of an HTTP answer, blank line included.
    mutating func httpHead() throws(ReplayStop) {
        let start = unsafe next
        try unsafe take("HTTP/1.1 ")
        let status = unsafe try line()
        guard unsafe status.count >= 3 && status[0..<3].allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else {
            throw .surprise
        }
        guard unsafe status.count == 3 || status[3] == 0x20 else { throw .surprise }
        while true {
            let line = unsafe try self.line()
            guard let first = unsafe line.first else { break }
            guard first > 0x20, unsafe line.contains(UInt8(ascii: ":")) else { throw .surprise }
        }
        guard unsafe next - start <= RecordReader.maximumHeaderBytes else { throw .surprise }
    }
}
