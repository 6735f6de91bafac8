internal import ChargingModel

/// One open pack of a writer: file, lock, frame and memory of bodies.
///
/// Not `Sendable`: lives inside a `Mutex`. A failed write leaves the file at the last acknowledged capture and this
/// value unusable; the next append opens the pack again.
final class PackAppender {
    private let path: PackPath
    private let options: WriterOptions
    private let feed: FeedID
    private let day: UTCDay
    private var pack: OpenedPack
    private var compressor: ZstdCompressor?
    private var isSealed: Bool
    /// Whether file and frame agree; `false` after a failed write.
    private(set) var isUsable = true

    init(root: String, feed: FeedID, day: UTCDay, options: WriterOptions) throws {
        path = PackPath(root: root, feed: feed, day: day)
        self.feed = feed
        self.day = day
        self.options = options
        pack = try PackOpening.open(path, feed: feed, day: day, maximumBlockBytes: options.maximumBlockBytes)
        isSealed = fileLength(path.manifest) != nil
    }

    var memoryBytes: Int { compressor?.memoryBytes ?? 0 }

    func lastAnswer(_ url: String) -> PackIndex.LastAnswer? {
        pack.index.lastAnswer(url)
    }

    /// Appends a capture; returns when its bytes are where `options.durability` wants them.
    func append(_ capture: Capture) throws -> AppendReceipt {
        var index = pack.index
        let encoded = try CaptureEncoder(maximumBlockBytes: options.maximumBlockBytes).encode(capture, index: &index)
        try unseal()
        isUsable = false
        var output: [UInt8] = []
        let isNew = pack.isEmpty
        let answerBytes = capture.pages.reduce(0) { $0 + $1.body.count }
        let frame = try frame(forAnswerOf: answerBytes, &output)
        if isNew {
            try write(CaptureEncoder.packHead(feed: feed, day: day, software: options.software), frame, &output)
        }
        for record in encoded.records { try write(record, frame, &output) }
        try frame.flush(to: &output)
        try commit(output)
        if isNew, options.durability == .everyCapture { try synchronizeFolder(path.folder) }
        isUsable = true
        pack.isEmpty = false
        pack.index = index
        pack.largestCapture = max(pack.largestCapture, answerBytes)
        defer { pack.tornTail = nil }
        return AppendReceipt(
            bytesWritten: output.count,
            plainBytes: encoded.byteCount,
            digests: encoded.digests,
            revisits: encoded.revisits,
            tornTail: pack.tornTail
        )
    }

    /// Ends the frame, so that the file can be decoded to its end by anybody.
    func end() throws {
        guard let compressor else { return }
        self.compressor = nil
        var output: [UInt8] = []
        try compressor.end(to: &output)
        try commit(output)
    }

    private func write(_ record: EncodedRecord, _ frame: ZstdCompressor, _ output: inout [UInt8]) throws {
        try frame.write(record.head, to: &output)
        try frame.write(record.body, to: &output)
        try frame.write([13, 10, 13, 10], to: &output)
    }

    /// The open frame; a new one where there is none or where its window has become too small.
    private func frame(forAnswerOf bytes: Int, _ output: inout [UInt8]) throws -> ZstdCompressor {
        let known = max(bytes, pack.largestCapture, options.expectedAnswerBytes)
        let windowLog = LiveWindow.log(forAnswerOf: known)
        if let compressor {
            guard compressor.parameters.windowLog < windowLog else { return compressor }
            self.compressor = nil
            try compressor.end(to: &output)
        }
        let fresh = try ZstdCompressor(.live(windowLog: windowLog))
        compressor = fresh
        return fresh
    }

    /// Late raw: the manifest goes first, so that no crash leaves one that does not fit.
    private func unseal() throws {
        guard isSealed else { return }
        try removeFileIfPresent(path.manifest)
        try synchronizeFolder(path.folder)
        isSealed = false
    }

    private func commit(_ output: [UInt8]) throws {
        do {
            try pack.file.write(output)
            if options.durability == .everyCapture { try pack.file.synchronize() }
        } catch {
            try abandon(because: error)
        }
        pack.length += output.count
    }

    private func abandon(because error: any Error) throws -> Never {
        let cause = (error as? ArchiveError)?.detail ?? "\(error)"
        var kept = "every capture acknowledged before"
        do {
            try pack.file.truncate(to: pack.length)
        } catch {
            kept += "; the tail stays until the pack is opened again"
        }
        throw ArchiveError(
            .writeFailed,
            "\(feed) \(day)",
            "write to \(path.pack): \(cause)",
            kept: kept,
            remedy: "free space or repair the disk; the next poll continues by itself"
        )
    }
}
