/// The status line and header fields of an HTTP answer, as they stand in a record's block.
///
/// Bodies are stored after content decoding. The fields that describe the wire are therefore stored under
/// `X-Archive-Orig-…`, and `Content-Length` tells the length of what is stored.
struct HTTPHead {
    var status: Int
    var headers: [HeaderField]

    private static let wireNames = ["Content-Encoding", "Transfer-Encoding", "Content-Length"]
    private static let prefix = "X-Archive-Orig-"

    /// The bytes up to and with the blank line.
    func bytes(contentLength: Int?) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        bytes += "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
        for field in headers {
            if Self.wireNames.contains(where: { isSameName($0, field.name) }) { bytes += Self.prefix }
            bytes += lineSafe(field.name)
            bytes += ": "
            bytes += lineSafe(field.value)
            bytes += "\r\n"
        }
        if let contentLength { bytes += "Content-Length: \(contentLength)\r\n" }
        bytes += "\r\n"
        return bytes
    }

    /// Reads a head as it stands, without undoing the renaming; `nil` where it is none.
    static func parse(_ block: ArraySlice<UInt8>) -> (head: HTTPHead, bodyOffset: Int)? {
        guard let end = headEnd(block) else { return nil }
        let parts = lines(of: block[block.startIndex..<end])
        guard let line = parts.first else { return nil }
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count >= 2, words[0].starts(with: "HTTP/".utf8),
            let status = Int(String(decoding: words[1], as: UTF8.self)), (0...999).contains(status),
            let fields = FieldList(parts.dropFirst())
        else { return nil }
        return (HTTPHead(status: status, headers: fields.fields), end + 4 - block.startIndex)
    }

    /// The head as the server sent it: undoes what `bytes(contentLength:)` did.
    func restored() -> HTTPHead {
        var restored: [HeaderField] = []
        restored.reserveCapacity(headers.count)
        for field in headers where !isSameName(field.name, "Content-Length") {
            let isRenamed = Self.wireNames.contains { isSameName(Self.prefix + $0, field.name) }
            restored.append(
                isRenamed ? HeaderField(String(field.name.dropFirst(Self.prefix.count)), field.value) : field
            )
        }
        return HTTPHead(status: status, headers: restored)
    }

    private static func headEnd(_ block: ArraySlice<UInt8>) -> Int? {
        var index = block.startIndex
        let limit = min(block.endIndex, block.startIndex + RecordReader.maximumHeaderBytes)
        while index + 3 < limit {
            if block[index] == 13, block[index + 1] == 10, block[index + 2] == 13, block[index + 3] == 10 {
                return index
            }
            index += 1
        }
        return nil
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 304: "Not Modified"
        case 404: "Not Found"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 503: "Service Unavailable"
        default: "Status"
        }
    }
}
