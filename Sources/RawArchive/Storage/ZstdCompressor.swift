internal import CZstd

/// How a frame is compressed.
struct ZstdParameters: Hashable {
    var level: Int
    var windowLog: Int
    var hashLog: Int?
    var chainLog: Int?
    var usesLongDistance = false

    /// Level 3 with tables that shrink with the window, so that a context of a small feed stays under 1 MB.
    static func live(windowLog: Int) -> ZstdParameters {
        ZstdParameters(
            level: 3,
            windowLog: windowLog,
            hashLog: min(17, windowLog - 4),
            chainLog: min(16, windowLog - 5)
        )
    }
}

/// A streaming zstd encoder.
///
/// Not `Sendable`: used by one thread at a time.
@safe
final class ZstdCompressor {
    private let context: OpaquePointer
    let parameters: ZstdParameters

    init(_ parameters: ZstdParameters) throws {
        guard let context = unsafe ZSTD_createCCtx() else {
            throw ArchiveError(.writeFailed, "zstd", "no memory for a compression context")
        }
        unsafe self.context = unsafe context
        self.parameters = parameters
        try set(ZSTD_c_compressionLevel, parameters.level)
        try set(ZSTD_c_windowLog, parameters.windowLog)
        if let hashLog = parameters.hashLog { try set(ZSTD_c_hashLog, hashLog) }
        if let chainLog = parameters.chainLog { try set(ZSTD_c_chainLog, chainLog) }
        if parameters.usesLongDistance { try set(ZSTD_c_enableLongDistanceMatching, 1) }
        try set(ZSTD_c_checksumFlag, 1)
    }

    deinit {
        unsafe ZSTD_freeCCtx(context)
    }

    /// Bytes of memory that the context holds.
    var memoryBytes: Int { unsafe ZSTD_sizeof_CCtx(context) }

    /// Compresses bytes; what comes out is added to `output`.
    func write(_ bytes: [UInt8], to output: inout [UInt8]) throws {
        try unsafe bytes.withUnsafeBytes { try unsafe run($0, ZSTD_e_continue, &output) }
    }

    /// Compresses bytes; what comes out is added to `output`.
    func write(_ bytes: ArraySlice<UInt8>, to output: inout [UInt8]) throws {
        try unsafe bytes.withUnsafeBytes { try unsafe run($0, ZSTD_e_continue, &output) }
    }

    /// Ends the current block, so that everything written so far can be decoded.
    func flush(to output: inout [UInt8]) throws {
        try unsafe run(UnsafeRawBufferPointer(start: nil, count: 0), ZSTD_e_flush, &output)
    }

    /// Ends the frame.
    ///
    /// The next write starts a new one.
    func end(to output: inout [UInt8]) throws {
        try unsafe run(UnsafeRawBufferPointer(start: nil, count: 0), ZSTD_e_end, &output)
    }

    private func set(_ parameter: ZSTD_cParameter, _ value: Int) throws {
        _ = try unsafe checked(ZSTD_CCtx_setParameter(context, parameter, Int32(clamping: value)))
    }

    private func run(
        _ bytes: UnsafeRawBufferPointer,
        _ directive: ZSTD_EndDirective,
        _ output: inout [UInt8]
    ) throws {
        var input = unsafe ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        try unsafe withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { scratch in
            while true {
                var piece = unsafe ZSTD_outBuffer(dst: scratch.baseAddress, size: scratch.count, pos: 0)
                let rest = try unsafe checked(ZSTD_compressStream2(context, &piece, &input, directive))
                unsafe output.append(contentsOf: scratch[0..<piece.pos])
                let isDone = unsafe directive == ZSTD_e_continue ? input.pos == input.size : rest == 0
                if isDone { return }
            }
        }
    }
}

/// Turns a zstd return code into an error.
private func checked(_ code: Int) throws -> Int {
    guard ZSTD_isError(code) == 0 else {
        throw ArchiveError(.writeFailed, "zstd", unsafe String(cString: ZSTD_getErrorName(code)))
    }
    return code
}
