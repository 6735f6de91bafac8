import ChargingModel
import Foundation
import RawArchive
import Testing

struct TornPackTests {
    @Test func `a pack cut at any byte gives every capture that was whole, and can be appended to`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let captures =
            (0..<3).map { fixture.capture($0, Array("body \($0 / 2)".utf8)) }
            + [Capture(poll: fixture.poll(3, .timeout), pages: [])]
        let writer = try fixture.archive.openWriter(WriterOptions(durability: .operatingSystem))
        var ends: [Int] = []
        for capture in captures {
            let written = try writer.append(capture).bytesWritten
            ends.append((ends.last ?? 0) + written)
        }
        try writer.close()
        let whole = try fixture.fileBytes(fixture.packPath)
        let late = fixture.capture(7, Array("late".utf8))
        for cut in 0...whole.count {
            try fixture.put(whole.prefix(cut), at: fixture.packPath)
            let expected = captures.prefix(ends.count { $0 <= cut })
            #expect(try await fixture.readAll().map(\.poll) == expected.map(\.poll), "cut at \(cut)")
            let again = try fixture.archive.openWriter(WriterOptions(durability: .operatingSystem))
            let receipt = try again.append(late)
            try again.close()
            let acknowledged = ends.last { $0 <= cut } ?? 0
            let isClean = acknowledged == cut || cut == whole.count || cut == 0
            if isClean { #expect(receipt.tornTail == nil, "cut at \(cut)") }
            if !isClean, acknowledged > 0 {
                #expect(receipt.tornTail?.bytesCut == cut - acknowledged, "cut at \(cut)")
            }
            #expect(try await fixture.readAll().map(\.poll) == expected.map(\.poll) + [late.poll], "cut at \(cut)")
            if let zstdProgram, cut == 20 {
                let plain = try run(zstdProgram, ["-dcq", fixture.packPath]).output
                #expect(plain.starts(with: "WARC/1.1\r\nWARC-Type: warcinfo".utf8))
            }
            #expect(try await fixture.archive.verify(fixture.feed, fixture.day).findings.isEmpty, "cut at \(cut)")
            if cut % 50 == 0, let zstdProgram {
                #expect(try run(zstdProgram, ["-t", "-q", fixture.packPath]).code == 0, "cut at \(cut)")
            }
        }
    }

    @Test func `damage in the middle keeps a copy and what stands before it`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        try fixture.write([fixture.capture(0, fixture.body(0))])
        let first = try fixture.fileBytes(fixture.packPath)
        try fixture.write([fixture.capture(1, fixture.body(1))])
        var bytes = try fixture.fileBytes(fixture.packPath)
        bytes[first.count] ^= 0xFF
        try fixture.put(bytes, at: fixture.packPath)
        await #expect(throws: ArchiveError.self) { try await fixture.readAll() }
        let writer = try fixture.archive.openWriter()
        let receipt = try writer.append(fixture.capture(2, fixture.body(2)))
        try writer.close()
        let copy = try #require(receipt.tornTail?.damagedCopy)
        #expect(try fixture.fileBytes(copy) == bytes)
        #expect(try await fixture.readAll().map(\.poll.slot) == [fixture.slot(0), fixture.slot(2)])
        #expect(try fixture.archive.packs().count == 1)
    }

    @Test func `any flipped byte of a sealed pack is reported`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        try fixture.write((0..<3).map { fixture.capture($0, fixture.body($0, bytes: 400)) })
        try fixture.archive.seal(fixture.feed, fixture.day, at: fixture.sealTime)
        let bytes = try fixture.fileBytes(fixture.packPath)
        for index in bytes.indices {
            var flipped = bytes
            flipped[index] ^= 1 << UInt8(index % 8)
            try fixture.put(flipped, at: fixture.packPath)
            #expect(try await !fixture.archive.verify(fixture.feed, fixture.day).isIntact, "byte \(index)")
        }
    }

    @Test func `hostile packs give an error`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        try fixture.write([fixture.capture(0, [1])])
        let hostile: [[UInt8]] = [
            Array("not zstd at all, but text".utf8),
            [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xFF, 0x01, 0x00, 0x00],
        ]
        for bytes in hostile {
            try fixture.put(bytes, at: fixture.packPath)
            await #expect(throws: ArchiveError.self) { try await fixture.readAll() }
        }
        let records = [
            "WARC/1.1\r\nContent-Length: 99999999999999\r\n\r\n", "WARC/1.1\r\nContent-Length: -1\r\n\r\n",
            "WARC/1.1\r\nnonsense\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", String(repeating: "x", count: 100_000),
            "WARC/1.1\r\nContent-Length: 1\r\n\r\nabcdefgh",
            "WARC/1.1\r\nWARC-Type: revisit\r\nChargehouse-Feed: a\r\n"
                + "Content-Length: 19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n\r\n\r\n",
        ]
        for record in records {
            let path = fixture.folder + "/hostile.warc"
            try fixture.put(Array(record.utf8), at: path)
            #expect(throws: ArchiveError.self, "\(record.prefix(60))") {
                try fixture.archive.importWARC(path, from: nil, everySeconds: 600) { _ in (.ok, nil) }
            }
        }
    }
}
