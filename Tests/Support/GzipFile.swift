import Foundation

/// Writes small gzip files without a compressor: stored blocks (RFC 1951, 3.2.4) in a gzip frame (RFC 1952).
public enum GzipFile {
    /// Writes a text as one gzip file.
    public static func write(_ text: String, to path: String) throws {
        try Data(compress(Array(text.utf8))).write(to: URL(fileURLWithPath: path))
    }

    private static func compress(_ bytes: [UInt8]) -> [UInt8] {
        var file: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        var start = 0
        repeat {
            let end = min(start + 65_535, bytes.count)
            let length = UInt16(end - start)
            file.append(end == bytes.count ? 1 : 0)
            file += littleEndian(length) + littleEndian(~length)
            file += bytes[start..<end]
            start = end
        } while start < bytes.count
        return file + littleEndian(checksum(bytes)) + littleEndian(UInt32(bytes.count))
    }

    private static func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
        (0..<Value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> Value($0 * 8)) }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var value = UInt32.max
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
        return ~value
    }
}
