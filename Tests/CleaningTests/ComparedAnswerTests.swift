import ChargingModel
import Cleaning
import Foundation
import RawArchive
import Sources
import TestSupport
import Testing

/// Answers taken apart by comparing, against the same answers that the adapter splits and maps whole.
@Suite struct ComparedAnswerTests {
    /// Real answers, cut, and made-up ones; each with the adapter that reads it.
    static let corpus: [(adapter: String, path: String)] = [
        ("chargecloud-poi", "SourcesTests/Fixtures/chargecloud/poi-stuttgart.json"),
        ("chargecloud-app", "SourcesTests/Fixtures/chargecloud/poi-stuttgart.json"),
        ("chargecloud-afir", "SourcesTests/Fixtures/chargecloud/afir-ludwigsburg-1.json"),
        ("chargecloud-afir", "SourcesTests/Fixtures/chargecloud/afir-ludwigsburg-2.json"),
        ("mobie-export", "SourcesTests/Fixtures/mobie/made-up.json"),
        ("chargecloud-poi", "CleaningTests/Corpus/compact.json"),
        ("chargecloud-poi", "CleaningTests/Corpus/brackets.json"),
        ("chargecloud-poi", "CleaningTests/Corpus/repeated.json"),
    ]

    @Test func `mutated answers are taken apart as the adapter takes them apart`() throws {
        var bodies: [(adapter: String, body: [UInt8])] = []
        for (adapter, path) in Self.corpus {
            let data = try Data(contentsOf: URL(fileURLWithPath: PackageRoot.appending("Tests/" + path)))
            bodies.append((adapter, Array(data)))
        }
        let deadline = ByteMutation.deadline
        var seed = ByteMutation.firstSeed
        var met = Met()
        repeat {
            var random = SeededGenerator(seed: seed)
            let start = bodies[Int(seed) % bodies.count]
            try Self.compare(start.body, adapter: start.adapter, seed: seed, &random, &met)
            seed += 1
        } while ContinuousClock.now < deadline || seed < ByteMutation.firstSeed + 200
        #expect(met.unchanged > met.answers / 4 && met.answers > 500 && met.faults > 50, "\(met)")
        if ProcessInfo.processInfo.environment["CHARGEHOUSE_FUZZ_SECONDS"] != nil {
            print("fuzz: \(seed - ByteMutation.firstSeed) sequences, \(met)")
        }
    }

    /// What the sequences had in them, so that a generator that lost its cases is noticed.
    private struct Met {
        var answers = 0
        var faults = 0
        var elements = 0
        var unchanged = 0
    }

    /// Feeds one sequence of answers to both, page by page, in two days.
    private static func compare(
        _ first: [UInt8],
        adapter name: String,
        seed: UInt64,
        _ random: inout SeededGenerator,
        _ met: inout Met
    ) throws {
        let feed = try descriptor(name)
        let adapter = try AdapterRegistry.builtIn.adapter(for: feed)
        let library = ElementLibrary(adapter: adapter, feed: feed, places: PlaceCatalog())
        let other = ElementLibrary(adapter: adapter, feed: feed, places: PlaceCatalog())
        var body = first
        var history = [first]
        for _ in 0..<2 {
            var compared = ElementCache(library: library)
            var strict = ElementCache(library: other, isStrict: true)
            var before: [Answer.Element] = []
            for _ in 0..<8 {
                let pages = Int.random(in: 0..<6, using: &random) == 0 ? [body, first] : [body]
                let left = answer(&compared, pages)
                let right = answer(&strict, pages)
                guard check(left, right, seed) else { return }
                met.answers += 1
                if case .success(let answer) = left {
                    met.elements += answer.elements.count
                    let old = Set(before.map(\.occurrence))
                    met.unchanged += answer.elements.contains { old.contains($0.occurrence) } ? 1 : 0
                    before = answer.elements
                } else {
                    met.faults += 1
                }
                body = next(after: body, history, &random)
                history.append(body)
            }
        }
    }

    private static func descriptor(_ adapter: String) throws -> FeedDescriptor {
        guard let id = FeedID("test/fuzz") else { throw MissingFile(path: "test/fuzz") }
        return FeedDescriptor(
            id: id,
            name: "Testheim",
            adapter: adapter,
            url: "http://127.0.0.1/test",
            intervalSeconds: 600,
            timeZone: "Europe/Berlin"
        )
    }

    /// The next answer: an earlier one, or one with elements changed, moved, left out or told twice, or with any bytes
    /// changed.
    private static func next(after body: [UInt8], _ history: [[UInt8]], _ random: inout SeededGenerator) -> [UInt8] {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return history.randomElement(using: &random) ?? body
        case 1, 2, 3: return ByteMutation.mutated(body, &random)
        case 4, 5:
            let text = String(decoding: body, as: UTF8.self)
            let (from, to) = Bool.random(using: &random) ? ("AVAILABLE", "CHARGING") : ("CHARGING", "AVAILABLE")
            guard let found = text.ranges(of: from).randomElement(using: &random) else { return body }
            return Array(text.replacingCharacters(in: found, with: to).utf8)
        default: return shuffled(body, &random)
        }
    }

    /// Elements in another order, some left out or told twice.
    private static func shuffled(_ body: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        guard let feed = try? descriptor("chargecloud-app"),
            let adapter = try? AdapterRegistry.builtIn.adapter(for: feed),
            let ranges = try? adapter.split(body).elements, let first = ranges.first, let last = ranges.last
        else { return ByteMutation.mutated(body, &random) }
        var elements = ranges.map { Array(body[$0]) }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: elements.remove(at: Int.random(in: elements.indices, using: &random))
        case 1: elements.swapAt(0, Int.random(in: elements.indices, using: &random))
        case 2: elements.insert(elements[0], at: Int.random(in: elements.indices, using: &random))
        default: elements.reverse()
        }
        let list = elements.joined(separator: [UInt8(ascii: ",")])
        return body[..<first.lowerBound] + Array(list) + body[last.upperBound...]
    }

    private static func answer(_ cache: inout ElementCache, _ pages: [[UInt8]]) -> Result<Answer, any Error> {
        // Bodies lie in a larger buffer, as those of a replay do.
        let slices = pages.map {
            ReplayedCapture.Page(([7, 7, 7] + $0 + [UInt8(ascii: "}"), 7]).dropFirst(3).dropLast(2))
        }
        return Result { try cache.answer(pages: slices, digests: pages.map { ContentDigest(of: $0) }) }
    }

    /// Whether both are the same, down to which elements count as unchanged.
    private static func check(
        _ left: Result<Answer, any Error>,
        _ right: Result<Answer, any Error>,
        _ seed: UInt64
    ) -> Bool {
        switch (left, right) {
        case (.failure(let mine), .failure(let theirs)):
            let isSame = "\(mine)" == "\(theirs)"
            #expect(isSame, "seed \(seed): \(mine) and \(theirs)")
            return isSame
        case (.success(let mine), .success(let theirs)):
            let isSame =
                mine.sourceTime == theirs.sourceTime && mine.unknownFields == theirs.unknownFields
                && mine.read == theirs.read && mine.kept == theirs.kept && mine.noted == theirs.noted
                && mine.pages.map(\.pointer) == theirs.pages.map(\.pointer)
                && mine.pages.map(\.firstElement) == theirs.pages.map(\.firstElement)
                && mine.elements.map(\.content.bytes) == theirs.elements.map(\.content.bytes)
                && mine.elements.map(\.content.mapped) == theirs.elements.map(\.content.mapped)
                && mine.elements.map(\.occurrence) == theirs.elements.map(\.occurrence)
            #expect(isSame, "seed \(seed)")
            return isSame
        default:
            #expect(Bool(false), "seed \(seed): \(left) and \(right)")
            return false
        }
    }
}
