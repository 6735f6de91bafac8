/// Scripts of whole and broken HTTP answers.
enum Reply {
    static let small = #"{"data":[{"id":1}],"status_code":1000}"#

    /// A whole answer on a connection that stays open.
    static func answer(
        _ status: String = "200 OK",
        _ body: [UInt8],
        headers: [String] = []
    ) -> [ScriptedServer.Step] {
        [.send(head(status, ["Content-Length: \(body.count)"] + headers) + body)]
    }

    static func json(_ text: String = small, headers: [String] = []) -> [ScriptedServer.Step] {
        answer("200 OK", Array(text.utf8), headers: ["Content-Type: application/json"] + headers)
    }

    static func status(_ status: String, headers: [String] = []) -> [ScriptedServer.Step] {
        answer(status, Array("no".utf8), headers: headers)
    }

    static func redirect(to location: String) -> [ScriptedServer.Step] {
        answer("302 Found", [], headers: ["Location: \(location)"])
    }

    static func head(_ status: String, _ headers: [String]) -> [UInt8] {
        Array((["HTTP/1.1 \(status)"] + headers + ["", ""]).joined(separator: "\r\n").utf8)
    }
}

/// A gzip stream with one stored block (RFC 1952, RFC 1951 section 3.2.4).
func gzip(_ body: [UInt8]) -> [UInt8] {
    precondition(body.count < 65_536)
    var crc: UInt32 = 0xffff_ffff
    for byte in body {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = (crc >> 1) ^ (crc & 1 == 1 ? 0xedb8_8320 : 0) }
    }
    crc = ~crc
    let size = UInt16(body.count)
    var stream: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1]
    stream += [UInt8(size & 255), UInt8(size >> 8), UInt8(~size & 255), UInt8(~size >> 8)]
    stream += body
    for word in [crc, UInt32(size)] {
        stream += (0..<4).map { UInt8(word >> ($0 * 8) & 255) }
    }
    return stream
}

/// A gzip stream of 1,051 bytes that unpacks to 1 MiB of zeros (`head -c 1048576 /dev/zero | gzip -9n`).
///
/// Its deflate body is a short head, a long run of zero bytes and a short tail.
func gzipBomb() -> [UInt8] {
    let head: [UInt8] = [
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0xed, 0xc1, 0x31, 1, 0, 0, 0, 0xc2, 0xa0, 0xf5, 0x4f, 0x6d, 8, 0x5f, 0xa0,
    ]
    let tail: [UInt8] = [0x3e, 0x03, 0x1c, 0xea, 0x38, 0xa7, 0, 0, 0x10, 0]
    let length = 1_051
    return head + Array(repeating: 0, count: length - head.count - tail.count) + tail
}
