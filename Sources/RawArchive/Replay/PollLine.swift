internal import ChargingModel

/// Reads poll records in the one form that ``PollJSON/bytes(_:)`` gives the common ones.
///
/// Keeps the last record's texts, which hardly ever change.
struct PollLine {
    private let feed: FeedID
    private var collector = ""

    init(feed: FeedID) {
        self.feed = feed
    }

    /// Reads a record; `nil` where it is in another form, or says something uncommon.
    ///
    /// What is returned, ``PollJSON/bytes(_:)`` writes as the very bytes that were read.
    @unsafe
    mutating func poll(_ bytes: UnsafeBufferPointer<UInt8>) -> PollRecord? {
        unsafe try? read(bytes)
    }

    @unsafe
    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(ReplayStop) -> PollRecord {
        var cursor = unsafe try HeadCursor(bytes, from: 0)
        unsafe try cursor.take(#"{"attempts":"#)
        let attempts = unsafe try cursor.canonicalNumber()
        unsafe try cursor.take(#","collector":""#)
        let collector = unsafe try text(cursor.text(), like: self.collector)
        self.collector = collector
        let detail: String? =
            unsafe try cursor.takes(#","detail":""#) ? String(decoding: cursor.text(), as: UTF8.self) : nil
        unsafe try cursor.take(#","feed":""#)
        guard unsafe try isEqual(cursor.text(), feed.description) else { throw .surprise }
        unsafe try cursor.take(#","finished_at":""#)
        let finishedAt = unsafe try cursor.canonicalTime()
        let status: Int? = unsafe try cursor.takes(#","http_status":"#) ? cursor.canonicalNumber() : nil
        unsafe try cursor.take(#","outcome":""#)
        let word = unsafe try cursor.text()
        let outcome: PollOutcome? =
            unsafe isEqual(word, "ok") ? .ok : PollOutcome(rawValue: String(decoding: word, as: UTF8.self))
        guard let outcome else { throw .surprise }
        unsafe try cursor.take(#","requested_at":""#)
        let requestedAt = unsafe try cursor.canonicalTime()
        unsafe try cursor.take(#","slot":""#)
        let slot = unsafe try cursor.canonicalTime()
        unsafe try cursor.take("}")
        guard unsafe cursor.next == bytes.count else { throw .surprise }
        return PollRecord(
            feed: feed,
            slot: slot,
            requestedAt: requestedAt,
            finishedAt: finishedAt,
            outcome: outcome,
            httpStatus: status,
            attempts: attempts,
            detail: detail,
            collector: collector
        )
    }

    @unsafe
    private func text(_ bytes: UnsafeBufferPointer<UInt8>, like known: String) -> String {
        unsafe isEqual(bytes, known) ? known : String(decoding: bytes, as: UTF8.self)
    }

    @unsafe
    private func isEqual(_ bytes: UnsafeBufferPointer<UInt8>, _ text: String) -> Bool {
        unsafe bytes.count == text.utf8.count && bytes.elementsEqual(text.utf8)
    }
}

extension HeadCursor {
    /// Takes digits, as a whole number that is not negative is written.
    fileprivate mutating func canonicalNumber() throws(ReplayStop) -> Int {
        var value = 0
        var count = 0
        while let byte = unsafe peek(), byte &- UInt8(ascii: "0") < 10 {
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
            count += 1
            guard count <= 9 else { throw .surprise }
            unsafe skip()
        }
        // Nothing, or a zero in front.
        guard count == 1 || value >= 10 && count == String(value).utf8.count else { throw .surprise }
        return value
    }

    /// Takes a time and its closing quote, in the shape `2026-03-01T10:20:00Z`.
    fileprivate mutating func canonicalTime() throws(ReplayStop) -> UTCTime {
        let text = unsafe try self.text()
        guard text.count == 20, let time = unsafe UTCTime(plain: text) else { throw .surprise }
        return time
    }
}
