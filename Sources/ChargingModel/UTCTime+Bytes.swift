extension UTCTime {
    /// Reads `2026-03-01T10:20:00Z` or `2026-03-01T11:20:00+01:00` from bytes; `nil` for every other shape, also for
    /// those that ``init(_:)`` reads.
    @unsafe
    package init?(plain bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 20 || bytes.count == 25 else { return nil }
        guard
            unsafe bytes[4] == UInt8(ascii: "-") && bytes[7] == UInt8(ascii: "-") && bytes[10] == UInt8(ascii: "T")
                && bytes[13] == UInt8(ascii: ":") && bytes[16] == UInt8(ascii: ":")
        else { return nil }
        guard let century = unsafe twoDigits(bytes, 0), let year = unsafe twoDigits(bytes, 2),
            let month = unsafe twoDigits(bytes, 5), let day = unsafe twoDigits(bytes, 8),
            let hour = unsafe twoDigits(bytes, 11), let minute = unsafe twoDigits(bytes, 14),
            let second = unsafe twoDigits(bytes, 17), hour < 24, minute < 60, second < 60,
            let date = UTCDay(year: century * 100 + year, month: month, day: day)
        else { return nil }
        var offset = 0
        if bytes.count == 20 {
            guard unsafe bytes[19] == UInt8(ascii: "Z") else { return nil }
        } else {
            guard let hours = unsafe twoDigits(bytes, 20), let minutes = unsafe twoDigits(bytes, 23), hours < 24,
                minutes < 60, unsafe bytes[22] == UInt8(ascii: ":")
            else { return nil }
            offset = hours * 3_600 + minutes * 60
            switch unsafe bytes[19] {
            case UInt8(ascii: "+"): break
            case UInt8(ascii: "-"): offset = -offset
            default: return nil
            }
        }
        self.init(seconds: date.start.seconds + Int64(hour * 3_600 + minute * 60 + second - offset))
    }

    /// Appends ``sqlText``.
    package func appendSQLText(to bytes: inout [UInt8]) {
        append(to: &bytes, separator: UInt8(ascii: " "), suffix: nil)
    }

    /// Appends ``description``.
    package func appendText(to bytes: inout [UInt8]) {
        append(to: &bytes, separator: UInt8(ascii: "T"), suffix: UInt8(ascii: "Z"))
    }

    private func append(to bytes: inout [UInt8], separator: UInt8, suffix: UInt8?) {
        let whole = seconds
        let day = self.day
        day.appendText(to: &bytes)
        bytes.append(separator)
        let second = Int(whole - day.start.seconds)
        appendTwoDigits(second / 3_600, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendTwoDigits(second / 60 % 60, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendTwoDigits(second % 60, to: &bytes)
        let fraction = Int(microseconds - whole * 1_000_000)
        if fraction != 0 {
            bytes.append(UInt8(ascii: "."))
            appendTwoDigits(fraction / 10_000, to: &bytes)
            appendTwoDigits(fraction / 100 % 100, to: &bytes)
            appendTwoDigits(fraction % 100, to: &bytes)
        }
        if let suffix { bytes.append(suffix) }
    }
}

extension UTCDay {
    /// Appends ``description``.
    package func appendText(to bytes: inout [UInt8]) {
        let (year, month, day) = calendarDate
        guard (0...9_999).contains(year) else { return bytes.append(contentsOf: description.utf8) }
        appendTwoDigits(year / 100, to: &bytes)
        appendTwoDigits(year % 100, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendTwoDigits(month, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendTwoDigits(day, to: &bytes)
    }
}

@unsafe
private func twoDigits(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
    let (tens, ones) = unsafe (bytes[index] &- UInt8(ascii: "0"), bytes[index + 1] &- UInt8(ascii: "0"))
    return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
}

private func appendTwoDigits(_ value: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 10))
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
}
