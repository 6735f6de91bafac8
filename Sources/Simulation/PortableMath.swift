/// Logarithm and exponential from the four IEEE 754 operations only.
///
/// The C library's versions differ in the last digit between platforms, which would make two machines simulate two
/// worlds. Error below 1e-15 relative for the arguments that the simulation uses.
enum PortableMath {
    private static let naturalLogOfTwo = 0.693_147_180_559_945_3

    /// The natural logarithm of a positive, normal number.
    static func log(_ value: Double) -> Double {
        var exponent = Double(value.exponent)
        var mantissa = value.significand
        if mantissa > 1.414_213_562_373_095 {
            mantissa /= 2
            exponent += 1
        }
        // log(m) = 2 artanh((m - 1) / (m + 1)), |s| ≤ 0.172, so that twelve terms reach the last digit.
        let ratio = (mantissa - 1) / (mantissa + 1)
        let square = ratio * ratio
        var sum = 0.0
        for divisor in stride(from: 23.0, through: 1.0, by: -2.0) {
            sum = sum * square + 1 / divisor
        }
        return exponent * naturalLogOfTwo + 2 * ratio * sum
    }

    /// e to the power of a number between -700 and 700; arguments outside are held to these bounds.
    static func exp(_ value: Double) -> Double {
        let bounded = min(max(value, -700), 700)
        let power = (bounded / naturalLogOfTwo).rounded(.toNearestOrAwayFromZero)
        let rest = bounded - power * naturalLogOfTwo
        var sum = 1.0
        for divisor in stride(from: 16.0, through: 1.0, by: -1.0) {
            sum = 1 + sum * rest / divisor
        }
        return sum * Double(sign: .plus, exponent: Int(power), significand: 1)
    }
}
