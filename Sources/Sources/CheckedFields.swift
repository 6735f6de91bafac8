import ChargingModel
import Foundation

/// The fields of one JSON object that a person wrote, read with their checks: an unknown name is an error.
struct CheckedFields {
    let node: JSONNode
    /// The object, as errors name it.
    var subject: String
    /// The names that the object may have.
    let known: [String]
    /// What kind of error a wrong field is.
    let code: SourceError.Code

    func error(_ name: String, found: String, expected: String) -> SourceError {
        SourceError(code, subject: subject, detail: "\"\(name)\" is \(found) (expected \(expected))")
    }

    func checkNames() throws(SourceError) {
        if node.hasDuplicateKeys(deep: true) {
            throw SourceError(code, subject: subject, detail: "a field stands twice (expected once)")
        }
        for member in node.members where !known.contains(member.name) {
            let near = Suggestion.text(for: member.name, among: known)
            throw SourceError(
                code,
                subject: subject,
                detail: "there is no field \"\(member.name.cut(toBytes: 80))\"" + near,
                remedy: "the fields are: \(known.joined(separator: ", "))"
            )
        }
    }

    func value(_ name: String) -> JSONNode? {
        for member in node.members where member.name == name && !member.value.isNull { return member.value }
        return nil
    }

    func isGiven(_ name: String) -> Bool { value(name) != nil }

    func required(_ name: String, expected: String) throws(SourceError) -> JSONNode {
        guard let value = value(name) else { throw error(name, found: "missing", expected: expected) }
        return value
    }

    func text(_ name: String) throws(SourceError) -> String {
        let value = try required(name, expected: "a text")
        guard let text = value.string, !text.isEmpty else {
            throw error(name, found: value.compactText(limit: 80), expected: "a text")
        }
        return text
    }

    func optionalText(_ name: String) throws(SourceError) -> String? {
        isGiven(name) ? try text(name) : nil
    }

    func boolean(_ name: String) throws(SourceError) -> Bool {
        let value = try required(name, expected: "true or false")
        guard let boolean = value.boolean else {
            throw error(name, found: value.compactText(limit: 80), expected: "true or false")
        }
        return boolean
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(SourceError) -> Int {
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        let value = try required(name, expected: expected)
        guard let number = value.double.flatMap({ Int(exactly: $0) }), range.contains(number) else {
            throw error(name, found: value.compactText(limit: 80), expected: expected)
        }
        return number
    }

    func url(_ name: String) throws(SourceError) -> String {
        let text = try text(name)
        let parts = URLComponents(string: text)
        let isUsable =
            ["http", "https"].contains(parts?.scheme?.lowercased()) && parts?.host?.isEmpty == false
            && parts?.user == nil && parts?.fragment == nil && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isUsable else {
            throw error(
                name,
                found: "\"\(text.cut(toBytes: 200))\"",
                expected: "an http or https address of ASCII characters, without user or fragment"
            )
        }
        return text
    }

    func timeZone(_ name: String) throws(SourceError) -> String {
        let text = try text(name)
        let isRegion = text == "UTC" || text.contains("/")
        guard isRegion, TimeZone(identifier: text) != nil else {
            throw error(
                name,
                found: "\"\(text.cut(toBytes: 80))\"",
                expected: "an IANA zone, for example Europe/Berlin"
            )
        }
        return text
    }

    func day(_ name: String) throws(SourceError) -> UTCDay? {
        guard let value = value(name) else { return nil }
        guard let day = value.string.flatMap({ UTCDay($0) }) else {
            throw error(name, found: value.compactText(limit: 80), expected: "YYYY-MM-DD")
        }
        return day
    }
}
