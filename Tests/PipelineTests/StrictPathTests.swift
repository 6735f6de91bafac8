import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Simulation
import Sources
import TestSupport
import Testing

/// Cleaning by comparing, against cleaning that reads and parses every answer whole: the same bytes.
@Suite struct StrictPathTests {
    private static let first = UTCDay(number: 20_539)  // 2026-03-27, two days before a clock change

    @Test(arguments: Array(1...8 as ClosedRange<UInt64>))
    func `scripted feeds give the same flat files by comparing and by parsing`(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            var random = SeededGenerator(seed: seed)
            let script = try ScriptedFeed(
                "test/a",
                first: Self.first,
                days: 2,
                seed: seed,
                stations: Int.random(in: 1...9, using: &random)
            )
            let archive = RawArchive(root: folder + "/raw")
            let writer = try archive.openWriter(WriterOptions(durability: .operatingSystem))
            var captures = script.captures.map { Self.disturbed($0, &random) }
            if seed % 4 == 0 { captures.shuffle(using: &random) }
            for capture in captures { _ = try writer.append(capture) }
            try writer.close()
            if seed % 5 == 0 { try archive.seal(script.feed.id, Self.first, at: Self.first.end) }
            try await Self.expectEqual(folder, [script.feed], "seed \(seed)")
        }
    }

    @Test(arguments: FeedFault.allCases)
    func `a simulated city with a fault gives the same flat files by comparing and by parsing`(
        fault: FeedFault
    ) async throws {
        try await withTemporaryFolder { folder in
            let lasts = fault == .outage || fault == .frozen
            let faults = FeedFaults(shares: lasts ? [:] : [fault: 0.1], episodes: lasts ? [fault: 5] : [:])
            let world = try SimulatedWorld(
                configuration: WorldConfiguration(
                    seed: 11,
                    firstDay: Self.first,
                    days: 2,
                    scale: 0.1,
                    envelopeTimestamp: fault != .empty,
                    faults: faults
                )
            )
            let archive = RawArchive(root: folder + "/raw")
            let feed = try Workshop.feed("test/bonn")
            let writer = try archive.openWriter(WriterOptions(durability: .operatingSystem))
            for number in 0..<288 {
                let slot = Self.first.start.adding(seconds: 600 * number)
                let answer = try world.response(city: "bonn", at: slot)
                _ = try writer.append(Capture(of: answer.body, from: feed, at: slot, httpStatus: answer.status))
            }
            try writer.close()
            try await Self.expectEqual(folder, [feed], fault.rawValue)
        }
    }

    @Test func `real answers give the same flat files by comparing and by parsing`() async throws {
        try await withTemporaryFolder { folder in
            var random = SeededGenerator(seed: 3)
            let archive = RawArchive(root: folder + "/raw")
            let writer = try archive.openWriter(WriterOptions(durability: .operatingSystem))
            var feeds: [FeedDescriptor] = []
            let cases = [
                ("chargecloud-poi", ["chargecloud/poi-stuttgart.json"]), ("mobie-export", ["mobie/made-up.json"]),
                ("chargecloud-afir", ["chargecloud/afir-ludwigsburg-1.json", "chargecloud/afir-ludwigsburg-2.json"]),
            ]
            for (adapter, names) in cases {
                let feed = try Workshop.feed("test/\(adapter)", adapter: adapter)
                feeds.append(feed)
                let pages = try names.map { name in
                    let path = PackageRoot.appending("Tests/SourcesTests/Fixtures/" + name)
                    return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
                }
                for number in 0..<200 {
                    let slot = Self.first.start.adding(seconds: 600 * number)
                    var capture = Capture(of: pages[0], from: feed, at: slot)
                    for page in pages.dropFirst() { capture.pages += Capture(of: page, from: feed, at: slot).pages }
                    _ = try writer.append(Self.disturbed(capture, &random))
                }
            }
            try writer.close()
            try await Self.expectEqual(folder, feeds, "real answers")
        }
    }

    /// A capture of which sometimes a status, and rarely any byte, is another.
    private static func disturbed(_ capture: Capture, _ random: inout SeededGenerator) -> Capture {
        var capture = capture
        for index in capture.pages.indices {
            switch Int.random(in: 0..<30, using: &random) {
            case 0: capture.pages[index].body = ByteMutation.mutated(capture.pages[index].body, &random)
            case 1..<8:
                let text = String(decoding: capture.pages[index].body, as: UTF8.self)
                guard let found = text.ranges(of: "AVAILABLE").randomElement(using: &random) else { break }
                capture.pages[index].body = Array(text.replacingCharacters(in: found, with: "CHARGING").utf8)
            default: break
            }
        }
        return capture
    }

    /// Cleans both ways and compares every byte.
    private static func expectEqual(_ folder: String, _ feeds: [FeedDescriptor], _ subject: String) async throws {
        let archive = RawArchive(root: folder + "/raw")
        for name in ["compared", "strict"] {
            let store = SliceStore(root: folder + "/" + name)
            var cleaner = Cleaner(archive: archive, store: store, rules: CleaningRules())
            cleaner.isStrict = name == "strict"
            for feed in feeds {
                let adapter = try AdapterRegistry.builtIn.adapter(for: feed)
                try await cleaner.clean(feed, adapter: adapter, days: cleaner.days(of: feed.id)) { _ in }
            }
        }
        let (compared, strict) = try (files(folder + "/compared"), files(folder + "/strict"))
        #expect(strict.count >= 13 * feeds.count && compared.keys.sorted() == strict.keys.sorted(), "\(subject)")
        for (path, bytes) in strict { #expect(compared[path] == bytes, "\(subject): \(path)") }
    }

    private static func files(_ folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            var isFolder: ObjCBool = false
            let whole = folder + "/" + path
            guard unsafe FileManager.default.fileExists(atPath: whole, isDirectory: &isFolder), !isFolder.boolValue
            else { continue }
            files[path] = try Data(contentsOf: URL(fileURLWithPath: whole))
        }
        return files
    }
}
