import CZlib

/// The rows of a gzipped flat file as plain bytes, without the header.
package enum FlatFileRows {
    /// Thrown with the reason where a file is not what a load expects.
    package struct Fault: Error {
        package let reason: String
    }

    private static let chunkBytes = 262_144

    /// Reads a file chunk by chunk.
    ///
    /// - Parameters:
    ///   - path: of the file.
    ///   - header: the line that it must begin with, line feed included.
    ///   - body: gets the rows' bytes in order.
    /// - Throws: ``Fault``, or what `body` throws.
    package static func read(
        _ path: String,
        header: [UInt8],
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        guard let source = unsafe gzopen(path, "rb") else { throw Fault(reason: "cannot be opened") }
        let reason: String?
        do {
            reason = try unsafe read(source, header: header, body)
        } catch {
            _ = unsafe gzclose_r(source)
            throw error
        }
        // zlib tells only here that the file ended before its checksum.
        let isWhole = unsafe gzclose_r(source) == Z_OK
        if let reason = reason ?? (isWhole ? nil : "is no whole gzip file") { throw Fault(reason: reason) }
    }

    /// - Returns: What is wrong with the file; `nil` where nothing is.
    private static func read(
        _ source: gzFile,
        header: [UInt8],
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> String? {
        unsafe gzbuffer(source, 131_072)
        var chunk = [UInt8](repeating: 0, count: chunkBytes)
        var skipped = 0
        var last: UInt8?
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { bytes in
                unsafe Int(gzread(source, bytes.baseAddress, UInt32(bytes.count)))
            }
            if count == 0 { break }
            guard count > 0 else { return "is no whole gzip file" }
            let head = min(header.count - skipped, count)
            guard chunk[..<head].elementsEqual(header[skipped..<skipped + head]) else {
                return "has another header (expected \(String(decoding: header, as: UTF8.self)))"
            }
            skipped += head
            last = chunk[count - 1]
            try unsafe chunk.withUnsafeBytes { bytes in
                try unsafe body(UnsafeRawBufferPointer(rebasing: bytes[head..<count]))
            }
        }
        let isComplete = skipped == header.count && last == UInt8(ascii: "\n")
        return isComplete ? nil : "ends within a row (expected a header, and a line feed at the end)"
    }
}
