internal import ChargingModel

/// The bodies of a pack to which a `revisit` record can refer.
///
/// Writer and reader apply the same rule, so that the reader's memory is bounded: the 64 most recently used bodies,
/// and of those no more than 64 MiB, but always the last eight.
struct RetainedBodies {
    struct Entry: RetainedBody {
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

    private var recent = RecentlyUsed<Entry>()

    /// The body with a digest; it becomes the most recently used one.
    mutating func use(_ digest: ContentDigest) -> Entry? { recent.use(digest) }

    /// Whether a body with a digest is still there.
    func contains(_ digest: ContentDigest) -> Bool { recent.contains(digest) }

    /// Adds a body.
    ///
    /// An empty one is not kept.
    mutating func insert(_ entry: Entry) { recent.insert(entry) }
}
