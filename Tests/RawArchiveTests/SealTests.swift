import ChargingModel
import Foundation
import RawArchive
import Testing

struct SealTests {
    @Test func `sealing keeps every capture, shrinks the file and writes a manifest`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let captures = (0..<40).map { fixture.capture($0, fixture.body($0, bytes: 20_000)) }
        for capture in captures { try fixture.write([capture]) }
        let before = try await fixture.readAll()
        let live = try fixture.fileBytes(fixture.packPath).count
        let manifest = try fixture.archive.seal(fixture.feed, fixture.day, at: fixture.sealTime)
        #expect(manifest.bytes < live)
        #expect(manifest.polls == 40 && manifest.capturesWithBodies == 40)
        #expect(manifest.firstSlot == fixture.slot(0) && manifest.lastSlot == fixture.slot(39))
        #expect(try await fixture.readAll() == before)
        let again = try fixture.archive.seal(fixture.feed, fixture.day, at: fixture.sealTime.adding(seconds: 9))
        #expect(again == manifest)
        let report = try await fixture.archive.verify(fixture.feed, fixture.day)
        #expect(report.isSealed && report.findings.isEmpty)
        #expect(try fixture.archive.packs().map(\.polls) == [40])
    }

    @Test func `late raw makes a sealed pack live again`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        try fixture.write([fixture.capture(0, [1, 2, 3])])
        try fixture.archive.seal(fixture.feed, fixture.day, at: fixture.sealTime)
        try fixture.write([fixture.capture(1, [1, 2, 3])])
        #expect(try fixture.archive.packs().map(\.isSealed) == [false])
        #expect(try await fixture.readAll().count == 2)
        let manifest = try fixture.archive.seal(fixture.feed, fixture.day, at: fixture.sealTime)
        #expect(manifest.polls == 2)
    }

    @Test func `a manifest that tells something else is reported`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        try fixture.write([fixture.capture(0, [1, 2, 3])])
        try fixture.archive.seal(fixture.feed, fixture.day, at: fixture.sealTime)
        let text = String(decoding: try fixture.fileBytes(fixture.manifestPath), as: UTF8.self)
        try fixture.put(text.replacing("\"polls\" : 1", with: "\"polls\" : 2").utf8, at: fixture.manifestPath)
        let findings = try await fixture.archive.verify(fixture.feed, fixture.day).findings
        #expect(findings.map(\.error.errorCode) == [.manifestMismatch])
        try fixture.put("{".utf8, at: fixture.manifestPath)
        #expect(try await !fixture.archive.verify(fixture.feed, fixture.day).isIntact)
    }

    @Test(.enabled(if: hasWarcio && zstdProgram != nil, "needs zstd, and warcio in .venv or CHARGEHOUSE_TEST_PYTHON"))
    func `warcio reads a sealed pack and computes the same digests`() throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        var captures = (0..<4).map { fixture.capture($0, fixture.body($0 / 2)) }
        captures.append(Capture(poll: fixture.poll(4), pages: [fixture.page(4, [], status: 304)]))
        captures.append(Capture(poll: fixture.poll(5, .timeout), pages: []))
        captures.append(fixture.capture(6, Array("\r\n\r\nbinary\0\u{FF}".utf8)))
        try fixture.write(captures)
        try fixture.archive.seal(fixture.feed, fixture.day, at: fixture.sealTime)
        let plain = try run(try #require(zstdProgram), ["-dcq", fixture.packPath])
        #expect(plain.code == 0)
        let path = fixture.folder + "/plain.warc"
        try fixture.put(plain.output, at: path)
        let checked = try run(testPython, [packageRoot + "/scripts/check_warc.py", path])
        #expect(checked.code == 0)
        let lines = String(decoding: checked.output, as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: " ").map(String.init)
        }
        #expect(
            lines.map(\.[0]) == [
                "warcinfo", "response", "metadata", "revisit", "metadata", "response", "metadata", "revisit",
                "metadata",
                "revisit", "metadata", "metadata", "response", "metadata",
            ]
        )
        let bodies = lines.filter { $0[0] == "response" }.map(\.[1])
        let expected = [captures[0], captures[2], captures[6]].map { ContentDigest(of: $0.pages[0].body).description }
        #expect(bodies == expected)
    }
}
