import ChargingModel
import Foundation
import RawArchive
import Testing

struct ExchangeTests {
    private func judge(_ pages: [CapturedPage]) -> (outcome: PollOutcome, detail: String?) {
        pages.allSatisfy { $0.body.first == UInt8(ascii: "{") } ? (.ok, nil) : (.malformed, "no object")
    }

    @Test func `a folder is imported once, its holes become missing polls`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let folder = fixture.folder + "/in"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for number in [0, 1, 4, 150] {
            try fixture.put(fixture.body(number), at: "\(folder)/\(fixture.slot(number).fileNameText).json")
        }
        try fixture.put("<html>".utf8, at: "\(folder)/\(fixture.slot(5).fileNameText).page1.json")
        try fixture.put("<html>".utf8, at: "\(folder)/\(fixture.slot(5).fileNameText).page2.json")
        let origin = ImportOrigin(feed: fixture.feed, url: "https://example.org/poi")
        let report = try fixture.archive.importFolder(folder, from: origin, everySeconds: 600, judge: judge)
        #expect(report.captures == 5 && report.missing == 146 && report.duplicates == 0)
        let again = try fixture.archive.importFolder(folder, from: origin, everySeconds: 600, judge: judge)
        #expect(again.captures == 0 && again.missing == 0 && again.duplicates == 5)
        let read = try await fixture.readAll()
        #expect(read.count == 144)
        #expect(read[0...5].map(\.poll.outcome) == [.ok, .ok, .missing, .missing, .ok, .malformed])
        #expect(read[5].pages.count == 2)
        #expect(try fixture.archive.days(of: fixture.feed).count == 2)
    }

    @Test(arguments: [
        "2026-03-01T102000Z.json.gz", "x.json", "2026-03-01T102001Z.json", "2026-03-01T102000Z.page2.json",
    ])
    func `a file with another name is refused before anything is written`(name: String) throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let folder = fixture.folder + "/in"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try fixture.put("{}".utf8, at: "\(folder)/\(name)")
        let origin = ImportOrigin(feed: fixture.feed, url: "https://example.org/poi")
        let error = #expect(throws: ArchiveError.self) {
            try fixture.archive.importFolder(folder, from: origin, everySeconds: 600, judge: judge)
        }
        #expect(error?.errorCode == .badImport)
        #expect(try fixture.archive.packs().isEmpty)
    }

    @Test func `a pack goes through a WARC export into another archive unchanged`() async throws {
        let one = try ArchiveFixture()
        let two = try ArchiveFixture()
        defer { one.remove() }
        defer { two.remove() }
        var captures = (0..<5).map { one.capture($0, one.body($0 / 2)) }
        captures.append(Capture(poll: one.poll(5), pages: [one.page(5, [], status: 304)]))
        captures.append(Capture(poll: one.poll(6, .timeout), pages: []))
        try one.write(captures)
        let path = one.folder + "/plain.warc"
        #expect(try await one.archive.exportWARC(one.feed, one.day, to: path).bytes > 1_000)
        let first = try two.archive.importWARC(path, from: nil, everySeconds: 600, judge: judge)
        let second = try two.archive.importWARC(one.packPath, from: nil, everySeconds: 600, judge: judge)
        #expect(first.captures == 7 && second.captures == 0 && second.duplicates == 7)
        #expect(try await two.readAll() == one.readAll())
        #expect(try two.archive.digest(two.feed, two.day) == one.archive.digest(one.feed, one.day))
    }

    @Test func `bodies are exported under names that the import reads`() async throws {
        let one = try ArchiveFixture()
        let two = try ArchiveFixture()
        defer { one.remove() }
        defer { two.remove() }
        try one.write((0..<3).map { one.capture($0, one.body($0)) } + [one.capture(1, [1])])
        let report = try await one.archive.exportBodies(one.feed, one.day, to: one.folder + "/out")
        #expect(report.files == 3 && report.leftOut == 1)
        let origin = ImportOrigin(feed: two.feed, url: "https://example.org/poi")
        _ = try two.archive.importFolder(one.folder + "/out", from: origin, everySeconds: 600, judge: judge)
        #expect(try await two.readAll().map(\.pages[0].body) == (0..<3).map { one.body($0) })
    }

    @Test func `a WARC of another tool gives captures in the slots of its dates`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let http = [
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n3;x=1\r\n\":1\r\n1\r\n}\r\n0\r\n\r\n",
            "HTTP/1.1 503 Busy\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nxyz",
        ]
        let text = http.enumerated().map { number, block in
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:\(number)>\r\nWARC-Date: 2026-03-01T10:2\(number):31Z"
                + "\r\nWARC-Target-URI: https://example.org/poi\r\nContent-Type: application/http\r\n"
                + "Content-Length: \(block.utf8.count)\r\n\r\n\(block)\r\n\r\n"
        }
        let path = fixture.folder + "/foreign.warc"
        try fixture.put(text.joined().utf8, at: path)
        let origin = ImportOrigin(feed: fixture.feed, url: "https://example.org/poi")
        let report = try fixture.archive.importWARC(path, from: origin, everySeconds: 600, judge: judge)
        #expect(report.captures == 1 && report.skipped.values.reduce(0, +) == 2)
        let read = try await fixture.readAll()
        #expect(read.map(\.poll.slot.description) == ["2026-03-01T10:20:00Z"])
        #expect(read[0].pages[0].body == Array("{\"a\":1}".utf8))
        #expect(throws: ArchiveError.self) {
            try fixture.archive.importWARC(path, from: nil, everySeconds: 600, judge: judge)
        }
    }
}
