extension UTCDay: CustomStringConvertible, LosslessStringConvertible {
    /// `2026-03-01`.
    public var description: String {
        let (year, month, day) = calendarDate
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Reads `2026-03-01`; nothing else is accepted.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = decimalNumber(bytes[0..<4]), let month = decimalNumber(bytes[5..<7]),
            let day = decimalNumber(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

extension UTCTime: CustomStringConvertible, LosslessStringConvertible {
    /// ISO 8601 with `Z`; a fraction of six digits only where it is not zero: `2026-03-01T10:20:00Z`.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(27)
        appendText(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The form that SQL engines and `COPY` take: `2026-03-01 10:20:00`, with a fraction only where it is not zero.
    public var sqlText: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(26)
        appendSQLText(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The form that names files, without colons: `2026-03-01T102000Z`.
    public var fileNameText: String {
        "\(day)T\(clockText(separator: ""))Z"
    }

    /// Reads RFC 3339 (`2026-03-01T10:20:00Z`, `2026-03-01 11:20:00.5+01:00`) and the file-name form
    /// `2026-03-01T102000Z`.
    ///
    /// An offset or `Z` is required: a time without a zone is not a time.
    public init?(_ text: String) {
        var text = text
        if let plain = text.withUTF8({ unsafe UTCTime(plain: $0) }) {
            self = plain
            return
        }
        guard let time = TimeScanner(Array(text.utf8)).time() else { return nil }
        self = time
    }

    private func clockText(separator: String) -> String {
        let second = Int(seconds - day.start.seconds)
        return padded(second / 3_600, 2) + separator + padded(second / 60 % 60, 2) + separator + padded(second % 60, 2)
    }
}

/// Reads one RFC 3339 time from bytes.
private struct TimeScanner {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func time() -> UTCTime? {
        guard bytes.count >= 18, bytes.count <= 40, "Tt ".utf8.contains(bytes[10]),
            let day = UTCDay(String(decoding: bytes[0..<10], as: UTF8.self))
        else { return nil }
        let hasColons = bytes[13] == UInt8(ascii: ":")
        let clockEnd = hasColons ? 19 : 17
        guard bytes.count > clockEnd, !hasColons || bytes[16] == UInt8(ascii: ":"),
            let hour = decimalNumber(bytes[11..<13]), let minute = decimalNumber(bytes[hasColons ? 14..<16 : 13..<15]),
            let second = decimalNumber(bytes[hasColons ? 17..<19 : 15..<17]),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        var rest = bytes[clockEnd...]
        guard let fraction = takeFraction(&rest), let offset = offsetSeconds(rest) else { return nil }
        let clock = hour * 3_600 + minute * 60 + min(second, 59)
        return UTCTime(microseconds: (day.start.seconds + Int64(clock - offset)) * 1_000_000 + Int64(fraction))
    }

    /// Takes `.123456` off the front; zero where there is no fraction.
    private func takeFraction(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard rest.first == UInt8(ascii: ".") else { return 0 }
        let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest[digits.endIndex...]
        let kept = Array(digits.prefix(6))
        return decimalNumber((kept + Array(repeating: UInt8(ascii: "0"), count: 6 - kept.count))[...])
    }

    /// `Z`, `+01:00`, `+0100` or `+01` in seconds east of UTC.
    private func offsetSeconds(_ rest: ArraySlice<UInt8>) -> Int? {
        guard let sign = rest.first else { return nil }
        if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") { return rest.count == 1 ? 0 : nil }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        let digits = Array(rest.dropFirst().filter { $0 != UInt8(ascii: ":") })
        guard digits.count == 2 || digits.count == 4, let hours = decimalNumber(digits[0..<2]), hours < 24 else {
            return nil
        }
        let minutes = digits.count == 4 ? decimalNumber(digits[2..<4]) : 0
        guard let minutes, minutes < 60 else { return nil }
        return (hours * 3_600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
}

private func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return digits.count >= width ? digits : String(repeating: "0", count: width - digits.count) + digits
}

private func decimalNumber(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
}
