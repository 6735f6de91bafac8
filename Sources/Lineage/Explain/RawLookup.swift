import ChargingModel
import Cleaning
public import RawArchive
public import Sources

/// The raw side of an explanation: the archive, and how its feeds are read.
public struct RawLibrary: Sendable {
    let archive: RawArchive
    let catalog: FeedCatalog
    let adapters: AdapterRegistry

    /// Names the archive and the readers of its feeds.
    public init(archive: RawArchive, catalog: FeedCatalog, adapters: AdapterRegistry) {
        self.archive = archive
        self.catalog = catalog
        self.adapters = adapters
    }
}

/// The object that evidence is looked for.
struct SoughtObject: Hashable {
    enum Kind: Hashable {
        case point
        case connector
        case station
    }

    var kind: Kind
    /// The feed's own id.
    var id: String
}

/// A poll whose answer is to be shown.
struct SoughtPoll: Hashable {
    var feed: FeedID
    var pollID: String
    var slot: UTCTime
    var object: SoughtObject?
    /// The feed's text that the interval says; `nil` where nothing is to be compared.
    var expectedText: String?
    /// Whether the interval says that the answer does not hold the object.
    var expectsAbsence = false
    /// Another place to show: the pointer of a reject.
    var pointer: String?
    var digest: String?
    /// Whether the poll log names a pack.
    var hasAnswer = true
}

/// Reads packs, each once, and takes out what is sought.
struct RawLookup {
    let library: RawLibrary
    /// Most bytes of an object that are shown.
    let fragmentBytes: Int

    /// The evidence of polls; what is missing was not found, or has no answer.
    func evidence(of sought: [SoughtPoll]) async throws -> [SoughtPoll: RawEvidence] {
        var found: [SoughtPoll: RawEvidence] = [:]
        let packs = Dictionary(grouping: sought) { Pack(feed: $0.feed, day: $0.slot.day) }
        for (pack, polls) in packs.sorted(by: { ($0.key.feed, $0.key.day) < ($1.key.feed, $1.key.day) })
        where try library.archive.days(of: pack.feed).contains(pack.day) {
            let byID = Dictionary(grouping: polls, by: \.pollID)
            try await library.archive.locate(pack.feed, pack.day) { placed in
                guard let wanted = byID[Self.pollID(placed.capture.poll)], !placed.places.isEmpty else { return }
                let reader = answer(of: placed.capture)
                for poll in wanted { found[poll] = evidence(of: poll, in: placed, reader) }
            }
        }
        return found
    }

    private struct Pack: Hashable {
        var feed: FeedID
        var day: UTCDay
    }

    /// The key that cleaning gave the poll.
    private static func pollID(_ poll: PollRecord) -> String {
        let key = StableKey(
            "poll",
            poll.feed.description,
            poll.slot.description,
            poll.requestedAt.description,
            poll.collector
        )
        return "\(key.value)"
    }

    /// The answer as cleaning reads it; `nil` where the feed is not known or the answer not usable.
    private func answer(of capture: ArchivedCapture) -> (answer: RawAnswer, adapter: any FeedAdapter)? {
        guard let feed = library.catalog[capture.poll.feed], let adapter = try? library.adapters.adapter(for: feed),
            let answer = try? RawAnswer(
                pages: capture.pages.map(\.body),
                digests: capture.digests,
                feed: feed,
                adapter: adapter
            )
        else { return nil }
        return (answer, adapter)
    }

    private func evidence(
        of poll: SoughtPoll,
        in placed: PlacedCapture,
        _ reader: (answer: RawAnswer, adapter: any FeedAdapter)?
    ) -> RawEvidence {
        let sighting = poll.object.flatMap { self.sighting(of: $0, in: reader?.answer) }
        let named = poll.digest.flatMap { digest in placed.capture.digests.firstIndex { $0.description == digest } }
        let page = sighting?.page ?? named ?? 0
        let place = placed.places[page]
        var evidence = RawEvidence(
            page: page + 1,
            digest: placed.capture.digests[page].description,
            recordOffset: place.offset,
            recordLength: place.length,
            recordType: place.type,
            frameOffset: place.frameFileOffset,
            bodyOffset: place.bodyOffset,
            bodyLength: place.bodyLength,
            pointer: sighting?.pointer ?? poll.pointer
        )
        let body = placed.capture.pages[page].body
        if let pointer = evidence.pointer, let range = JSONRange.find(pointer, in: body) {
            evidence.byteOffset = range.lowerBound
            evidence.byteLength = range.count
            evidence.bytes = String(decoding: body[range].prefix(fragmentBytes), as: UTF8.self)
        }
        if let sighting { readStatus(sighting, body, reader?.adapter.statusMap, &evidence) }
        if poll.expectsAbsence {
            evidence.agrees = reader != nil && sighting == nil
        } else if let expected = poll.expectedText {
            evidence.agrees = sighting?.status?.rawText == expected
        }
        return evidence
    }

    private func sighting(of object: SoughtObject, in answer: RawAnswer?) -> RawAnswer.Sighting? {
        switch object.kind {
        case .point: answer?.sighting(ofPoint: object.id)
        case .connector: answer?.sighting(ofConnector: object.id)
        case .station: answer?.sighting(ofStation: object.id)
        }
    }

    /// The status as the bytes say it, and the row of the map that reads it.
    private func readStatus(
        _ sighting: RawAnswer.Sighting,
        _ body: [UInt8],
        _ map: StatusMap?,
        _ evidence: inout RawEvidence
    ) {
        evidence.mappedStatus = sighting.status?.status.rawValue
        evidence.statusText = sighting.status?.rawText
        if let pointer = sighting.statusPointer {
            evidence.statusPointer = pointer
            evidence.statusText = JSONRange.find(pointer, in: body).map { range in
                JSONRange.text(body[range]) ?? String(decoding: body[range], as: UTF8.self)
            }
        }
        guard let text = evidence.statusText, let map else { return }
        evidence.mappedBy = map.row(of: text).map { "\"\($0.text)\" of \($0.source)" } ?? "no row of \(map.version)"
    }
}
