import ChargingModel
import Foundation
import RawArchive
import TestSupport
import Testing

/// The fast reader of packs, against the strict one.
struct ReplayTests {
    /// A capture without what a replay leaves out.
    private struct Told: Equatable {
        var poll: PollRecord
        var digests: [ContentDigest]
        var sizes: [Int]
        /// Of the bodies; `nil` for revisits in a replay.
        var bodies: [ContentDigest?]

        static func == (left: Told, right: Told) -> Bool {
            left.poll == right.poll && left.digests == right.digests && left.sizes == right.sizes
                && zip(left.bodies, right.bodies).allSatisfy { $0 == nil || $1 == nil || $0 == $1 }
        }
    }

    @Test func `a replay tells what the strict reader tells, revisits and polls without an answer included`()
        async throws
    {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        try fixture.write(Self.captures(fixture))
        let replay = PackReplay(archive: fixture.archive, feed: fixture.feed)
        for _ in 0..<2 {
            var bodies: [Int] = []
            let told = try await Self.replayed(replay, fixture) { bodies.append($0) }
            #expect(told.captures == (try await Self.strict(fixture).captures))
            #expect(told.digest == (try await Self.strict(fixture).digest))
            // The third and the last capture revisit a body.
            #expect(bodies == [0, 70_000, 19, 3, 5])
        }
    }

    @Test func `a mutated pack is replayed as the strict reader reads it, or not at all`() async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        try fixture.write(Self.captures(fixture, bodyBytes: 300))
        let plain = try Self.plainBytes(of: fixture)
        let replay = PackReplay(archive: fixture.archive, feed: fixture.feed)
        let deadline = ByteMutation.deadline
        var seed = ByteMutation.firstSeed
        var replayed = 0
        repeat {
            var random = SeededGenerator(seed: seed)
            let bytes = seed == ByteMutation.firstSeed ? plain : ByteMutation.mutated(plain, &random)
            try Data(Self.frame(bytes)).write(to: URL(fileURLWithPath: fixture.packPath))
            do {
                let told = try await Self.replayed(replay, fixture) { _ in }
                replayed += 1
                let strict = try await Self.strict(fixture)
                #expect(told.captures == strict.captures, "seed \(seed)")
                #expect(told.digest == strict.digest, "seed \(seed)")
            } catch is ReplaySurprise {
                // The strict reader has the word.
            }
            seed += 1
        } while ContinuousClock.now < deadline || seed < ByteMutation.firstSeed + 300
        #expect(replayed > 20)
        if ProcessInfo.processInfo.environment["CHARGEHOUSE_FUZZ_SECONDS"] != nil {
            print("fuzz: \(seed - ByteMutation.firstSeed) packs, \(replayed) replayed")
        }
    }

    /// Found by mutation: the end of the record that starts a pack was not looked at.
    @Test(arguments: ["chargehouse-day: 2026-03-01\r\n\r\n\r\n", "WARC/1.1\r\nWARC-Type: response\r\n"])
    func `a byte less in front of a mark is no replay`(mark: String) async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        try fixture.write(Self.captures(fixture, bodyBytes: 300))
        var plain = try Self.plainBytes(of: fixture)
        let place = try #require(plain.firstRange(of: Array(mark.utf8)))
        plain.remove(at: place.lowerBound - 1)
        try Data(Self.frame(plain)).write(to: URL(fileURLWithPath: fixture.packPath))
        let replay = PackReplay(archive: fixture.archive, feed: fixture.feed)
        await #expect(throws: ReplaySurprise.self) { try await Self.replayed(replay, fixture) { _ in } }
    }

    @Test(arguments: [
        "", "\u{7}", "ü", "a\"b", "back\\slash", "<html>", "emoji 🔌", "HTTP 503 (expected 200); 4 tries", "/",
    ])
    func `a detail of any text gives the digest that it always gave`(detail: String) async throws {
        let fixture = try ArchiveFixture()
        defer { fixture.remove() }
        var poll = fixture.poll(0, .timeout)
        poll.detail = detail
        poll.attempts = 0
        try fixture.write([Capture(poll: poll, pages: [])])
        let told = try await Self.replayed(PackReplay(archive: fixture.archive, feed: fixture.feed), fixture) { _ in }
        #expect(told.captures.map(\.poll) == [poll])
        #expect(told.digest == (try await Self.strict(fixture).digest))
    }

    private static func captures(_ fixture: ArchiveFixture, bodyBytes: Int = 70_000) -> [Capture] {
        let bodies: [[UInt8]] = [
            [], (0..<bodyBytes).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) },
            (0..<bodyBytes).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }, Array("\r\n\r\nWARC/1.1\r\n\r\nabc".utf8),
        ]
        var captures = bodies.enumerated().map { number, body in
            let headers = [HeaderField("ETag", "\"a\""), HeaderField("Set-Cookie", "a=1")]
            return Capture(poll: fixture.poll(number), pages: [fixture.page(number, body, headers: headers)])
        }
        captures.append(Capture(poll: fixture.poll(4, .timeout), pages: []))
        captures.append(
            Capture(
                poll: fixture.poll(5),
                pages: [Array("abc".utf8), Array("defgh".utf8), bodies[1]].map { fixture.page(5, $0) }
            )
        )
        return captures
    }

    private static func replayed(
        _ replay: PackReplay,
        _ fixture: ArchiveFixture,
        body: (Int) -> Void
    ) async throws -> (captures: [Told], digest: ContentDigest?) {
        var captures: [Told] = []
        let digest = try await replay.read(fixture.day) { capture in
            for page in capture.pages { if let bytes = page.body { body(bytes.count) } }
            captures.append(
                Told(
                    poll: capture.poll,
                    digests: capture.digests,
                    sizes: capture.pages.map(\.byteCount),
                    bodies: capture.pages.map { page in page.body.map { ContentDigest(of: Array($0)) } }
                )
            )
        }
        return (captures, digest?.rawDigest)
    }

    private static func strict(_ fixture: ArchiveFixture) async throws -> (captures: [Told], digest: ContentDigest) {
        var captures: [Told] = []
        var digester = RawDigester()
        _ = try await fixture.archive.read(fixture.feed, fixture.day) { capture in
            try digester.add(capture)
            captures.append(
                Told(
                    poll: capture.poll,
                    digests: capture.digests,
                    sizes: capture.pages.map(\.body.count),
                    bodies: capture.pages.map { ContentDigest(of: $0.body) }
                )
            )
        }
        return (captures, digester.digest())
    }

    private static func plainBytes(of fixture: ArchiveFixture) throws -> [UInt8] {
        try run(#require(zstdProgram), ["-dcq", fixture.packPath]).output
    }

    /// One zstd frame of raw blocks (RFC 8878, section 3.1.1): any bytes, without a compressor.
    private static func frame(_ bytes: [UInt8]) -> [UInt8] {
        var frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58]
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(65_536)
            rest = rest.dropFirst(block.count)
            let header = UInt32(block.count) << 3 | (rest.isEmpty ? 1 : 0)
            frame += [UInt8(header & 0xFF), UInt8(header >> 8 & 0xFF), UInt8(header >> 16)]
            frame += block
        } while !rest.isEmpty
        return frame
    }
}
