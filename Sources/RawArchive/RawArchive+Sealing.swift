public import ChargingModel

/// How hard a seal compresses.
public struct SealOptions: Hashable, Sendable {
    /// zstd level, 1 … 22.
    public var level: Int
    /// Base-2 logarithm of the largest window, 17 … 27: above 27 `zstd -dc` needs flags.
    public var maximumWindowLog: Int

    /// Creates options.
    public init(level: Int = 19, maximumWindowLog: Int = 27) {
        self.level = min(22, max(1, level))
        self.maximumWindowLog = min(27, max(17, maximumWindowLog))
    }
}

extension RawArchive {
    /// Rewrites the pack of a day that is over as one solid frame and writes its manifest.
    ///
    /// Blocks for seconds.
    ///
    /// The WARC inside stays the same byte for byte; a torn tail is left out. Sealing a sealed pack changes nothing.
    /// `time` is now, for the manifest.
    ///
    /// - Throws: ``ArchiveError`` with code `notFound`, `locked` where a writer still has the pack, `writeFailed`, or
    ///   what makes the pack unreadable. The pack stays as it was then.
    @discardableResult
    public func seal(
        _ feed: FeedID,
        _ day: UTCDay,
        at time: UTCTime,
        options: SealOptions = SealOptions()
    ) throws -> PackManifest {
        let path = PackPath(root: root, feed: feed, day: day)
        guard fileLength(path.pack) != nil else {
            throw ArchiveError(.notFound, "\(feed) \(day)", "no pack \(path.pack)")
        }
        let lock = try PackOpening.lockedFile(path.pack, subject: "\(feed) \(day)")
        return try withExtendedLifetime(lock) {
            if let manifest = try PackManifest.load(path) {
                try check(manifest, path)
                return manifest
            }
            return try sealLocked(feed, day, path, time, options)
        }
    }

    /// Compares a pack with its manifest.
    func check(_ manifest: PackManifest, _ path: PackPath) throws {
        let found = try fileDigest(path.pack)
        guard found == manifest.sha256 else {
            throw ArchiveError(
                .manifestMismatch,
                path.pack,
                "SHA-256 \(found) (expected \(manifest.sha256), as its manifest says)",
                kept: "both files as they are",
                remedy: "chargehouse archive verify"
            )
        }
    }

    private func sealLocked(
        _ feed: FeedID,
        _ day: UTCDay,
        _ path: PackPath,
        _ time: UTCTime,
        _ options: SealOptions
    ) throws -> PackManifest {
        let (before, beforeDigest) = try digestedScan(feed, day, path.pack)
        let temporary = path.pack + ".tmp"
        let target = try PackFile(temporary, .writeNew)
        let outcome = try PackRewriter.rewrite(
            path.pack,
            to: target,
            plainLimit: before.acknowledgedPlain,
            parameters: parameters(options, before)
        )
        let (after, afterDigest) = try digestedScan(feed, day, temporary)
        guard after.polls == before.polls, afterDigest == beforeDigest, after.plainBytes == outcome.plainBytes,
            after.isFinished, try plainDigest(temporary) == outcome.plainDigest
        else {
            throw ArchiveError(
                .digestMismatch,
                "\(feed) \(day)",
                "the sealed copy has \(after.polls) polls, digest \(afterDigest) (expected \(before.polls), \(beforeDigest))",
                kept: "the live pack; the copy is \(temporary)"
            )
        }
        let sha256 = try fileDigest(temporary)
        try renameFile(temporary, to: path.pack)
        try synchronizeFolder(path.folder)
        let manifest = PackManifest(
            formatVersion: RecordName.formatVersion,
            feed: feed,
            day: day,
            file: "\(day).warc.zst",
            bytes: outcome.bytes,
            plainBytes: outcome.plainBytes,
            sha256: sha256,
            rawDigest: beforeDigest,
            polls: before.polls,
            successfulPolls: before.successfulPolls,
            capturesWithBodies: before.capturesWithBodies,
            firstSlot: before.firstSlot,
            lastSlot: before.lastSlot,
            sealedAt: time
        )
        try manifest.save(path)
        return manifest
    }

    private func digestedScan(
        _ feed: FeedID,
        _ day: UTCDay,
        _ file: String
    ) throws -> (PackScan.Result, ContentDigest) {
        var digester = RawDigester()
        let result = try PackScan(
            path: file,
            feed: feed,
            subject: "\(feed) \(day)",
            maximumBlockBytes: maximumBlockBytes,
            options: .init(keepsBodies: false, verifiesDigests: true)
        ).run { try digester.add($0) }
        if let failure = result.failure { throw failure }
        return (result, digester.digest())
    }

    private func plainDigest(_ file: String) throws -> ContentDigest {
        let source = try ZstdFileSource(file)
        var window = ByteWindow()
        var hash = ContentHasher()
        while try source.fill(&window) {
            hash.update(window.slice(0..<window.count))
            window.consume(window.count)
        }
        return hash.digest()
    }

    /// A window of eight answers finds what consecutive answers share; tables are kept small so that sealing fits
    /// beside a running collection.
    private func parameters(_ options: SealOptions, _ scan: PackScan.Result) -> ZstdParameters {
        let wanted = min(scan.plainBytes, 8 * max(scan.largestCapture, 1 << 17))
        var windowLog = LiveWindow.smallest
        while windowLog < options.maximumWindowLog, 1 << windowLog < wanted { windowLog += 1 }
        return ZstdParameters(
            level: options.level,
            windowLog: windowLog,
            hashLog: min(20, windowLog),
            chainLog: min(20, windowLog),
            usesLongDistance: true
        )
    }
}
