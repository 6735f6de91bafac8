internal import ChargingModel
internal import Foundation

/// A pack that is open, locked, whole, and positioned for appending.
struct OpenedPack {
    var file: PackFile
    var length: Int
    /// Whether the pack has no record yet, not even the first.
    var isEmpty: Bool
    var index: PackIndex
    var largestCapture: Int
    /// What had to be cut; `nil` where nothing was.
    var tornTail: TornTail?
}

/// Opens packs for appending and brings torn ones in order.
enum PackOpening {
    /// Opens or creates, and locks, the pack at `path.pack`.
    ///
    /// - Throws: ``ArchiveError`` with code `locked` where another writer has it.
    static func open(_ path: PackPath, feed: FeedID, day: UTCDay, maximumBlockBytes: Int) throws -> OpenedPack {
        try createFolder(path.folder)
        let file = try lockedFile(path.pack, subject: "\(feed) \(day)")
        let length = try file.length()
        guard length > 0 else {
            return OpenedPack(file: file, length: 0, isEmpty: true, index: PackIndex(), largestCapture: 0)
        }
        let result = try PackScan(
            path: path.pack,
            feed: feed,
            subject: "\(feed) \(day)",
            maximumBlockBytes: maximumBlockBytes,
            options: .init(keepsBodies: false)
        ).run { _ in }
        let isWhole = result.isFinished && result.acknowledgedPlain == result.plainBytes
        guard !isWhole else {
            try file.seek(to: length)
            return OpenedPack(
                file: file,
                length: length,
                isEmpty: result.acknowledgedPlain == 0,
                index: result.index,
                largestCapture: result.largestCapture
            )
        }
        return try recover(path, file, length, result)
    }

    /// Opens a file and takes its lock; where a seal has replaced it meanwhile, opens the new one.
    static func lockedFile(_ path: String, subject: String) throws -> PackFile {
        for _ in 0..<16 {
            let file = try PackFile(path, .readWriteCreating)
            guard try file.tryLock() else { break }
            if try file.isCurrent() { return file }
        }
        throw ArchiveError(
            .locked,
            subject,
            "another writer has the pack \(path) open (expected one writer)",
            kept: "the pack is unchanged",
            remedy: "stop the other chargehouse process, or wait for it to end"
        )
    }

    /// Writes the acknowledged captures into a fresh frame that takes the place of the torn pack.
    private static func recover(
        _ path: PackPath,
        _ torn: PackFile,
        _ length: Int,
        _ result: PackScan.Result
    ) throws -> OpenedPack {
        let temporary = path.pack + ".tmp"
        let fresh = try PackFile(temporary, .readWriteCreating)
        guard try fresh.tryLock() else {
            throw ArchiveError(.locked, path.pack, "another process is repairing the pack")
        }
        try fresh.truncate(to: 0)
        let window = LiveWindow.log(forAnswerOf: result.largestCapture)
        let outcome = try PackRewriter.rewrite(
            path.pack,
            to: fresh,
            plainLimit: result.acknowledgedPlain,
            parameters: .live(windowLog: window)
        )
        let copy = try result.failure.map { _ in try keepDamaged(path) }
        try renameFile(temporary, to: path.pack)
        try synchronizeFolder(path.folder)
        let isTorn = result.tornBytes > 0 || result.abandonedPages > 0 || result.failure != nil
        return OpenedPack(
            file: fresh,
            length: outcome.bytes,
            isEmpty: outcome.plainBytes == 0,
            index: result.index,
            largestCapture: result.largestCapture,
            tornTail: isTorn
                ? TornTail(
                    bytesCut: result.tornBytes,
                    abandonedPages: result.abandonedPages,
                    damagedCopy: copy,
                    reason: result.failure?.detail
                ) : nil
        )
    }

    /// Gives the damaged file a second name, so that nothing acknowledged is lost for a repair by hand.
    private static func keepDamaged(_ path: PackPath) throws -> String {
        for number in 1...1_000 {
            let copy = path.pack.dropLast(".warc.zst".count) + ".damaged-\(number).warc.zst"
            if unsafe link(path.pack, String(copy)) == 0 { return String(copy) }
            guard errno == EEXIST else {
                throw ArchiveError(.writeFailed, path.pack, "keep the damaged pack: \(systemMessage(errno))")
            }
        }
        throw ArchiveError(.writeFailed, path.pack, "1,000 damaged copies stand beside it (expected fewer)")
    }
}

/// The window of a live frame.
enum LiveWindow {
    static let smallest = 17
    static let largest = 23

    /// Base-2 logarithm of a window that holds two answers of a size, between 128 KB and 8 MB.
    static func log(forAnswerOf bytes: Int) -> Int {
        var log = smallest
        while log < largest, 1 << log < 2 * min(bytes, 1 << largest) { log += 1 }
        return log
    }
}
