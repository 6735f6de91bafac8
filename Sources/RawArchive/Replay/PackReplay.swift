package import ChargingModel

/// A capture as a replay meets it.
package struct ReplayedCapture {
    /// The line of the poll log.
    package var poll: PollRecord
    /// The answers, in page order.
    package var pages: [Page]
    /// The digest of each page's body, in page order.
    package var digests: [ContentDigest]

    /// One page of an answer.
    package struct Page {
        /// The body, in the reader's buffer; `nil` where the record revisits a body that was met before in the pack.
        package var body: ArraySlice<UInt8>?
        /// Bytes of the body.
        package var byteCount: Int
    }
}

/// Reads packs of one feed, one after the other, as fast as they decompress.
///
/// Takes nothing but what our writer writes; on any surprise it stops, and the strict reader has to read the pack anew.
/// Buffers are kept from pack to pack. Not `Sendable`: used by one thread at a time.
package final class PackReplay {
    private let archive: RawArchive
    private let feed: FeedID
    private let decoder = ZstdDecoder()
    private var window = ByteWindow(capacity: 1 << 20)
    private var pollLine: PollLine
    private var pages: [PendingPage] = []
    private var bodies = RecentlyUsed<SeenBody>()
    /// From the front of the window: where the record starts that is read next.
    private var position = 0

    private struct PendingPage {
        var id: [UInt8]
        var digest: ContentDigest
        var key: DigestKey
        /// From the front of the window; `nil` for a revisit.
        var body: Range<Int>?
        var byteCount: Int
    }

    private struct SeenBody: RetainedBody {
        var digest: DigestKey
        var byteCount: Int
    }

    /// Creates a reader for a feed's packs.
    package init(archive: RawArchive, feed: FeedID) {
        self.archive = archive
        self.feed = feed
        pollLine = PollLine(feed: feed)
    }

    /// Visits the captures of a pack in the order of the file; `nil` where there is no pack.
    ///
    /// Bodies are valid during the visit only.
    ///
    /// - Returns: What ``RawArchive/digest(_:_:)`` says of the pack.
    /// - Throws: ``ReplaySurprise`` where the strict reader has to look, and what `visit` throws.
    package func read(_ day: UTCDay, _ visit: (ReplayedCapture) throws -> Void) async throws -> PackDigest? {
        try await archive.withPack(feed, day) { try read(file: $0.pack, visit) }
    }

    /// Visits the captures in a file of the feed.
    func read(file path: String, _ visit: (ReplayedCapture) throws -> Void) throws -> PackDigest? {
        guard fileLength(path) != nil else { return nil }
        guard let file = try? PackFile(path, .read), let decoder,
            let source = try? ZstdFileSource(file: file, decoder: decoder)
        else { throw ReplaySurprise() }
        window.consume(window.count)
        position = 0
        pages.removeAll(keepingCapacity: true)
        bodies = RecentlyUsed()
        var digester = ReplayDigester()
        while true {
            do {
                guard let capture = try next(&digester) else { continue }
                try visit(capture)
            } catch ReplayStop.incomplete {
                guard try fill(from: source) else { break }
            } catch is ReplayStop {
                throw ReplaySurprise()
            }
        }
        guard window.count == position else { throw ReplaySurprise() }
        return digester.digest()
    }

    private func fill(from source: ZstdFileSource) throws -> Bool {
        if pages.isEmpty {
            window.consume(position)
            position = 0
        }
        do {
            return try source.fill(&window)
        } catch {
            throw ReplaySurprise()
        }
    }

    /// Reads one record; returns the capture that it closes.
    private func next(_ digester: inout ReplayDigester) throws -> ReplayedCapture? {
        let all = window.slice(0..<window.count)
        return try unsafe all.withUnsafeBufferPointer { bytes in
            var cursor = unsafe try HeadCursor(bytes, from: position)
            let start = position
            unsafe try cursor.take("WARC/1.1\r\nWARC-Type: ")
            let kind = unsafe try recordKind(&cursor)
            if kind == .other { return unsafe try skip(&cursor, start, bytes) }
            unsafe try cursor.take("WARC-Record-ID: ")
            let id = unsafe try Array(cursor.value())
            unsafe try cursor.take("WARC-Date: ")
            unsafe try cursor.time()
            if kind == .poll {
                return unsafe try close(&cursor, start, bytes, all, &digester)
            }
            unsafe try takePage(&cursor, kind, id, start, bytes)
            return nil
        }
    }

    private enum Kind { case page, revisit, poll, other }

    @unsafe
    private func recordKind(_ cursor: inout HeadCursor) throws(ReplayStop) -> Kind {
        if unsafe try cursor.takes("response\r\n") { return .page }
        if unsafe try cursor.takes("metadata\r\n") { return .poll }
        if unsafe try cursor.takes("revisit\r\n") { return .revisit }
        if unsafe try cursor.takes("warcinfo\r\n") { return .other }
        throw .surprise
    }

    /// Passes over the record that starts a pack.
    @unsafe
    private func skip(
        _ cursor: inout HeadCursor,
        _ start: Int,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws -> ReplayedCapture? {
        unsafe try cursor.take("WARC-Record-ID: ")
        _ = unsafe try cursor.value()
        unsafe try cursor.take("WARC-Date: ")
        unsafe try cursor.time()
        unsafe try cursor.take("Chargehouse-Feed: ")
        _ = unsafe try cursor.value()
        unsafe try cursor.take("Chargehouse-Day: ")
        _ = unsafe try cursor.value()
        unsafe try cursor.take("Content-Type: ")
        _ = unsafe try cursor.value()
        position = unsafe try endOfRecord(&cursor, start, bytes).end
        return nil
    }

    /// Reads the length of the block, the last field, and checks that the record is whole.
    ///
    /// - Returns: The block, and where the next record starts.
    @unsafe
    private func endOfRecord(
        _ cursor: inout HeadCursor,
        _ start: Int,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(ReplayStop) -> (block: Range<Int>, end: Int) {
        unsafe try cursor.take("Content-Length: ")
        let length = unsafe try cursor.number()
        unsafe try cursor.take("\r\n")
        let block = unsafe cursor.next..<cursor.next + length
        guard block.lowerBound - start <= RecordReader.maximumHeaderBytes, length <= archive.maximumBlockBytes else {
            throw .surprise
        }
        guard block.upperBound + 4 <= bytes.count else { throw .incomplete }
        unsafe try HeadCursor.endsRecord(bytes, block.upperBound)
        return (block, block.upperBound + 4)
    }

    @unsafe
    private func takePage(
        _ cursor: inout HeadCursor,
        _ kind: Kind,
        _ id: [UInt8],
        _ start: Int,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws {
        unsafe try cursor.take("WARC-Target-URI: ")
        _ = unsafe try cursor.value()
        for name: StaticString in ["Chargehouse-Feed: ", "Chargehouse-Slot: ", "Chargehouse-Page: "] {
            unsafe try cursor.take(name)
            _ = unsafe try cursor.value()
        }
        unsafe try cursor.take("Chargehouse-Received-At: ")
        _ = unsafe try cursor.value()
        unsafe try cursor.take("Content-Type: application/http; msgtype=response\r\nWARC-Payload-Digest: ")
        let text = unsafe try cursor.digest()
        guard let key = unsafe DigestKey(text), let digest = unsafe ContentDigest(lowercase: text) else {
            throw ReplayStop.surprise
        }
        if kind == .revisit {
            for name: StaticString in [
                "WARC-Profile: ", "WARC-Refers-To: ", "WARC-Refers-To-Target-URI: ", "WARC-Refers-To-Date: ",
            ] {
                unsafe try cursor.take(name)
                _ = unsafe try cursor.value()
            }
        }
        unsafe try cursor.take("WARC-Block-Digest: ")
        _ = unsafe try cursor.value()
        let (block, end) = unsafe try endOfRecord(&cursor, start, bytes)
        let bodyStart = unsafe try httpHeadEnd(bytes, block)
        guard pages.count < 2 * CaptureEncoder.maximumPages else { throw ReplayStop.surprise }
        if kind == .revisit {
            guard let earlier = bodies.use(key) else { throw ReplayStop.surprise }
            pages.append(PendingPage(id: id, digest: digest, key: key, body: nil, byteCount: earlier.byteCount))
        } else {
            let body = bodyStart..<block.upperBound
            bodies.insert(SeenBody(digest: key, byteCount: body.count))
            pages.append(PendingPage(id: id, digest: digest, key: key, body: body, byteCount: body.count))
        }
        position = end
    }

    /// Where the body starts, behind the head of the HTTP answer.
    @unsafe
    private func httpHeadEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ block: Range<Int>) throws -> Int {
        let inside = unsafe UnsafeBufferPointer(rebasing: bytes[..<block.upperBound])
        var cursor = unsafe try HeadCursor(inside, from: block.lowerBound)
        do {
            unsafe try cursor.httpHead()
        } catch {
            // A head that ends nowhere in the block is wrong, not incomplete.
            throw ReplayStop.surprise
        }
        return unsafe cursor.next
    }

    /// Reads the record that makes a capture of the pages before it.
    @unsafe
    private func close(
        _ cursor: inout HeadCursor,
        _ start: Int,
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ all: ArraySlice<UInt8>,
        _ digester: inout ReplayDigester
    ) throws -> ReplayedCapture {
        for name: StaticString in ["Chargehouse-Feed: ", "Chargehouse-Slot: ", "Chargehouse-Pages: "] {
            unsafe try cursor.take(name)
            _ = unsafe try cursor.value()
        }
        var named: [PendingPage] = []
        while unsafe try cursor.takes("WARC-Concurrent-To: ") {
            let id = unsafe try cursor.value()
            guard let page = pages.last(where: { unsafe $0.id.elementsEqual(id) }) else {
                throw ReplayStop.surprise
            }
            named.append(page)
        }
        unsafe try cursor.take("Content-Type: ")
        _ = unsafe try cursor.value()
        unsafe try cursor.take("WARC-Block-Digest: ")
        _ = unsafe try cursor.value()
        let (block, end) = unsafe try endOfRecord(&cursor, start, bytes)
        let json = unsafe UnsafeBufferPointer(rebasing: bytes[block])
        let poll: PollRecord
        if let common = unsafe pollLine.poll(json) {
            poll = common
            unsafe digester.add(poll, json, named.map(\.digest))
        } else {
            guard let uncommon = unsafe try? PollJSON.poll(Array(json)), uncommon.feed == feed else {
                throw ReplayStop.surprise
            }
            poll = uncommon
            let text = try PollJSON.bytes(poll)
            unsafe text.withUnsafeBufferPointer { unsafe digester.add(poll, $0, named.map(\.digest)) }
        }
        pages.removeAll(keepingCapacity: true)
        position = end
        return ReplayedCapture(
            poll: poll,
            pages: named.map { page in
                let body = page.body.map { all[all.startIndex + $0.lowerBound..<all.startIndex + $0.upperBound] }
                return ReplayedCapture.Page(body: body, byteCount: page.byteCount)
            },
            digests: named.map(\.digest)
        )
    }
}

/// The pack is not in the shape that a replay knows, or damaged: the strict reader tells which.
package struct ReplaySurprise: Error {
    /// Creates the error.
    package init() {}
}

extension HeadCursor {
    /// Checks the CR LF CR LF behind a block.
    fileprivate static func endsRecord(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) throws(ReplayStop) {
        var cursor = unsafe try HeadCursor(bytes, from: end)
        unsafe try cursor.take("\r\n\r\n")
    }
}
