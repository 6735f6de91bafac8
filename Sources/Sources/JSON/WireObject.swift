/// The fields that an adapter knows of one kind of object: an enumeration whose cases are named as on the wire.
protocol WireField: RawRepresentable<Int>, CaseIterable, Sendable {
    /// The names of all cases, in the order of their raw values, which count from 0.
    static var names: WireNames { get }
}

/// Field names as bytes.
struct WireNames: Sendable {
    let names: [[UInt8]]

    init<Field: WireField>(of type: Field.Type) {
        names = Field.allCases.map { Array(String(describing: $0).utf8) }
    }
}

/// A JSON object read once: where each known field stands, and which fields are unknown.
struct WireObject<Field: WireField> {
    /// Position 0 of a tape is never a value: it marks a missing field.
    private var positions: [Int32]
    private let node: JSONNode
    private(set) var unknown: [JSONMember] = []

    /// Reads the members of an object, of which each must be there at most once.
    init(_ node: JSONNode) {
        self.node = node
        let names = Field.names.names
        positions = Array(repeating: 0, count: names.count)
        var expected = 0
        for member in node.members {
            guard let found = Self.index(of: member.key, in: names, expected: expected) else {
                unknown.append(member)
                continue
            }
            positions[found] = Int32(truncatingIfNeeded: member.value.position)
            expected = found + 1
        }
    }

    /// The value of a field; `nil` where it is missing, a node of kind `null` where it is null.
    subscript(field: Field) -> JSONNode? {
        let position = positions[field.rawValue]
        return position == 0 ? nil : node.at(Int(position))
    }

    /// Objects of one answer have the same order, so the next name is tried first.
    private static func index(of key: JSONNode, in names: [[UInt8]], expected: Int) -> Int? {
        guard let bytes = unsafe key.bytes else { return nil }
        if expected < names.count, unsafe isEqual(names[expected], bytes) { return expected }
        return names.indices.first { unsafe isEqual(names[$0], bytes) }
    }

    private static func isEqual(_ name: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        unsafe name.count == bytes.count && name.elementsEqual(bytes)
    }
}
