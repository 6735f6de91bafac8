public import ChargingModel

/// What an export wrote.
public struct ExportReport: Hashable, Sendable {
    /// Files or, for a WARC, one.
    public var files = 0
    /// Bytes written.
    public var bytes = 0
    /// Polls without a body, and further polls of a slot that has a file already.
    public var leftOut = 0
}

extension RawArchive {
    /// Writes the decoded pack, up to its last whole capture, as a plain `.warc` file.
    ///
    /// Blocks.
    ///
    /// - Throws: ``ArchiveError`` with code `notFound` or `writeFailed`, or what makes the pack unreadable.
    public func exportWARC(_ feed: FeedID, _ day: UTCDay, to path: String) async throws -> ExportReport {
        try await withPack(feed, day) { try exportWARC($0, feed, day, to: path) }
    }

    private func exportWARC(_ pack: PackPath, _ feed: FeedID, _ day: UTCDay, to path: String) throws -> ExportReport {
        let result = try scan(pack, feed, day, .init(keepsBodies: false)).run { _ in }
        if let failure = result.failure { throw failure }
        let source = try ZstdFileSource(pack.pack)
        let target = try PackFile(path, .writeNew)
        var window = ByteWindow()
        var report = ExportReport(files: 1)
        while report.bytes < result.acknowledgedPlain, try source.fill(&window) {
            let count = min(window.count, result.acknowledgedPlain - report.bytes)
            try target.write(window.bytes(0..<count))
            window.consume(window.count)
            report.bytes += count
        }
        try target.synchronize()
        return report
    }

    /// Writes bodies as files named by slot, as ``importFolder(_:from:everySeconds:judge:)`` reads them.
    ///
    /// Blocks.
    ///
    /// Of several polls of a slot the one with the outcome `ok` that was asked first is written, else the first with a
    /// body.
    /// - Throws: ``ArchiveError`` with code `notFound` or `writeFailed`, or what makes the pack unreadable.
    public func exportBodies(_ feed: FeedID, _ day: UTCDay, to folder: String) async throws -> ExportReport {
        var chosen: [UTCTime: (isOK: Bool, requestedAt: UTCTime)] = [:]
        var report = ExportReport()
        try await read(feed, day) { capture in
            guard capture.pages.contains(where: { !$0.body.isEmpty }) else { return }
            let poll = capture.poll
            let candidate = (isOK: poll.outcome == .ok, requestedAt: poll.requestedAt)
            guard let present = chosen[poll.slot] else {
                chosen[poll.slot] = candidate
                return
            }
            let isBetter =
                candidate.isOK == present.isOK ? candidate.requestedAt < present.requestedAt : candidate.isOK
            if isBetter { chosen[poll.slot] = candidate }
        }
        try createFolder(folder)
        try await read(feed, day) { capture in
            let poll = capture.poll
            guard capture.pages.contains(where: { !$0.body.isEmpty }), let choice = chosen[poll.slot],
                choice == (poll.outcome == .ok, poll.requestedAt)
            else {
                report.leftOut += 1
                return
            }
            chosen[poll.slot] = nil
            for (offset, page) in capture.pages.enumerated() {
                let suffix = capture.pages.count == 1 ? "" : ".page\(offset + 1)"
                try PackFile("\(folder)/\(poll.slot.fileNameText)\(suffix).json", .writeNew).write(page.body)
                report.files += 1
                report.bytes += page.body.count
            }
        }
        return report
    }
}
