import Sources
import Testing

struct JSONPlaceTests {
    static let text = #" {"data" : [ {"id":"a","n":[1, {"x":"}]"} ,null]}, {"id":"b" ] , "e/f~":"ü\"" , "é":-1.5e3 } "#

    struct Place: CustomTestStringConvertible {
        let pointer: String
        let bytes: String?
        var testDescription: String { pointer }
    }

    @Test(arguments: [
        Place(pointer: "/data/0/id", bytes: #""a""#), Place(pointer: "/data/0/n", bytes: #"[1, {"x":"}]"} ,null]"#),
        Place(pointer: "/data/0/n/0", bytes: "1"), Place(pointer: "/data/0/n/1/x", bytes: #""}]""#),
        Place(pointer: "/data/0/n/2", bytes: "null"), Place(pointer: "/e~1f~0", bytes: #""ü\"""#),
        Place(pointer: "/é", bytes: "-1.5e3"), Place(pointer: "/data/0/n/3", bytes: nil),
        Place(pointer: "/data/7", bytes: nil), Place(pointer: "/nothing", bytes: nil),
        Place(pointer: "data", bytes: nil), Place(pointer: "/data/0/id/0", bytes: nil),
    ])
    func `a pointer leads to the bytes of its value`(place: Place) {
        let whole = Self.text.replacing(#""b" ]"#, with: #""b"}]"#)
        let bytes = Array(whole.utf8)
        let found = JSONPlace.range(of: place.pointer, in: bytes[...]).map {
            String(decoding: bytes[$0], as: UTF8.self)
        }
        #expect(found == place.bytes)
    }

    @Test func `what is broken behind a place does not hide it, and a cut value has no place`() {
        let bytes = Array(Self.text.utf8)
        let found = JSONPlace.range(of: "/data/0/id", in: bytes[...]).map { String(decoding: bytes[$0], as: UTF8.self) }
        #expect(found == #""a""#)
        for length in bytes.indices {
            let cut = bytes[..<length]
            if let place = JSONPlace.range(of: "/data/0/n", in: cut) { #expect(place.upperBound <= length) }
        }
        #expect(JSONPlace.range(of: "/data", in: Array(#"{"data":[1,"#.utf8)[...]) == nil)
        #expect(JSONPlace.range(of: "", in: [][...]) == nil)
        #expect(JSONPlace.range(of: "", in: Array(" [] ".utf8)[...]) == 1..<3)
    }

    @Test func `an escaped key is found by its text`() {
        let bytes = Array(#"{"\u0061\n":7}"#.utf8)
        #expect(JSONPlace.range(of: "/a\n", in: bytes[...]).map { String(decoding: bytes[$0], as: UTF8.self) } == "7")
    }
}
