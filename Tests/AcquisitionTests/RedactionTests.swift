import Acquisition
import ChargingModel
import RawArchive
import Testing

@Suite struct RedactionTests {
    private let redaction = Redaction(credential: Secret("s3cr3t"))

    @Test(arguments: [
        ("https://user:pass@host/a?b=1", "https://host/a?b=1"),
        ("https://host/a?token=abc&b=1", "https://host/a?token=<redacted>&b=1"),
        ("https://host/a?API_KEY=abc", "https://host/a?API_KEY=<redacted>"),
        ("https://host/s3cr3t/a", "https://host/<redacted>/a"),
        ("https://host/a@b?c=d@e", "https://host/a@b?c=d@e"),
    ])
    func `an address keeps no credential`(url: String, clean: String) {
        #expect(redaction.url(url) == clean)
    }

    @Test func `texts and headers keep no credential and no cookie`() {
        #expect(redaction.text("key s3cr3t refused") == "key <redacted> refused")
        let fields = [HeaderField("Set-Cookie", "id=1"), HeaderField("X-Echo", "s3cr3t"), HeaderField("Date", "now")]
        #expect(
            redaction.headers(fields) == [
                HeaderField("Set-Cookie", "<redacted>"), HeaderField("X-Echo", "<redacted>"),
                HeaderField("Date", "now"),
            ]
        )
        #expect(redaction.text(String(repeating: "x", count: 9_999)).count == 501)
    }
}
