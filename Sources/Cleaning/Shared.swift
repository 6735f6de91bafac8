import ChargingModel

/// Attributes of one object that elements, runs and days share: what was once computed of them is kept.
///
/// Not `Sendable`: used by the walk over one feed.
final class Shared<Attributes: Versioned> {
    let value: Attributes
    /// ``Versioned/attributeHash``, computed once.
    private(set) lazy var attributeHash = value.attributeHash
    /// The parts of the object's rows that are the same in every slice of a feed, as the flat files write them.
    var cells: [[UInt8]]?
    /// The key of the set that belongs to the object: a station's opening hours, a point's capabilities.
    var setKey: StableKey?

    init(_ value: Attributes) {
        self.value = value
    }

    /// Whether both hold equal attributes.
    func equals(_ other: Shared<Attributes>) -> Bool { self === other || value == other.value }
}

/// The last attributes that were met of each object, so that equal ones are one value.
struct SharedAttributes<Attributes: Versioned> {
    /// Attributes that follow the status come in a few forms, turn by turn.
    private static var formsKept: Int { 4 }

    private var known: [String: [Shared<Attributes>]] = [:]
    /// A hostile feed can invent ids without end.
    private let maximumObjects = 500_000

    /// The known value that equals `value`, or a new one.
    mutating func share(_ value: Attributes, _ id: String) -> Shared<Attributes> {
        var forms = known[id] ?? []
        if let same = forms.first(where: { $0.value == value }) { return same }
        let new = Shared(value)
        if forms.count >= Self.formsKept { forms.removeFirst() }
        forms.append(new)
        if known.count >= maximumObjects { known.removeAll() }
        known[id] = forms
        return new
    }
}
