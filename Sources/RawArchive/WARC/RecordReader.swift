/// One WARC record; its block stays in the reader until the next record is asked for.
struct WARCRecord {
    var header: FieldList
    var blockLength: Int

    var type: String { header["WARC-Type"] ?? "" }
    var id: String { header["WARC-Record-ID"] ?? "" }
}

/// Cuts plain bytes into WARC records, with bounded memory.
final class RecordReader {
    /// Longest record header: 64 KB.
    static let maximumHeaderBytes = 65_536

    private let source: any PlainSource
    private let maximumBlockBytes: Int
    private let subject: String
    private var window = ByteWindow()
    private var current = 0
    private var blockStart = 0

    /// Plain bytes of all complete records so far.
    private(set) var endOfRecord = 0
    /// Plain bytes before the current record.
    var startOfRecord: Int { endOfRecord - current }
    /// Plain bytes before the block of the current record.
    var startOfBlock: Int { startOfRecord + blockStart }

    init(_ source: any PlainSource, maximumBlockBytes: Int, subject: String) {
        self.source = source
        self.maximumBlockBytes = maximumBlockBytes
        self.subject = subject
    }

    /// The next complete record; `nil` at the end.
    ///
    /// What follows the last complete record is left.
    ///
    /// - Throws: ``ArchiveError`` with code `corruptRecord`, `corruptFrame` or `readFailed`.
    func next() throws -> WARCRecord? {
        window.consume(current)
        current = 0
        guard let headEnd = try findHeadEnd() else { return nil }
        let record = try header(headEnd)
        blockStart = headEnd + 4
        let length = blockStart + record.blockLength + 4
        while window.count < length {
            guard try source.fill(&window) else { return nil }
        }
        let tail = window.slice(length - 4..<length)
        guard tail.elementsEqual([13, 10, 13, 10]) else {
            throw corrupt("no CR LF CR LF behind a block of \(record.blockLength) bytes")
        }
        current = length
        endOfRecord += length
        return record
    }

    /// A copy of part of the current record's block.
    func block(_ range: Range<Int>) -> [UInt8] {
        window.bytes(blockStart + range.lowerBound..<blockStart + range.upperBound)
    }

    /// Part of the current record's block, in place.
    func slice(_ range: Range<Int>) -> ArraySlice<UInt8> {
        window.slice(blockStart + range.lowerBound..<blockStart + range.upperBound)
    }

    /// An error about the current record.
    func corrupt(_ detail: String) -> ArchiveError {
        ArchiveError(
            .corruptRecord,
            subject,
            "record at plain byte \(endOfRecord - current): \(detail)",
            remedy: "chargehouse archive verify"
        )
    }

    private func findHeadEnd() throws -> Int? {
        var searched = 0
        while true {
            if let end = window.offset(ofHeadEnd: searched) {
                guard end <= Self.maximumHeaderBytes else { break }
                return end
            }
            searched = max(0, window.count - 3)
            guard window.count <= Self.maximumHeaderBytes else { break }
            guard try source.fill(&window) else { return nil }
        }
        throw corrupt("header longer than \(Self.maximumHeaderBytes) bytes")
    }

    private func header(_ headEnd: Int) throws -> WARCRecord {
        let parts = lines(of: window.slice(0..<headEnd))
        guard let version = parts.first,
            version.elementsEqual("WARC/1.1".utf8) || version.elementsEqual("WARC/1.0".utf8)
        else {
            let found = String(decoding: (parts.first ?? []).prefix(40), as: UTF8.self)
            throw corrupt("first line \"\(lineSafe(found))\" (expected \"WARC/1.1\")")
        }
        guard let header = FieldList(parts.dropFirst()) else { throw corrupt("a header line without a colon") }
        guard let text = header["Content-Length"], let length = Int(text), length >= 0 else {
            throw corrupt("Content-Length \"\(header["Content-Length"] ?? "")\" (expected a number)")
        }
        guard length <= maximumBlockBytes else {
            throw corrupt("block of \(length) bytes (expected at most \(maximumBlockBytes))")
        }
        return WARCRecord(header: header, blockLength: length)
    }
}
