/// What ``RecentlyUsed`` keeps of a body.
protocol RetainedBody {
    associatedtype Digest: Equatable
    var digest: Digest { get }
    var byteCount: Int { get }
}

/// The rule by which bodies are kept for revisits: the 64 most recently used ones, and of those no more than 64 MiB, but
/// always the last eight.
struct RecentlyUsed<Entry: RetainedBody> {
    static var minimumCount: Int { 8 }
    static var maximumCount: Int { 64 }
    static var maximumBytes: Int { 64 << 20 }

    /// Oldest use first.
    private var entries: [Entry] = []
    private var totalBytes = 0

    init() {}

    /// The body with a digest; it becomes the most recently used one.
    mutating func use(_ digest: Entry.Digest) -> Entry? {
        guard let index = entries.lastIndex(where: { $0.digest == digest }) else { return nil }
        let entry = entries[index]
        if index != entries.count - 1 {
            entries.remove(at: index)
            entries.append(entry)
        }
        return entry
    }

    /// Whether a body with a digest is still there.
    func contains(_ digest: Entry.Digest) -> Bool {
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
