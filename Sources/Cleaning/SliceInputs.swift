import ChargingModel

/// What a slice depends on, part by part: two of them say why a slice is stale.
public struct SliceInputs: Hashable, Sendable, Codable {
    /// A part of the input.
    public enum Part: String, CaseIterable, Sendable {
        /// The raw pack of the slice's own day.
        case raw
        /// The raw packs of the days before that reach into it.
        case carry
        /// The adapter and the version of its mapping.
        case mapping
        /// The rows of the status map.
        case statuses
        /// The spellings of cities.
        case places
        /// The cleaning rules and the layout of flat files.
        case rules
        /// The configuration of cleaning.
        case configuration
        /// The feed's descriptor.
        case feed
        /// How the day ends: what the first polls of the next day decide.
        case tail
    }

    /// Sixteen hexadecimal digits a part.
    private var digests: [String: String]

    /// No parts.
    init() {
        digests = [:]
    }

    /// Reads the form that ``text`` writes; parts that this version does not know are kept.
    public init(_ text: String) {
        digests = [:]
        for item in text.split(separator: " ") {
            let sides = item.split(separator: "=", maxSplits: 1)
            if sides.count == 2 { digests[String(sides[0])] = String(sides[1]) }
        }
    }

    /// Reads the manifest's object.
    public init(from decoder: any Decoder) throws {
        digests = try decoder.singleValueContainer().decode([String: String].self)
    }

    /// Writes the manifest's object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(digests)
    }

    /// `carry=0f… raw=3a…`: what the load log keeps.
    public var text: String {
        digests.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }

    /// The parts in which another input differs from this one, in the order of their declaration.
    public func parts(changedIn other: SliceInputs) -> [Part] {
        Part.allCases.filter { digests[$0.rawValue] != other.digests[$0.rawValue] }
    }

    /// Why a slice with these inputs replaces one with `former`: `raw changed, carry changed`.
    ///
    /// `inputs changed` where the former ones are not known part by part.
    public func reason(after former: SliceInputs?) -> String {
        let parts = former.map { self.parts(changedIn: $0) } ?? []
        guard !parts.isEmpty, former?.digests.isEmpty == false else { return "inputs changed" }
        return parts.map { "\($0.rawValue) changed" }.joined(separator: ", ")
    }

    /// Notes a part by the lines that stand for it.
    mutating func note(_ part: Part, _ lines: String...) {
        let hash = ContentDigest(of: Array(lines.joined(separator: "\n").utf8)).description
        digests[part.rawValue] = String(hash.prefix(16))
    }
}
