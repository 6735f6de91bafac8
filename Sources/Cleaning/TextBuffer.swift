import ChargingModel

/// Bytes of a text that grows at its end; emptied and used again for the next one.
///
/// Not `Sendable`: used by one thread at a time. Invariant: `base` has room for `capacity` bytes, of which the first
/// `count` are written.
@safe
package final class TextBuffer {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0
    /// The day that was written last, and its text.
    private var day: (number: Int32, text: [UInt8])?

    package init() {
        capacity = 1 << 16
        unsafe base = .allocate(capacity: capacity)
    }

    deinit {
        unsafe base.deallocate()
    }

    func removeAll() {
        count = 0
    }

    /// The bytes, valid while `body` runs.
    package func withBytes<Value>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Value) rethrows -> Value {
        try unsafe body(UnsafeBufferPointer(start: base, count: count))
    }

    func append(_ byte: UInt8) {
        reserve(1)
        unsafe base[count] = byte
        count += 1
    }

    func append(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append($0) }
    }

    func append(_ text: StaticString) {
        unsafe append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    func append(_ text: String) {
        var text = text
        text.withUTF8 { unsafe append($0) }
    }

    @unsafe
    func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        reserve(bytes.count)
        unsafe (base + count).update(from: start, count: bytes.count)
        count += bytes.count
    }

    /// Appends a number in decimal.
    func append(_ number: Int64) {
        reserve(20)
        var rest = number.magnitude
        var digits = 1
        var limit: UInt64 = 10
        while digits < 20, rest >= limit {
            digits += 1
            let (next, isTooLarge) = limit.multipliedReportingOverflow(by: 10)
            if isTooLarge { break }
            limit = next
        }
        if number < 0 {
            unsafe base[count] = UInt8(ascii: "-")
            count += 1
        }
        var place = count + digits - 1
        while place >= count {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            unsafe base[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
            rest = quotient
            place -= 1
        }
        count += digits
    }

    /// Appends a day: `2026-03-01`.
    func append(_ day: UTCDay) {
        if let known = self.day, known.number == day.number { return append(known.text) }
        var text: [UInt8] = []
        day.appendText(to: &text)
        self.day = (day.number, text)
        append(text)
    }

    /// Appends a time as SQL engines take it: `2026-03-01 10:20:00`, with microseconds where there are some.
    func append(_ time: UTCTime) {
        let whole = time.seconds
        guard time.microseconds == whole * 1_000_000 else { return append(time.sqlText) }
        let day = time.day
        append(day)
        append(UInt8(ascii: " "))
        appendClock(Int(whole - day.start.seconds))
    }

    /// Appends a time as ``UTCTime/description`` gives it.
    func append(iso time: UTCTime) {
        let whole = time.seconds
        guard time.microseconds == whole * 1_000_000 else { return append(time.description) }
        let day = time.day
        append(day)
        append(UInt8(ascii: "T"))
        appendClock(Int(whole - day.start.seconds))
        append(UInt8(ascii: "Z"))
    }

    private func appendClock(_ second: Int) {
        reserve(8)
        twoDigits(second / 3_600, at: count)
        unsafe base[count + 2] = UInt8(ascii: ":")
        twoDigits(second / 60 % 60, at: count + 3)
        unsafe base[count + 5] = UInt8(ascii: ":")
        twoDigits(second % 60, at: count + 6)
        count += 8
    }

    private func twoDigits(_ value: Int, at place: Int) {
        unsafe base[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 10)
        unsafe base[place + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10)
    }

    private func reserve(_ more: Int) {
        guard capacity - count < more + 16 else { return }
        let wanted = max(2 * capacity, count + more + 16)
        let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted)
        unsafe grown.update(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = grown
        capacity = wanted
    }
}
