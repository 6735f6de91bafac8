import ChargingModel
import Foundation
import RawArchive
import Testing

struct RoundTripTests {
    @Test func `captures come back as they were written`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let bodies: [[UInt8]] = [
            [], Array("\r\n\r\nWARC/1.1\r\n\r\n".utf8), (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) },
        ]
        let headers = [
            HeaderField("Content-Encoding", "gzip"), HeaderField("Content-Length", "17"),
            HeaderField("ETag", "\"a\""), HeaderField("Set-Cookie", "a=1"), HeaderField("Set-Cookie", "b=2"),
        ]
        var captures = bodies.enumerated().map { number, body in
            Capture(poll: fixture.poll(number), pages: [fixture.page(number, body, headers: headers)])
        }
        captures.append(Capture(poll: fixture.poll(3, .timeout), pages: []))
        captures.append(
            Capture(poll: fixture.poll(4), pages: bodies.map { fixture.page(4, $0, url: "https://example.org/?p=2") })
        )
        try fixture.write(captures)
        let read = try await fixture.readAll()
        #expect(read.map { Capture(poll: $0.poll, pages: $0.pages) } == captures)
        #expect(read.map(\.digests) == captures.map { $0.pages.map { ContentDigest(of: $0.body) } })
        #expect(try await fixture.archive.verify(fixture.feed, fixture.day).findings.isEmpty)
    }

    @Test func `an equal body is a revisit and takes few bytes`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let body = (0..<50_000).map { _ in UInt8.random(in: 0...255) }
        let writer = try fixture.archive.openWriter(WriterOptions(durability: .operatingSystem))
        let first = try writer.append(fixture.capture(0, body))
        let second = try writer.append(fixture.capture(1, body))
        try writer.close()
        #expect(first.revisits == 0 && second.revisits == 1)
        #expect(first.bytesWritten > 50_000 && second.bytesWritten < 1_500)
        let read = try await fixture.readAll()
        #expect(read[0].pages[0].body == body && read[1].pages[0].body == body)
        #expect(read[0].digests == read[1].digests)
    }

    @Test func `a 304 stands for the last body of its URL, also after a restart`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let tagged = [HeaderField("ETag", "\"v1\"")]
        let url = "https://example.org/poi"
        try fixture.write([Capture(poll: fixture.poll(0), pages: [fixture.page(0, fixture.body(0), headers: tagged)])])
        let writer = try fixture.archive.openWriter()
        let validators = try writer.validators(feed: fixture.feed, url: url, day: fixture.day)
        #expect(validators?.eTag == "\"v1\"")
        #expect(try writer.validators(feed: fixture.feed, url: url + "2", day: fixture.day) == nil)
        #expect(try writer.validators(feed: fixture.feed, url: url, day: fixture.day.next) == nil)
        _ = try writer.append(Capture(poll: fixture.poll(1), pages: [fixture.page(1, [], status: 304)]))
        try writer.close()
        let read = try await fixture.readAll()
        #expect(read[1].pages[0].httpStatus == 304)
        #expect(read[1].pages[0].body == fixture.body(0))
        #expect(read[1].digests == read[0].digests)
    }

    @Test func `bodies beyond the bound of revisits are stored again`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let numbers = Array(0..<70) + Array(0..<70)
        try fixture.write(numbers.enumerated().map { fixture.capture($0, Array("body \($1)".utf8)) })
        let read = try await fixture.readAll()
        #expect(read.map(\.digests[0]) == numbers.map { ContentDigest(of: Array("body \($0)".utf8)) })
    }

    @Test func `a live pack is read while its writer has it open`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let writer = try fixture.archive.openWriter(WriterOptions(durability: .everyCapture))
        for number in 0..<5 {
            _ = try writer.append(fixture.capture(number, fixture.body(number)))
            let reading = try await fixture.archive.read(fixture.feed, fixture.day) { _ in }
            #expect(reading.polls == number + 1)
            #expect(reading.tornBytes == 0)
        }
        #expect(try !(fixture.archive.packs().first?.isSealed ?? true))
        try writer.close()
    }

    @Test func `a second writer is refused until the first is done`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let first = try fixture.archive.openWriter()
        let second = try fixture.archive.openWriter()
        _ = try first.append(fixture.capture(0, [1]))
        let error = #expect(throws: ArchiveError.self) { try second.append(fixture.capture(1, [2])) }
        #expect(error?.errorCode == .locked && error?.exitCode == .temporary)
        #expect(throws: ArchiveError.self) { try fixture.archive.seal(fixture.feed, fixture.day, at: fixture.sealTime) }
        try first.close()
        _ = try second.append(fixture.capture(1, [2]))
        try second.close()
        #expect(try await fixture.readAll().count == 2)
    }

    @Test func `the raw digest depends on what was polled, not on order, frames or sealing`() throws {
        let one = try ArchiveFixture()
        let two = try ArchiveFixture()
        defer { one.remove() }
        defer { two.remove() }
        let captures = (0..<6).map { one.capture($0, one.body($0 / 2)) }
        try one.write(captures)
        for capture in captures.reversed() { try two.write([capture]) }
        let digest = try one.archive.digest(one.feed, one.day)
        #expect(try two.archive.digest(two.feed, two.day) == digest)
        try two.archive.seal(two.feed, two.day, at: two.sealTime)
        #expect(try two.archive.digest(two.feed, two.day) == digest)
        try two.write([two.capture(9, [1])])
        #expect(try two.archive.digest(two.feed, two.day) != digest)
        #expect(try one.archive.digest(one.feed, one.day.next) == nil)
    }

    @Test func `38 open feeds of small answers stay under 38 MB of frames`() throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let writer = try fixture.archive.openWriter(WriterOptions(durability: .operatingSystem))
        for number in 0..<38 {
            var capture = fixture.capture(1, fixture.body(1, bytes: 50_000))
            capture.poll.feed = try #require(FeedID("chargecloud/city-\(number)"))
            _ = try writer.append(capture)
        }
        print("memory of an open frame at window 2^17: \(writer.frameMemoryBytes / 38) bytes")
        #expect(writer.frameMemoryBytes < 38 * 1_000_000)
        try writer.close()
        #expect(writer.frameMemoryBytes == 0)
        #expect(try fixture.archive.packs().count == 38)
        #expect(try fixture.archive.feeds().count == 38)
        #expect(throws: ArchiveError.self) { try writer.append(fixture.capture(1, [])) }
    }

    @Test func `a pack of the day before is ended by the next day`() throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        let writer = try fixture.archive.openWriter()
        _ = try writer.append(fixture.capture(143, [1]))
        _ = try writer.append(fixture.capture(144, [1]))
        try fixture.archive.seal(fixture.feed, fixture.day, at: fixture.sealTime)
        try writer.close()
        #expect(try fixture.archive.days(of: fixture.feed) == [fixture.day, fixture.day.next])
    }
}
