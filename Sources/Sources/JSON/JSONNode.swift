import CSIMDJSON

/// A value on the parser's tape (simdjson, `doc/tape.md`).
///
/// Invariant: a node lives no longer than the closure that ``JSONText/read(_:_:)`` gave it to, so that its pointers
/// stay valid; positions come from the tape alone, so that every read is inside it. Not `Sendable`.
@safe
package struct JSONNode {
    enum Kind: UInt8 {
        case object = 0x7B
        case array = 0x5B
        case string = 0x22
        case integer = 0x6C
        case unsigned = 0x75
        case double = 0x64
        case yes = 0x74
        case no = 0x66
        case null = 0x6E
    }

    private let tape: UnsafePointer<UInt64>
    private let strings: UnsafePointer<UInt8>
    let position: Int

    @unsafe
    init(tape: UnsafePointer<UInt64>, strings: UnsafePointer<UInt8>, position: Int) {
        unsafe self.tape = tape
        unsafe self.strings = strings
        self.position = position
    }

    /// The value at another position of the same tape.
    func at(_ position: Int) -> JSONNode {
        unsafe JSONNode(tape: tape, strings: strings, position: position)
    }

    var kind: Kind { Kind(rawValue: UInt8(word >> 56)) ?? .null }

    var isNull: Bool { kind == .null }

    var boolean: Bool? {
        switch kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    /// The number, where it is one; integers above 2^53 lose their last digits.
    var double: Double? {
        switch kind {
        case .integer: Double(Int64(bitPattern: operand))
        case .unsigned: Double(operand)
        case .double: Double(bitPattern: operand)
        default: nil
        }
    }

    /// The number as decimal text: whole ones without a fraction.
    var numberText: String? {
        switch kind {
        case .integer: return String(Int64(bitPattern: operand))
        case .unsigned: return String(operand)
        case .double:
            let value = Double(bitPattern: operand)
            if let whole = Int64(exactly: value) { return String(whole) }
            return String(value)
        default: return nil
        }
    }

    /// The string, as it is.
    var string: String? {
        unsafe bytes.map { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of the string.
    var bytes: UnsafeBufferPointer<UInt8>? {
        guard kind == .string else { return nil }
        let start = unsafe strings + Int(payload)
        let count = unsafe UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
        return unsafe UnsafeBufferPointer(start: start + 4, count: Int(count))
    }

    /// The members of an object, in order; none for another kind.
    var members: JSONMembers {
        JSONMembers(object: self, position: kind == .object ? position + 1 : 0, end: kind == .object ? after - 1 : 0)
    }

    /// The elements of an array, in order; none for another kind.
    package var elements: JSONElements {
        JSONElements(array: self, position: kind == .array ? position + 1 : 0, end: kind == .array ? after - 1 : 0)
    }

    /// The first member of that name; `nil` where it is missing, a node of kind `null` where it is null.
    package subscript(name: StaticString) -> JSONNode? {
        for member in members where member.hasName(name) { return member.value }
        return nil
    }

    /// Whether this object, or one inside it where `deep`, has a key twice.
    func hasDuplicateKeys(deep: Bool) -> Bool {
        unsafe csj_has_duplicate_keys(tape, strings, position, deep ? 1 : 0) != 0
    }

    /// The position after this value.
    var after: Int {
        switch kind {
        case .object, .array: Int(word & 0xFFFF_FFFF)
        case .integer, .unsigned, .double: position + 2
        case .string, .yes, .no, .null: position + 1
        }
    }

    private var word: UInt64 { unsafe tape[position] }
    private var payload: UInt64 { word & 0x00FF_FFFF_FFFF_FFFF }
    private var operand: UInt64 { unsafe tape[position + 1] }
}

/// One member of an object.
struct JSONMember {
    let key: JSONNode
    let value: JSONNode

    var name: String { key.string ?? "" }

    /// Whether the key has exactly these bytes.
    func hasName(_ name: StaticString) -> Bool {
        guard let bytes = unsafe key.bytes, bytes.count == name.utf8CodeUnitCount else { return false }
        return unsafe bytes.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
}

/// The members of an object.
struct JSONMembers: Sequence, IteratorProtocol {
    let object: JSONNode
    var position: Int
    let end: Int

    mutating func next() -> JSONMember? {
        guard position < end else { return nil }
        let key = object.at(position)
        let value = object.at(position + 1)
        position = value.after
        return JSONMember(key: key, value: value)
    }
}

/// The elements of an array.
package struct JSONElements: Sequence, IteratorProtocol {
    let array: JSONNode
    var position: Int
    let end: Int

    package mutating func next() -> JSONNode? {
        guard position < end else { return nil }
        let element = array.at(position)
        position = element.after
        return element
    }
}
