public import ChargingModel

/// Where imported answers come from.
public struct ImportOrigin: Hashable, Sendable {
    /// The feed that the answers belong to.
    public var feed: FeedID
    /// The URL that the answers were recorded from.
    public var url: String
    /// Name and version for new packs.
    public var software: String

    /// Creates an origin.
    public init(feed: FeedID, url: String, software: String = "chargehouse") {
        self.feed = feed
        self.url = url
        self.software = software
    }
}

extension RawArchive {
    /// Imports one recorded answer.
    ///
    /// Blocks.
    ///
    /// - Throws: ``ArchiveError`` with code `notFound`, `badImport`, or what appending throws.
    public func importFile(
        _ path: String,
        from origin: ImportOrigin,
        slot: UTCTime,
        judge: AnswerJudge
    ) throws -> ImportReport {
        try importAnswer([wholeFile(path)], from: origin, slot: slot, judge: judge)
    }

    /// Imports one answer that something else than a file holds, page by page.
    ///
    /// Importing again adds nothing. Blocks.
    ///
    /// - Throws: What appending throws.
    public func importAnswer(
        _ bodies: [[UInt8]],
        from origin: ImportOrigin,
        slot: UTCTime,
        judge: AnswerJudge
    ) throws -> ImportReport {
        let importer = try Importer(self, software: origin.software)
        try importer.add(capture(bodies, origin, slot, judge))
        return try importer.finish()
    }

    /// Imports a folder of answers named by slot: `2026-03-01T102000Z.json`, or `2026-03-01T102000Z.page1.json` and so
    /// on for an answer in pages.
    ///
    /// Slots between the first and the last file without a file become polls with the outcome `missing`. Importing
    /// again adds nothing. `everySeconds` is the interval of the series; every slot must lie on it. Blocks.
    ///
    /// - Throws: ``ArchiveError`` with code `notFound`, or `badImport` before anything is written.
    public func importFolder(
        _ path: String,
        from origin: ImportOrigin,
        everySeconds: Int,
        judge: AnswerJudge
    ) throws -> ImportReport {
        let series = try RecordedSeries(path, everySeconds: everySeconds)
        let importer = try Importer(self, software: origin.software)
        var expected = series.slots.first?.slot
        for (slot, files) in series.slots {
            while let gap = expected, gap < slot {
                try importer.addMissing(origin.feed, gap)
                expected = gap.adding(seconds: everySeconds)
            }
            try importer.add(capture(files.map { try wholeFile("\(path)/\($0)") }, origin, slot, judge))
            expected = slot.adding(seconds: everySeconds)
        }
        return try importer.finish()
    }

    private func capture(
        _ bodies: [[UInt8]],
        _ origin: ImportOrigin,
        _ slot: UTCTime,
        _ judge: AnswerJudge
    ) -> Capture {
        let pages = bodies.map { body in
            CapturedPage(
                url: origin.url,
                requestedAt: slot,
                receivedAt: slot,
                httpStatus: 200,
                headers: [],
                body: body
            )
        }
        let (outcome, detail) = judge(pages)
        let poll = PollRecord(
            feed: origin.feed,
            slot: slot,
            requestedAt: slot,
            finishedAt: slot,
            outcome: outcome,
            httpStatus: 200,
            attempts: 0,
            detail: detail,
            collector: "import"
        )
        return Capture(poll: poll, pages: pages)
    }

    private func wholeFile(_ path: String) throws -> [UInt8] {
        let file = try PackFile(path, .read)
        let length = try file.length()
        guard length <= maximumBlockBytes - RecordReader.maximumHeaderBytes else {
            throw ArchiveError(.badImport, path, "\(length) bytes (expected at most \(maximumBlockBytes))")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length)
        var chunk: [UInt8] = Array(repeating: 0, count: min(max(length + 1, 4_096), 1 << 20))
        while true {
            let count = try file.read(into: &chunk)
            guard count > 0 else { return bytes }
            bytes += chunk[0..<count]
        }
    }
}

/// The files of a folder, by slot.
struct RecordedSeries {
    /// In order of slot; files in order of page.
    let slots: [(slot: UTCTime, files: [String])]

    init(_ folder: String, everySeconds: Int) throws {
        guard everySeconds > 0 else {
            throw ArchiveError(.badImport, folder, "interval \(everySeconds) s (expected at least 1)")
        }
        let names = try folderNames(folder).filter { !$0.hasPrefix(".") }
        guard !names.isEmpty else { throw ArchiveError(.notFound, folder, "no such folder, or no files in it") }
        var found: [UTCTime: [(page: Int, file: String)]] = [:]
        for name in names {
            let (slot, page) = try Self.parse(name, in: folder)
            guard slot == slot.slot(every: everySeconds) else {
                throw Self.bad(folder, name, "slot \(slot) is not a multiple of \(everySeconds) s")
            }
            found[slot, default: []].append((page, name))
        }
        let sorted = found.sorted { $0.key < $1.key }
        for (slot, files) in sorted where files.map(\.page).sorted() != Self.expectedPages(files.count, files[0].page) {
            throw Self.bad(folder, files[0].file, "pages of \(slot) are not 1 … n without a gap")
        }
        if let first = sorted.first?.key, let last = sorted.last?.key {
            let slots = last.seconds(since: first) / everySeconds + 1
            guard slots - sorted.count <= Importer.maximumMissing else {
                let detail =
                    "\(slots - sorted.count) slots without a file (expected at most \(Importer.maximumMissing))"
                throw ArchiveError(.badImport, folder, detail)
            }
        }
        slots = sorted.map { ($0.key, $0.value.sorted { $0.page < $1.page }.map(\.file)) }
    }

    /// Page 0 is the file without a page number: then it is the only one.
    private static func expectedPages(_ count: Int, _ first: Int) -> [Int] {
        count == 1 && first == 0 ? [0] : Array(1...count)
    }

    private static func parse(_ name: String, in folder: String) throws -> (UTCTime, Int) {
        guard name.hasSuffix(".json") else {
            throw bad(folder, name, "unknown ending (compressed files must be unpacked first)")
        }
        let parts = name.dropLast(".json".count).split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let slot = UTCTime(String(parts[0])), slot.fileNameText == parts[0] else {
            throw bad(folder, name, "no slot")
        }
        guard parts.count == 2 else { return (slot, 0) }
        guard parts[1].hasPrefix("page"), let page = Int(parts[1].dropFirst(4)),
            (1...CaptureEncoder.maximumPages).contains(page)
        else { throw bad(folder, name, "no page number") }
        return (slot, page)
    }

    private static func bad(_ folder: String, _ name: String, _ detail: String) -> ArchiveError {
        ArchiveError(
            .badImport,
            "\(folder)/\(name)",
            "\(detail) (expected names like 2026-03-01T102000Z.json or 2026-03-01T102000Z.page1.json)",
            kept: "nothing was imported"
        )
    }
}
