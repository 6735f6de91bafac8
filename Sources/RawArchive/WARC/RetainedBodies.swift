internal import ChargingModel

/// The bodies of a pack to which a `revisit` record can refer.
///
/// Writer and reader apply the same rule, so that the reader's memory is bounded: the 64 most recently used bodies,
/// and of those no more than 64 MiB, but always the last eight.
struct RetainedBodies {
    struct Entry {
        var digest: ContentDigest
        var byteCount: Int
        /// Of the `response` record that holds the body.
        var recordID: String
        var url: String
        var date: String
        /// Empty where only the scan for appending is made.
        var body: [UInt8]
        /// Plain bytes before the body; `nil` where the writer does not look.
        var bodyOffset: Int?
    }

    static let minimumCount = 8
    static let maximumCount = 64
    static let maximumBytes = 64 << 20

    /// Oldest use first.
    private var entries: [Entry] = []
    private var totalBytes = 0

    /// The body with a digest; it becomes the most recently used one.
    mutating func use(_ digest: ContentDigest) -> Entry? {
        guard let index = entries.lastIndex(where: { $0.digest == digest }) else { return nil }
        let entry = entries[index]
        if index != entries.count - 1 {
            entries.remove(at: index)
            entries.append(entry)
        }
        return entry
    }

    /// Whether a body with a digest is still there.
    func contains(_ digest: ContentDigest) -> Bool {
        entries.contains { $0.digest == digest }
    }

    /// Adds a body.
    ///
    /// An empty one is not kept.
    mutating func insert(_ entry: Entry) {
        guard entry.byteCount > 0 else { return }
        if let index = entries.firstIndex(where: { $0.digest == entry.digest }) {
            totalBytes -= entries[index].byteCount
            entries.remove(at: index)
        }
        entries.append(entry)
        totalBytes += entry.byteCount
        while entries.count > Self.maximumCount
            || (totalBytes > Self.maximumBytes && entries.count > Self.minimumCount)
        {
            totalBytes -= entries.removeFirst().byteCount
        }
    }
}
