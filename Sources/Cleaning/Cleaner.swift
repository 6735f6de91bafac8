public import ChargingModel
import Foundation
public import RawArchive
public import Sources

/// Derives slices from raw packs and writes their flat files.
///
/// A pure function of raw packs, descriptors, rules and versions: cleaning again writes nothing new, cleaning in
/// another order writes the same.
public struct Cleaner: Sendable {
    /// What happened to one slice.
    public struct Result: Sendable, Hashable {
        /// Whether a slice was written.
        public enum Outcome: String, Sendable, Codable {
            case cleaned
            case unchanged
        }

        /// Whether the slice was written.
        public var outcome: Outcome
        /// Why the slice was written: `raw changed`; `nil` where it is new or was not written.
        public var reason: String?
        /// The slice's manifest, as it now stands.
        public var manifest: SliceManifest
    }

    /// How far back cleaning looks for a day with a good poll: longer silence ends what is known.
    static let maximumSilenceDays = 31

    let archive: RawArchive
    let store: SliceStore
    let output: SliceStore
    let rules: CleaningRules
    let places: PlaceCatalog
    /// Whether every answer is read and parsed whole: slow, with the same result.
    package var isStrict = false

    /// Creates a cleaner.
    ///
    /// `places` says which spelling means which city; without it every spelling is a city of its own. Slices are compared
    /// with those of `store`; changed ones are written there, or to `output` where it is given, so that a trial leaves
    /// the store as it is.
    public init(
        archive: RawArchive,
        store: SliceStore,
        rules: CleaningRules,
        places: PlaceCatalog = PlaceCatalog(),
        output: SliceStore? = nil
    ) {
        self.archive = archive
        self.store = store
        self.output = output ?? store
        self.rules = rules
        self.places = places
    }

    /// The days that cleaning covers for a feed: from its first pack to its last, days without a pack in between
    /// included, since nothing was observed on them.
    public func days(of feed: FeedID) throws -> [UTCDay] {
        let packs = try archive.days(of: feed)
        guard let first = packs.min(), let last = packs.max() else { return [] }
        return Array(first...last)
    }

    /// Cleans days of one feed, in order.
    ///
    /// `days` are in ascending order; `report` is called after each slice.
    ///
    /// - Throws: ``CleaningError`` and `ArchiveError`; slices finished before stay.
    public func clean(
        _ feed: FeedDescriptor,
        adapter: any FeedAdapter,
        days: [UTCDay],
        report: (Result) throws -> Void
    ) async throws {
        var walk = FeedWalk(feed: feed, adapter: adapter, cleaner: self)
        for day in days {
            try Task.checkCancellation()
            try await report(walk.clean(day))
        }
    }
}

/// Walks over the days of one feed and keeps what the next day needs.
private struct FeedWalk {
    let feed: FeedDescriptor
    let adapter: any FeedAdapter
    let cleaner: Cleaner
    private let reader: DayReader
    private let library: ElementLibrary
    private let buffer = TextBuffer()
    private let gzip = Result { try Gzip() }
    private let versions: [(part: SliceInputs.Part, line: String)]
    /// The finished pass of the day before.
    private var before: (day: UTCDay, past: Past)?

    init(feed: FeedDescriptor, adapter: any FeedAdapter, cleaner: Cleaner) {
        self.feed = feed
        self.adapter = adapter
        self.cleaner = cleaner
        reader = DayReader(archive: cleaner.archive, feed: feed.id, isStrict: cleaner.isStrict)
        library = ElementLibrary(adapter: adapter, feed: feed, places: cleaner.places)
        versions = [
            (.rules, "flat files \(SliceManifest.formatVersion) rules \(CleaningRules.version)"),
            (.mapping, "mapping \(adapter.id) \(adapter.mappingVersion)"),
            (.statuses, "statuses \(adapter.statusMap?.digest.description ?? "-")"),
            (.places, "places \(cleaner.places.spellingDigest)"),
            (.feed, "feed \(feed.id) \(feed.name) \(feed.url) \(feed.intervalSeconds) \(feed.timeZone)"),
            (
                .configuration,
                "gap \(cleaner.rules.maximumGapIntervals) suspect \(cleaner.rules.suspectShare)"
            ),
        ]
    }

    /// What a day knows of the days before it.
    private struct Past {
        var carry: Carry?
        var sizes: [(slot: UTCTime, points: Int)]
    }

    mutating func clean(_ day: UTCDay) async throws -> Cleaner.Result {
        let existing = try cleaner.store.manifest(feed.id, day)
        // Reading a day tells its digest too, so that it is read once where it has to be cleaned anyway.
        let early = existing == nil && !reader.knowsDigest(day) ? try await pass(of: day, after: past(of: day)) : nil
        var inputs = try inputs(of: day)
        let rawHash = ContentDigest(of: Array(inputs.lines.joined(separator: "\n").utf8))
        if let existing, existing.rawHash == rawHash, existing.tail == SliceTail.complete.rawValue {
            return Cleaner.Result(outcome: .unchanged, manifest: existing)
        }
        var pass: SlicePass
        if let early { pass = early } else { pass = try await self.pass(of: day, after: past(of: day)) }
        let tail = try await tail(of: day, after: pass)
        before = (day, Past(carry: pass.deriver.carry, sizes: pass.judge.sizes))
        pass.finish(tail)
        let inputHash = ContentDigest(of: Array("\(rawHash)\n\(tail.rawValue)".utf8))
        if let existing, existing.inputHash == inputHash {
            return Cleaner.Result(outcome: .unchanged, manifest: existing)
        }
        inputs.parts.note(.tail, tail.rawValue)
        let slice = Slice(
            feed: feed,
            family: adapter.family,
            day: day,
            deriver: pass.deriver,
            polls: pass.polls,
            tail: tail,
            inputHash: inputHash,
            inputs: inputs.parts
        )
        let manifest = try await write(slice, rawHash: rawHash)
        let reason = existing.map { inputs.parts.reason(after: $0.inputs) }
        return Cleaner.Result(outcome: .cleaned, reason: reason, manifest: manifest)
    }

    private func pass(of day: UTCDay, after past: Past) async throws -> SlicePass {
        try await reader.run(newPass(day, past), day)
    }

    private func newPass(_ day: UTCDay, _ past: Past) -> SlicePass {
        SlicePass(
            deriver: SliceDeriver(day: day, feed: feed, rules: cleaner.rules, carry: past.carry),
            judge: Judge(suspectShare: cleaner.rules.suspectShare, sizes: past.sizes),
            cache: ElementCache(library: library, isStrict: cleaner.isStrict)
        )
    }

    /// What the days before hand to `day`: from the walk itself, or derived from the raw days before.
    ///
    /// A day with a good poll hands on only what it saw itself, so that one such day is enough.
    private mutating func past(of day: UTCDay) async throws -> Past {
        let limit = day.advanced(by: -Cleaner.maximumSilenceDays)
        if let before, before.day == day.previous {
            // As a walk that starts here: what was last seen before the limit is not known any more.
            let isForgotten = before.past.carry.map { $0.lastGoodPoll.day < limit } ?? false
            return isForgotten ? Past(carry: nil, sizes: before.past.sizes) : before.past
        }
        var start = day
        while true {
            repeat { start = start.previous } while try start > limit && !hasSuccess(start)
            let past = try await past(of: day, from: start)
            // A day whose polls were successful and all unusable says nothing: look further back.
            if past.carry != nil || start <= limit { return past }
        }
    }

    private func past(of day: UTCDay, from start: UTCDay) async throws -> Past {
        let sizes = try await pass(of: start.previous, after: Past(carry: nil, sizes: [])).judge.sizes
        var past = Past(carry: nil, sizes: sizes)
        for earlier in start..<day {
            let finished = try await pass(of: earlier, after: past)
            past = Past(carry: finished.deriver.carry, sizes: finished.judge.sizes)
        }
        return past
    }

    /// How the day ends: the next day's first polls matter only where the last poll's interval ends before midnight.
    private func tail(of day: UTCDay, after pass: SlicePass) async throws -> SliceTail {
        guard let last = pass.lastGoodPoll else { return .complete }
        if last.adding(seconds: feed.intervalSeconds) >= day.end { return .complete }
        guard let latest = try reader.latestDay, latest > day else { return .open }
        let limit = last.adding(seconds: cleaner.rules.maximumGapIntervals * feed.intervalSeconds)
        guard limit >= day.end else { return .gap }
        var past = Past(carry: pass.deriver.carry, sizes: pass.judge.sizes)
        // With intervals of a day and more the next good poll can be days away.
        for later in day.next...max(day.next, limit.day) {
            let next = try await reader.run(newPass(later, past), later)
            if let firstGood = next.polls.first(where: \.isChosen)?.record.slot {
                return firstGood <= limit ? .continued : .gap
            }
            past = Past(carry: past.carry, sizes: next.judge.sizes)
        }
        return .gap
    }

    /// Everything behind a slice but its tail: the raw days that can reach into it, and all versions.
    private mutating func inputs(of day: UTCDay) throws -> (lines: [String], parts: SliceInputs) {
        var parts = SliceInputs()
        for version in versions { parts.note(version.part, version.line) }
        let days = try rawLines(of: day)
        parts.note(.raw, days[0])
        parts.note(.carry, days.dropFirst().joined(separator: "\n"))
        return (versions.map(\.line) + days, parts)
    }

    /// A line for the day itself and for each day before that can reach into it.
    private mutating func rawLines(of day: UTCDay) throws -> [String] {
        var lines: [String] = []
        var reach = day
        var successes = 0
        // The day itself, back to the day before the nearest one with a successful poll.
        while reach >= day.advanced(by: -Cleaner.maximumSilenceDays) {
            lines.append("\(reach) \(try reader.digest(reach)?.rawDigest.description ?? "-")")
            if successes > 0 { break }
            if reach < day, try hasSuccess(reach) { successes += 1 }
            reach = reach.previous
        }
        return lines
    }

    private func hasSuccess(_ day: UTCDay) throws -> Bool { try reader.digest(day)?.successfulPolls ?? 0 > 0 }

    private func write(_ slice: Slice, rawHash: ContentDigest) async throws -> SliceManifest {
        var rows = FlatFileRows(slice, in: buffer)
        let gzip = try gzip.get()
        let folder = String(UInt64(bitPattern: slice.loadID.value), radix: 16)
        var files: [(file: SliceManifest.File, bytes: [UInt8])] = []
        for kind in FlatFileKind.allCases {
            let csv = rows.file(kind)
            let bytes = try gzip.compress(csv.text)
            let file = SliceManifest.File(
                kind: kind,
                path: "\(folder)/\(kind.rawValue).csv.gz",
                rows: csv.rows,
                bytes: bytes.count,
                sha256: ContentDigest(of: bytes)
            )
            files.append((file, bytes))
        }
        let manifest = SliceManifest(
            slice,
            rawHash: rawHash,
            rules: cleaner.rules,
            adapter: adapter,
            files: files.map(\.file)
        )
        try await cleaner.output.write(manifest, files: files)
        return manifest
    }
}

extension SliceManifest {
    fileprivate init(
        _ slice: Slice,
        rawHash: ContentDigest,
        rules: CleaningRules,
        adapter: any FeedAdapter,
        files: [File]
    ) {
        let feed = slice.feed
        self.init(
            formatVersion: Self.formatVersion,
            feed: FeedFacts(
                id: feed.id,
                name: feed.name,
                family: slice.family,
                adapter: feed.adapter,
                url: feed.url,
                timeZone: feed.timeZone,
                intervalSeconds: feed.intervalSeconds,
                maximumGapSeconds: rules.maximumGapIntervals * feed.intervalSeconds,
                needsCredentials: feed.needsCredentials,
                isEnabled: feed.isEnabled,
                licence: feed.licence,
                attribution: feed.attribution,
                notes: feed.notes
            ),
            day: slice.day,
            rawHash: rawHash,
            inputHash: slice.inputHash,
            loadID: slice.loadID.value,
            tail: slice.tail.rawValue,
            inputs: slice.inputs,
            mappingVersion: adapter.mappingVersion,
            statusMap: adapter.statusMap?.version,
            rulesVersion: CleaningRules.version,
            polls: slice.polls.count,
            goodPolls: slice.deriver.goodPolls,
            lastGoodPoll: slice.deriver.lastGoodPoll,
            read: Counts(slice.deriver.read),
            kept: Counts(slice.deriver.kept),
            rejected: Counts(slice.deriver.rejected),
            files: files
        )
    }
}
