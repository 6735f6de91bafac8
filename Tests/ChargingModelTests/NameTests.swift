import ChargingModel
import Foundation
import Testing

@Suite struct NameTests {
    @Test(arguments: ["chargecloud/koeln", "a", "sim/0-9", String(repeating: "x", count: 64)])
    func `a feed name of lower-case letters, digits and dashes is read`(text: String) {
        #expect(FeedID(text)?.description == text)
    }

    @Test(arguments: [
        "", "/", "a/", "/a", "a/b/c", "Köln", "chargecloud/KOELN", "a b", "..", "a/..", "a\n", "a_b",
        String(repeating: "x", count: 65),
    ])
    func `a feed name that could not name a folder is refused`(text: String) throws {
        #expect(FeedID(text) == nil)
        let coded = try JSONEncoder().encode([text])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([FeedID].self, from: coded) }
    }

    @Test func `keys are the first eight bytes of SHA-256, on every machine`() {
        // printf 'feed\x1fchargecloud/koeln' | sha256sum
        #expect(StableKey("feed", "chargecloud/koeln") == FeedID("chargecloud/koeln")?.key)
        #expect(StableKey("feed", "chargecloud/koeln").value == -3_838_954_243_786_440_878)
        #expect(StableKey("a", "bc") != StableKey("ab", "c"))
        #expect(StableKey("a", "") != StableKey("a"))
    }

    @Test func `a digest is SHA-256 in hexadecimal and reads both cases`() {
        // RFC 6234, section 8.5, test 1.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        let digest = ContentDigest(of: Array("abc".utf8))
        #expect(digest.description == expected)
        #expect(ContentDigest(expected.uppercased()) == digest)
        #expect(ContentDigest(String(expected.dropLast())) == nil)
        #expect(ContentDigest(expected.dropLast() + "g") == nil)
        var hasher = ContentHasher()
        hasher.update(Array("a".utf8))
        hasher.update(Array("xbcx".utf8)[1...2])
        #expect(hasher.digest() == digest)
    }

    @Test func `a secret never prints`() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump(["key": secret], to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
            #expect(!text.contains("hunter2"))
        }
        #expect(secret.exposed == "hunter2")
    }
}
