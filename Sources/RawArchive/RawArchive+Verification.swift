public import ChargingModel

/// Something wrong with a pack.
public struct VerifyFinding: Hashable, Sendable {
    /// The error that reading or sealing would throw.
    public var error: ArchiveError
    /// Whether data is damaged.
    ///
    /// `false` for what a live or torn pack may have: an unfinished tail.
    public var isDamage: Bool
}

/// What the verification of a pack found.
public struct VerifyReport: Hashable, Sendable {
    /// The feed of the pack.
    public var feed: FeedID
    /// The UTC day of the pack.
    public var day: UTCDay
    /// Whether the pack has a manifest.
    public var isSealed: Bool
    /// Polls read, those without an answer included.
    public var polls: Int
    /// Bytes of the WARC that were read, decoded.
    public var plainBytes: Int
    /// What is wrong; empty where nothing is.
    public var findings: [VerifyFinding]

    /// Whether nothing is damaged.
    public var isIntact: Bool { !findings.contains { $0.isDamage } }
}

extension RawArchive {
    /// Recomputes everything that a pack claims: manifest, frames, records, the digest of every block and body,
    /// revisits.
    ///
    /// Blocks.
    ///
    /// - Throws: ``ArchiveError`` with code `notFound` or `readFailed`; `ObjectStoreError` where the pack is in the store
    ///   and is not what its manifest says. Other damage is told in the report.
    public func verify(_ feed: FeedID, _ day: UTCDay) async throws -> VerifyReport {
        try await withPack(feed, day) { try verify($0, feed, day) }
    }

    private func verify(_ path: PackPath, _ feed: FeedID, _ day: UTCDay) throws -> VerifyReport {
        guard let bytes = fileLength(path.pack) else {
            throw ArchiveError(.notFound, "\(feed) \(day)", "no pack \(path.pack)")
        }
        var digester = RawDigester()
        let result = try scan(path, feed, day, .init(keepsBodies: false, verifiesDigests: true)).run {
            try digester.add($0)
        }
        var report = VerifyReport(
            feed: feed,
            day: day,
            isSealed: fileLength(path.manifest) != nil,
            polls: result.polls,
            plainBytes: result.plainBytes,
            findings: []
        )
        if let failure = result.failure { report.findings.append(.init(error: failure, isDamage: true)) }
        do {
            if let manifest = try PackManifest.load(path) {
                let differences = try manifest.differences(from: result, digester.digest(), bytes, path)
                report.findings += differences.map { .init(error: $0, isDamage: true) }
            }
        } catch let error as ArchiveError where error.errorCode == .manifestMismatch {
            report.findings.append(.init(error: error, isDamage: true))
        }
        if result.failure == nil, result.tornBytes > 0 || result.abandonedPages > 0 {
            let detail = "\(result.tornBytes) bytes and \(result.abandonedPages) pages behind the last whole capture"
            let error = ArchiveError(.corruptRecord, "\(feed) \(day)", detail, kept: "every acknowledged capture")
            report.findings.append(.init(error: error, isDamage: report.isSealed))
        }
        return report
    }
}

extension PackManifest {
    /// Every claim of the manifest that the pack does not bear out.
    func differences(
        from result: PackScan.Result,
        _ digest: ContentDigest,
        _ fileBytes: Int,
        _ path: PackPath
    ) throws -> [ArchiveError] {
        let sha256 = try fileDigest(path.pack)
        let claims: [(name: String, found: String, expected: String)] = [
            ("format_version", String(RecordName.formatVersion), String(formatVersion)),
            ("pack", path.pack, path.folder + "/" + file),
            ("path", path.pack.hasSuffix("/\(feed)/\(day.description.prefix(4))/\(day).warc.zst") ? "" : "other", ""),
            ("bytes", String(fileBytes), String(bytes)),
            ("sha256", sha256.description, self.sha256.description),
            ("plain_bytes", String(result.plainBytes), String(plainBytes)),
            ("raw_digest", digest.description, rawDigest.description),
            ("polls", String(result.polls), String(polls)),
            ("successful_polls", String(result.successfulPolls), String(successfulPolls)),
            ("captures_with_bodies", String(result.capturesWithBodies), String(capturesWithBodies)),
            ("first_slot", result.firstSlot?.description ?? "none", firstSlot?.description ?? "none"),
            ("last_slot", result.lastSlot?.description ?? "none", lastSlot?.description ?? "none"),
        ]
        return claims.filter { $0.found != $0.expected }.map { claim in
            ArchiveError(
                .manifestMismatch,
                "\(feed) \(day)",
                "\(claim.name) \(claim.found) (expected \(claim.expected), as the manifest says)"
            )
        }
    }
}
