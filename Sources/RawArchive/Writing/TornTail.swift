/// What was cut off a pack when it was opened for appending.
public struct TornTail: Hashable, Sendable {
    /// File bytes behind the last acknowledged capture.
    public var bytesCut: Int
    /// Pages of a capture that was never acknowledged.
    public var abandonedPages: Int
    /// Where the damaged file is kept, where it was not just torn; `nil` for a torn tail.
    public var damagedCopy: String?
    /// Why reading ended, where the file was damaged.
    public var reason: String?

    /// Creates a report.
    public init(bytesCut: Int, abandonedPages: Int = 0, damagedCopy: String? = nil, reason: String? = nil) {
        self.bytesCut = bytesCut
        self.abandonedPages = abandonedPages
        self.damagedCopy = damagedCopy
        self.reason = reason
    }
}
