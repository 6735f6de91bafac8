internal import ChargingModel

/// One record as it goes into the pack: everything before the body, then the body, then CR LF CR LF.
struct EncodedRecord {
    var head: [UInt8]
    var body: [UInt8]

    var byteCount: Int { head.count + body.count + 4 }
}

/// A capture as records.
struct EncodedCapture {
    var records: [EncodedRecord] = []
    var digests: [ContentDigest] = []
    var revisits = 0

    var byteCount: Int { records.reduce(0) { $0 + $1.byteCount } }
}

/// Turns captures into WARC records.
struct CaptureEncoder {
    /// Most pages of a capture: their ids must fit into the header of the metadata record.
    static let maximumPages = 512

    let maximumBlockBytes: Int

    /// The record that starts a pack.
    static func packHead(feed: FeedID, day: UTCDay, software: String) -> EncodedRecord {
        let body = Array(
            """
            software: \(lineSafe(software))\r
            format: WARC File Format 1.1\r
            conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r
            chargehouse-archive-format: \(RecordName.formatVersion)\r
            chargehouse-feed: \(feed)\r
            chargehouse-day: \(day)\r

            """.utf8
        )
        var head: [UInt8] = []
        begin(&head, "warcinfo", RecordName.recordID("warcinfo", feed.description, day.description), day.start)
        field(&head, RecordName.feed, feed.description)
        field(&head, RecordName.day, day.description)
        field(&head, "Content-Type", "application/warc-fields")
        end(&head, length: body.count)
        return EncodedRecord(head: head, body: body)
    }

    /// The records of a capture.
    ///
    /// `index` learns the new bodies.
    ///
    /// - Throws: ``ArchiveError`` with code `unusableCapture`.
    func encode(_ capture: Capture, index: inout PackIndex) throws -> EncodedCapture {
        let poll = capture.poll
        guard capture.pages.count <= Self.maximumPages else {
            throw unusable(poll, "\(capture.pages.count) pages (expected at most \(Self.maximumPages))")
        }
        let json = try PollJSON.bytes(poll)
        var encoded = EncodedCapture()
        var ids: [String] = []
        for (offset, page) in capture.pages.enumerated() {
            let (record, id) = try self.record(of: page, number: offset + 1, poll, &index, &encoded)
            encoded.records.append(record)
            ids.append(id)
        }
        encoded.records.append(metadata(poll, json, pages: ids))
        return encoded
    }

    private func record(
        of page: CapturedPage,
        number: Int,
        _ poll: PollRecord,
        _ index: inout PackIndex,
        _ encoded: inout EncodedCapture
    ) throws -> (EncodedRecord, id: String) {
        guard page.body.count <= maximumBlockBytes - RecordReader.maximumHeaderBytes else {
            throw unusable(poll, "page \(number) of \(page.body.count) bytes (expected at most \(maximumBlockBytes))")
        }
        var digest = ContentDigest(of: page.body)
        var earlier = page.body.isEmpty ? nil : index.bodies.use(digest)
        if page.httpStatus == 304, page.body.isEmpty, let last = index.lastAnswer(page.url) {
            digest = last.digest
            earlier = index.bodies.use(digest)
        }
        encoded.digests.append(digest)
        let id = RecordName.recordID(
            "page",
            poll.feed.description,
            poll.slot.description,
            poll.requestedAt.description,
            String(number),
            digest.description
        )
        let draft = PageDraft(page: page, number: number, poll: poll, id: id, digest: digest)
        let record: EncodedRecord
        if let earlier {
            encoded.revisits += 1
            record = try revisit(draft, earlier)
        } else {
            record = try response(draft)
            index.bodies.insert(
                .init(
                    digest: digest,
                    byteCount: page.body.count,
                    recordID: id,
                    url: page.url,
                    date: page.requestedAt.description,
                    body: []
                )
            )
        }
        index.note(url: page.url, status: page.httpStatus, headers: page.headers, digest: digest)
        return (record, id)
    }

    private struct PageDraft {
        let page: CapturedPage
        let number: Int
        let poll: PollRecord
        let id: String
        let digest: ContentDigest
    }

    private func response(_ draft: PageDraft) throws -> EncodedRecord {
        let page = draft.page
        let http = HTTPHead(status: page.httpStatus, headers: page.headers).bytes(contentLength: page.body.count)
        var hash = ContentHasher()
        hash.update(http)
        hash.update(page.body)
        var head = pageHead("response", draft)
        Self.field(&head, "WARC-Block-Digest", RecordName.digestText(hash.digest()))
        Self.end(&head, length: http.count + page.body.count)
        return try EncodedRecord(head: checked(head, http, draft), body: page.body)
    }

    private func revisit(_ draft: PageDraft, _ earlier: RetainedBodies.Entry) throws -> EncodedRecord {
        let page = draft.page
        let isNotModified = page.httpStatus == 304
        let http = HTTPHead(status: page.httpStatus, headers: page.headers)
            .bytes(contentLength: isNotModified ? nil : earlier.byteCount)
        var head = pageHead("revisit", draft)
        let profile = isNotModified ? RecordName.serverNotModified : RecordName.identicalPayload
        Self.field(&head, "WARC-Profile", profile)
        Self.field(&head, "WARC-Refers-To", earlier.recordID)
        Self.field(&head, "WARC-Refers-To-Target-URI", earlier.url)
        Self.field(&head, "WARC-Refers-To-Date", earlier.date)
        Self.field(&head, "WARC-Block-Digest", RecordName.digestText(ContentDigest(of: http)))
        Self.end(&head, length: http.count)
        return try EncodedRecord(head: checked(head, http, draft), body: [])
    }

    /// A reader refuses longer heads, so they are not written.
    private func checked(_ head: [UInt8], _ http: [UInt8], _ draft: PageDraft) throws -> [UInt8] {
        guard max(head.count, http.count) <= RecordReader.maximumHeaderBytes else {
            let found = "page \(draft.number) has \(max(head.count, http.count)) bytes of header fields"
            throw unusable(draft.poll, "\(found) (expected at most \(RecordReader.maximumHeaderBytes))")
        }
        return head + http
    }

    private func pageHead(_ type: String, _ draft: PageDraft) -> [UInt8] {
        var head: [UInt8] = []
        head.reserveCapacity(1_024)
        Self.begin(&head, type, draft.id, draft.page.requestedAt)
        Self.field(&head, "WARC-Target-URI", draft.page.url)
        Self.field(&head, RecordName.feed, draft.poll.feed.description)
        Self.field(&head, RecordName.slot, draft.poll.slot.description)
        Self.field(&head, RecordName.page, String(draft.number))
        Self.field(&head, RecordName.receivedAt, draft.page.receivedAt.description)
        Self.field(&head, "Content-Type", RecordName.httpResponse)
        Self.field(&head, "WARC-Payload-Digest", RecordName.digestText(draft.digest))
        return head
    }

    private func metadata(_ poll: PollRecord, _ json: [UInt8], pages: [String]) -> EncodedRecord {
        let digest = ContentDigest(of: json)
        let id = RecordName.recordID("poll", digest.description, pages.joined())
        var head: [UInt8] = []
        Self.begin(&head, "metadata", id, poll.requestedAt)
        Self.field(&head, RecordName.feed, poll.feed.description)
        Self.field(&head, RecordName.slot, poll.slot.description)
        Self.field(&head, RecordName.pages, String(pages.count))
        for page in pages { Self.field(&head, "WARC-Concurrent-To", page) }
        Self.field(&head, "Content-Type", "application/json")
        Self.field(&head, "WARC-Block-Digest", RecordName.digestText(digest))
        Self.end(&head, length: json.count)
        return EncodedRecord(head: head, body: json)
    }

    private func unusable(_ poll: PollRecord, _ detail: String) -> ArchiveError {
        ArchiveError(.unusableCapture, "\(poll.feed) \(poll.slot)", detail, kept: "nothing of this capture")
    }

    private static func begin(_ head: inout [UInt8], _ type: String, _ id: String, _ date: UTCTime) {
        head += "WARC/1.1\r\n"
        field(&head, "WARC-Type", type)
        field(&head, "WARC-Record-ID", id)
        field(&head, "WARC-Date", date.description)
    }

    private static func field(_ head: inout [UInt8], _ name: String, _ value: String) {
        head += name
        head += ": "
        head += lineSafe(value)
        head += "\r\n"
    }

    private static func end(_ head: inout [UInt8], length: Int) {
        field(&head, "Content-Length", String(length))
        head += "\r\n"
    }
}
