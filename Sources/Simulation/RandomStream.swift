/// A stream of pseudo-random numbers that belongs to one thing of one world.
///
/// SplitMix64 (Steele, Lea, Flood 2014). The start is a hash of the seed, of what is drawn and of whom it is drawn
/// for, so that no stream depends on how many others there are or on their order.
package struct RandomStream {
    /// What a stream is drawn for.
    ///
    /// Persisted in golden values: never renumbered.
    package enum Purpose: UInt64 {
        case city = 1
        case station = 2
        case point = 3
        case disruptions = 4
        case sessions = 5
        case faults = 6
        case outage = 7
        case episode = 8
        case event = 9
        case lie = 10
        case collector = 11
    }

    private var state: UInt64

    package init(seed: UInt64, _ purpose: Purpose, _ first: UInt64 = 0, _ second: UInt64 = 0) {
        var hash = Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15)
        for part in [purpose.rawValue, first, second] {
            hash = Self.mix((hash ^ Self.mix(part &+ 0xD1B5_4A32_D192_ED03)) &+ 0x9E37_79B9_7F4A_7C15)
        }
        state = hash
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// A number in the open interval (0, 1).
    package mutating func uniform() -> Double {
        (Double(next() >> 11) + 0.5) / 9_007_199_254_740_992
    }

    /// A number in (low, high).
    mutating func uniform(_ low: Double, _ high: Double) -> Double {
        low + (high - low) * uniform()
    }

    /// Whether an event of this probability happens.
    package mutating func chance(_ probability: Double) -> Bool {
        uniform() < probability
    }

    /// A whole number from 0 to `count` - 1.
    package mutating func index(below count: Int) -> Int {
        min(Int(uniform() * Double(count)), count - 1)
    }

    /// An exponentially distributed number.
    mutating func exponential(mean: Double) -> Double {
        -mean * PortableMath.log(uniform())
    }

    /// A standard normal number (Marsaglia's polar method; the second one of the pair is dropped).
    mutating func normal() -> Double {
        while true {
            let first = uniform(-1, 1)
            let second = uniform(-1, 1)
            let square = first * first + second * second
            if square < 1, square > 1e-300 {
                return first * (-2 * PortableMath.log(square) / square).squareRoot()
            }
        }
    }

    /// A lognormal number of this median.
    mutating func lognormal(median: Double, sigma: Double) -> Double {
        median * PortableMath.exp(sigma * normal())
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
