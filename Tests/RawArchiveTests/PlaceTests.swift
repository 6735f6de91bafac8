import ChargingModel
import Foundation
import RawArchive
import Testing

/// Where records stand: checked against the exported WARC and the bytes of the pack.
struct PlaceTests {
    private static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    @Test(arguments: [false, true])
    func `the place of each page leads to its record, its body and its frame`(isSealed: Bool) async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        // Three writers: a live pack has a frame of each. The second body comes back later.
        let bodies = [[1, 2], [3], [2, 4], []].map { $0.map { Array(repeating: UInt8($0), count: 3_000 + $0) } }
        for (number, pages) in bodies.enumerated() {
            let page = pages.enumerated().map { fixture.page(number, $1, url: "https://example.org/?p=\($0)") }
            try fixture.write([Capture(poll: fixture.poll(number, pages.isEmpty ? .timeout : .ok), pages: page)])
        }
        if isSealed { try fixture.archive.seal(fixture.feed, fixture.day, at: fixture.sealTime) }
        let path = fixture.folder + "/plain.warc"
        _ = try await fixture.archive.exportWARC(fixture.feed, fixture.day, to: path)
        let plain = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        let pack = Array(try Data(contentsOf: URL(fileURLWithPath: fixture.packPath)))
        var places: [RecordPlace] = []
        try await fixture.archive.locate(fixture.feed, fixture.day) { placed in
            #expect(placed.places.count == placed.capture.pages.count)
            for (place, page) in zip(placed.places, placed.capture.pages) {
                let start = try #require(place.bodyOffset)
                #expect(Array(plain[start..<start + place.bodyLength]) == page.body)
                let record = plain[place.offset..<place.offset + place.length]
                #expect(record.starts(with: "WARC/1.1\r\n".utf8) && Array(record.suffix(4)) == Array("\r\n\r\n".utf8))
                #expect(String(decoding: record, as: UTF8.self).contains("WARC-Target-URI: \(page.url)\r\n"))
                #expect(Array(pack[place.frameFileOffset...].prefix(4)) == Self.magic)
                #expect(place.framePlainOffset <= place.offset)
            }
            places += placed.places
        }
        #expect(places.map(\.type) == ["response", "response", "response", "revisit", "response"])
        #expect(places[3].bodyOffset == places[1].bodyOffset)
        #expect(Set(places.map(\.frameFileOffset)).count == (isSealed ? 1 : 3))
    }

    @Test func `the name of a pack is where the archive has it`() throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let name = RawArchive.packName(fixture.feed, fixture.day)
        #expect(name == "chargecloud/koeln/2026/2026-03-01.warc.zst")
        #expect(fixture.packPath == "\(fixture.archive.root)/\(name)")
    }
}
