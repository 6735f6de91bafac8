public import ChargingModel

/// Where one page of a capture stands in its pack.
public struct RecordPlace: Hashable, Sendable {
    /// Bytes of the decoded WARC before the record.
    public var offset: Int
    /// Bytes of the record in the decoded WARC, header and closing lines included.
    public var length: Int
    /// Bytes of the pack's file before the zstd frame in which the record starts.
    public var frameFileOffset: Int
    /// Bytes of the decoded WARC before that frame.
    public var framePlainOffset: Int
    /// `response`, or `revisit` for a body that an earlier record of the pack holds.
    public var type: String
    /// Bytes of the decoded WARC before the body, in the record that holds it; `nil` for an empty body.
    public var bodyOffset: Int?
    /// Bytes of the body.
    public var bodyLength: Int
}

/// A capture with the places of its pages.
public struct PlacedCapture: Sendable {
    /// The capture.
    public var capture: ArchivedCapture
    /// In page order.
    public var places: [RecordPlace]
}

extension RawArchive {
    /// Visits the captures of a pack in the order of the file, with the places of their records.
    ///
    /// Blocks; memory as in ``read(_:_:verifyingDigests:_:)``. Each body is hashed and compared with its digest.
    ///
    /// - Throws: ``ArchiveError`` as reading does, and what `visit` throws.
    public func locate(_ feed: FeedID, _ day: UTCDay, _ visit: (PlacedCapture) throws -> Void) async throws {
        let result = try await withPack(feed, day) { path in
            let scan = try scan(path, feed, day, .init(verifiesDigests: true))
            return try scan.run { try visit(PlacedCapture(capture: $0, places: scan.places)) }
        }
        if let failure = result.failure { throw failure }
    }

    /// The path of a pack below the archive's folder: `chargecloud/bonn/2026/2026-03-01.warc.zst`.
    public static func packName(_ feed: FeedID, _ day: UTCDay) -> String {
        String(PackPath(root: "", feed: feed, day: day).pack.dropFirst())
    }
}
