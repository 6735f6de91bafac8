import CZlib

/// Gzip compression by zlib.
package enum Gzip {
    /// Thrown where zlib refuses; carries its code.
    struct Failure: Error {
        let code: Int32
    }

    /// Compresses bytes into one gzip member without a time stamp: equal input gives an equal file.
    package static func compress(_ bytes: [UInt8], level: Int32 = 6) throws -> [UInt8] {
        guard bytes.count < Int(UInt32.max) else { throw Failure(code: Z_BUF_ERROR) }
        var stream = unsafe z_stream()
        // 15 window bits, +16 for a gzip header (zlib.h, deflateInit2).
        let started = unsafe deflateInit2_(
            &stream,
            level,
            Z_DEFLATED,
            15 + 16,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard started == Z_OK else { throw Failure(code: started) }
        defer { unsafe deflateEnd(&stream) }
        let capacity = unsafe Int(deflateBound(&stream, UInt(bytes.count)))
        var input = bytes
        return try unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe stream.next_in = source.baseAddress
            unsafe stream.avail_in = UInt32(source.count)
            return try unsafe [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
                unsafe stream.next_out = target.baseAddress
                unsafe stream.avail_out = UInt32(capacity)
                let code = unsafe deflate(&stream, Z_FINISH)
                guard code == Z_STREAM_END else { throw Failure(code: code) }
                count = unsafe capacity - Int(stream.avail_out)
            }
        }
    }
}
