/// Numbers as text, the same on every platform and in every locale: `.` before the decimals, no grouping.
enum NumberText {
    /// The shortest text that reads back as the same number; `nil` for what is not a number.
    static func exact(_ number: Double) -> String? {
        guard number.isFinite else { return nil }
        if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
        return "\(number)"
    }

    /// A number with so many decimals, halves rounded away from zero; `nil` for what is not a number.
    static func fixed(_ number: Double, decimals: Int) -> String? {
        guard number.isFinite else { return nil }
        let scale = (0..<max(0, decimals)).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = (abs(number) * scale).rounded(.toNearestOrAwayFromZero)
        guard scaled < 9e15 else { return exact(number) }
        let digits = String(Int64(scaled))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = number < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + padded }
        return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
    }

    /// A ratio in per cent, for example `12.3`.
    static func percent(_ ratio: Double, decimals: Int) -> String? {
        fixed(ratio * 100, decimals: decimals)
    }
}
