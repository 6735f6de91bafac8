public import ChargingModel

extension RawArchive {
    /// Imports a `.warc` or `.warc.zst` file: packs of another archive, or WARCs that other tools wrote.
    ///
    /// Blocks.
    ///
    /// Captures of an archive keep their feed, slot and times. Of other WARCs, each HTTP 200 `response` (or revisit of
    /// one) is a capture of `origin.feed` in the slot of its `WARC-Date`. Importing again adds nothing.
    /// `origin` is for records that name no feed, `nil` where there are none; `everySeconds` is the interval of slots
    /// for such records.
    ///
    /// - Throws: ``ArchiveError`` with code `badImport`, `notFound`, or what makes the file unreadable.
    public func importWARC(
        _ path: String,
        from origin: ImportOrigin?,
        everySeconds: Int,
        judge: AnswerJudge
    ) throws -> ImportReport {
        guard everySeconds > 0 else {
            throw ArchiveError(.badImport, path, "interval \(everySeconds) s (expected at least 1)")
        }
        let reader = try RecordReader(source(path), maximumBlockBytes: maximumBlockBytes, subject: path)
        let importer = try Importer(self, software: origin?.software ?? "chargehouse")
        let assembler = CaptureAssembler(feed: nil, options: .init(verifiesDigests: true))
        var foreign = ForeignRecords()
        while let record = try reader.next() {
            if record.header[RecordName.feed] != nil {
                if let capture = try assembler.take(record, from: reader) {
                    try importer.add(Capture(poll: capture.poll, pages: capture.pages), digests: capture.digests)
                }
                continue
            }
            switch foreign.take(record, from: reader) {
            case .none: continue
            case .skipped(let reason): importer.skip(reason)
            case .page(let page):
                guard let origin else {
                    throw ArchiveError(.badImport, path, "record \(record.id) names no feed (expected --feed)")
                }
                try importer.add(capture(of: page, origin, everySeconds, judge))
            }
        }
        return try importer.finish()
    }

    private func source(_ path: String) throws -> any PlainSource {
        if path.hasSuffix(".warc") { return try PlainFileSource(path) }
        if path.hasSuffix(".warc.zst") { return try ZstdFileSource(path) }
        throw ArchiveError(
            .badImport,
            path,
            "unknown ending (expected .warc or .warc.zst)",
            remedy: path.hasSuffix(".gz") ? "gunzip \(path)" : nil
        )
    }

    private func capture(
        of page: CapturedPage,
        _ origin: ImportOrigin,
        _ everySeconds: Int,
        _ judge: AnswerJudge
    ) -> Capture {
        let (outcome, detail) = judge([page])
        let poll = PollRecord(
            feed: origin.feed,
            slot: page.requestedAt.slot(every: everySeconds),
            requestedAt: page.requestedAt,
            finishedAt: page.receivedAt,
            outcome: outcome,
            httpStatus: page.httpStatus,
            attempts: 0,
            detail: detail,
            collector: "import"
        )
        return Capture(poll: poll, pages: [page])
    }
}

/// Reads HTTP answers out of WARC records that other tools wrote.
struct ForeignRecords {
    enum Taken {
        case none
        case skipped(String)
        case page(CapturedPage)
    }

    private static let maximumNames = 4_096
    private var bodies = RetainedBodies()
    /// What the other tool calls a payload, in its own algorithm and notation.
    private var names: [String: ContentDigest] = [:]

    mutating func take(_ record: WARCRecord, from reader: RecordReader) -> Taken {
        guard record.type == "response" || record.type == "revisit" else { return .none }
        guard let url = record.header["WARC-Target-URI"], url.hasPrefix("http") else { return .none }
        guard let date = record.header["WARC-Date"].flatMap({ UTCTime($0) }) else { return .skipped("no WARC-Date") }
        let block = reader.slice(0..<record.blockLength)
        guard let (head, offset) = HTTPHead.parse(block) else { return .skipped("no HTTP answer") }
        guard head.status == 200 || record.type == "revisit" else { return .skipped("HTTP status other than 200") }
        let name = record.header["WARC-Payload-Digest"]
        let body: [UInt8]
        if record.type == "revisit" {
            guard let digest = name.flatMap({ names[$0] }), let entry = bodies.use(digest) else {
                return .skipped("revisit of a body that is not among the last ones")
            }
            body = entry.body
        } else {
            switch Self.decoded(head, block.dropFirst(offset)) {
            case .success(let bytes): body = bytes
            case .failure(let reason): return .skipped(reason.text)
            }
            keep(body, name, url, record.id)
        }
        return .page(
            CapturedPage(
                url: url,
                requestedAt: date,
                receivedAt: date,
                httpStatus: head.status,
                headers: head.headers.filter { !isSameName($0.name, "Transfer-Encoding") },
                body: body
            )
        )
    }

    private mutating func keep(_ body: [UInt8], _ name: String?, _ url: String, _ id: String) {
        let digest = ContentDigest(of: body)
        if let name {
            if names.count >= Self.maximumNames { names.removeAll() }
            names[name] = digest
        }
        bodies.insert(.init(digest: digest, byteCount: body.count, recordID: id, url: url, date: "", body: body))
    }

    private struct Reason: Error {
        let text: String
    }

    private static func decoded(_ head: HTTPHead, _ body: ArraySlice<UInt8>) -> Result<[UInt8], Reason> {
        let value = { (name: String) in head.headers.first { isSameName($0.name, name) }?.value.lowercased() }
        if let coding = value("Content-Encoding"), coding != "identity" {
            return .failure(Reason(text: "Content-Encoding \(coding) (decode it first)"))
        }
        guard value("Transfer-Encoding")?.contains("chunked") == true else { return .success(Array(body)) }
        guard let bytes = unchunked(body) else { return .failure(Reason(text: "broken chunked body")) }
        return .success(bytes)
    }

    /// RFC 9112, section 7.1; `nil` where the chunks are not whole.
    private static func unchunked(_ body: ArraySlice<UInt8>) -> [UInt8]? {
        var rest = body
        var bytes: [UInt8] = []
        while let lineEnd = rest.prefix(1_024).firstIndex(of: 10) {
            let digits = rest[..<lineEnd].prefix { $0 != UInt8(ascii: ";") && $0 != 13 && $0 != 32 }
            guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0 else { return nil }
            rest = rest[(lineEnd + 1)...]
            if size == 0 { return bytes }
            guard rest.count - 2 >= size else { return nil }
            bytes += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
        return nil
    }
}
