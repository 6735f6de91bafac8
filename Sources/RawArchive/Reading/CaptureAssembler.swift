internal import ChargingModel

/// Puts records together to captures and resolves revisits.
final class CaptureAssembler {
    struct Options {
        var keepsBodies = true
        var verifiesDigests = false
    }

    private struct PendingPage {
        var id: String
        var number: Int
        var page: CapturedPage
        var digest: ContentDigest
        var byteCount: Int
        var place: RecordPlace
    }

    private let feed: FeedID?
    private let options: Options
    private var pending: [PendingPage] = []

    private(set) var index = PackIndex()
    /// Pages that no metadata record closed.
    private(set) var abandonedPages = 0
    /// Bytes of bodies of the largest capture so far.
    private(set) var largestCapture = 0
    /// Where the pages of the last closed capture stand; without frames.
    private(set) var places: [RecordPlace] = []

    /// Creates an assembler; `feed` is the one that records must name, `nil` where any will do.
    init(feed: FeedID?, options: Options) {
        self.feed = feed
        self.options = options
    }

    /// Whether pages wait for their metadata record.
    var hasOpenPages: Bool { !pending.isEmpty }

    /// Counts the pages that wait as abandoned: the pack ends here.
    func finish() {
        abandonedPages += pending.count
        pending = []
    }

    /// Takes the reader's current record; returns the capture that it closes.
    ///
    /// - Throws: ``ArchiveError`` with code `corruptRecord` or `digestMismatch`.
    func take(_ record: WARCRecord, from reader: RecordReader) throws -> ArchivedCapture? {
        if options.verifiesDigests { try verifyBlock(record, reader) }
        switch record.type {
        case "response": try takeResponse(record, reader)
        case "revisit": try takeRevisit(record, reader)
        case "metadata":
            guard record.header[RecordName.feed] != nil else { return nil }
            return try close(record, reader)
        default: break
        }
        return nil
    }

    private func verifyBlock(_ record: WARCRecord, _ reader: RecordReader) throws {
        guard let text = record.header["WARC-Block-Digest"], let expected = RecordName.digest(text) else { return }
        var hash = ContentHasher()
        hash.update(reader.slice(0..<record.blockLength))
        guard hash.digest() == expected else {
            throw ArchiveError(.digestMismatch, subject(record), "block \(hash.digest()) (expected \(expected))")
        }
    }

    private func takeResponse(_ record: WARCRecord, _ reader: RecordReader) throws {
        let (head, bodyOffset) = try httpHead(record, reader)
        let bodyRange = bodyOffset..<record.blockLength
        let digest = try payloadDigest(record, reader, bodyRange)
        let body = options.keepsBodies ? reader.block(bodyRange) : []
        let page = try self.page(record, reader, head, body)
        index.bodies.insert(
            .init(
                digest: digest,
                byteCount: bodyRange.count,
                recordID: record.id,
                url: page.url,
                date: record.header["WARC-Date"] ?? "",
                body: body,
                bodyOffset: reader.startOfBlock + bodyOffset
            )
        )
        try add(record, reader, page, digest, bodyRange.count, bodyOffset: reader.startOfBlock + bodyOffset)
    }

    private func takeRevisit(_ record: WARCRecord, _ reader: RecordReader) throws {
        let (head, _) = try httpHead(record, reader)
        guard let digest = record.header["WARC-Payload-Digest"].flatMap(RecordName.digest) else {
            throw reader.corrupt("revisit without a sha256 WARC-Payload-Digest")
        }
        guard let earlier = index.bodies.use(digest) else {
            throw reader.corrupt("revisit of \(digest), which is not among the last bodies of the pack")
        }
        let page = try self.page(record, reader, head, earlier.body)
        try add(record, reader, page, digest, earlier.byteCount, bodyOffset: earlier.bodyOffset)
    }

    private func add(
        _ record: WARCRecord,
        _ reader: RecordReader,
        _ page: CapturedPage,
        _ digest: ContentDigest,
        _ byteCount: Int,
        bodyOffset: Int?
    ) throws {
        guard pending.count < 2 * CaptureEncoder.maximumPages else {
            throw reader.corrupt("more than \(pending.count) pages without a metadata record")
        }
        let number = record.header[RecordName.page].flatMap { Int($0) } ?? pending.count + 1
        index.note(url: page.url, status: page.httpStatus, headers: page.headers, digest: digest)
        let place = RecordPlace(
            offset: reader.startOfRecord,
            length: reader.endOfRecord - reader.startOfRecord,
            frameFileOffset: 0,
            framePlainOffset: 0,
            type: record.type,
            bodyOffset: byteCount > 0 ? bodyOffset : nil,
            bodyLength: byteCount
        )
        pending.append(
            PendingPage(id: record.id, number: number, page: page, digest: digest, byteCount: byteCount, place: place)
        )
    }

    private func httpHead(_ record: WARCRecord, _ reader: RecordReader) throws -> (HTTPHead, Int) {
        guard let (head, offset) = HTTPHead.parse(reader.slice(0..<record.blockLength)) else {
            throw reader.corrupt("block is no HTTP answer (expected a status line and header fields)")
        }
        return (head.restored(), offset)
    }

    private func payloadDigest(
        _ record: WARCRecord,
        _ reader: RecordReader,
        _ range: Range<Int>
    ) throws -> ContentDigest {
        let named = record.header["WARC-Payload-Digest"].flatMap(RecordName.digest)
        if let named, !options.verifiesDigests { return named }
        var hash = ContentHasher()
        hash.update(reader.slice(range))
        let found = hash.digest()
        if let named, named != found {
            throw ArchiveError(.digestMismatch, subject(record), "payload \(found) (expected \(named))")
        }
        return found
    }

    private func page(
        _ record: WARCRecord,
        _ reader: RecordReader,
        _ head: HTTPHead,
        _ body: [UInt8]
    ) throws -> CapturedPage {
        guard let url = record.header["WARC-Target-URI"],
            let requestedAt = record.header["WARC-Date"].flatMap({ UTCTime($0) })
        else { throw reader.corrupt("no WARC-Target-URI or no WARC-Date") }
        let receivedAt = record.header[RecordName.receivedAt].flatMap { UTCTime($0) }
        return CapturedPage(
            url: url,
            requestedAt: requestedAt,
            receivedAt: receivedAt ?? requestedAt,
            httpStatus: head.status,
            headers: head.headers,
            body: body
        )
    }

    private func close(_ record: WARCRecord, _ reader: RecordReader) throws -> ArchivedCapture {
        let poll: PollRecord
        do {
            poll = try PollJSON.poll(reader.block(0..<record.blockLength))
        } catch {
            throw reader.corrupt("metadata is no poll record: \(error)")
        }
        if let feed, poll.feed != feed {
            throw reader.corrupt("poll of feed \(poll.feed) (expected \(feed))")
        }
        let named = record.header.all("WARC-Concurrent-To")
        var closed: [PendingPage] = []
        for id in named {
            guard let page = pending.last(where: { $0.id == id }) else {
                throw reader.corrupt("metadata names page \(id), which is not there")
            }
            closed.append(page)
        }
        abandonedPages += pending.count - closed.count
        pending = []
        places = closed.map(\.place)
        largestCapture = max(largestCapture, closed.reduce(0) { $0 + $1.byteCount })
        return ArchivedCapture(poll: poll, pages: closed.map(\.page), digests: closed.map(\.digest))
    }

    private func subject(_ record: WARCRecord) -> String {
        "\(record.header[RecordName.feed] ?? "record") \(record.header[RecordName.slot] ?? record.id)"
    }
}
