internal import CZstd

/// Plain bytes of a WARC, in order.
protocol PlainSource: AnyObject {
    /// Adds bytes to the window; `false` at the end.
    ///
    /// - Throws: ``ArchiveError`` with code `corruptFrame` or `readFailed`. Bytes added before stay valid.
    func fill(_ window: inout ByteWindow) throws -> Bool
}

/// The bytes of a file as they are.
final class PlainFileSource: PlainSource {
    private let file: PackFile
    private var chunk: [UInt8] = Array(repeating: 0, count: 131_072)

    init(_ path: String) throws {
        file = try PackFile(path, .read)
    }

    func fill(_ window: inout ByteWindow) throws -> Bool {
        let count = try file.read(into: &chunk)
        guard count > 0 else { return false }
        window.reserve(count)
        let piece = chunk[0..<count]
        _ = unsafe window.append { free in
            unsafe piece.withUnsafeBytes { unsafe free.copyMemory(from: $0) }
            return count
        }
        return true
    }
}

/// A decompression context: its buffers serve one file after the other.
///
/// Not `Sendable`: used by one thread at a time. Invariant: `context` is freed by `deinit` alone.
@safe
final class ZstdDecoder {
    fileprivate let context: OpaquePointer

    /// `nil` where there is no memory.
    init?() {
        guard let context = unsafe ZSTD_createDCtx() else { return nil }
        unsafe self.context = unsafe context
    }

    deinit {
        unsafe ZSTD_freeDCtx(context)
    }

    /// Forgets the stream that was decoded last.
    fileprivate func reset() {
        // Cannot fail: it is no change of a parameter in the middle of a stream.
        _ = unsafe ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
    }
}

/// The decoded bytes of a zstd file, finished or not.
///
/// Everything that was flushed is delivered; an unfinished frame at the end is no error.
@safe
final class ZstdFileSource: PlainSource {
    private let file: PackFile
    private let decoder: ZstdDecoder
    private var chunk: [UInt8] = Array(repeating: 0, count: 131_072)
    private var pending = 0..<0
    private var walker = BlockWalker()
    private var isDraining = false

    /// File bytes given to the decoder.
    private(set) var fileOffset = 0
    /// Plain bytes decoded.
    private(set) var plainOffset = 0
    /// The last block boundary for each plain offset that has one: where a file could be cut.
    private(set) var lastBoundary = (file: 0, plain: 0)
    /// Called at each block boundary with all its plain bytes delivered.
    var onBoundary: ((_ file: Int, _ plain: Int) -> Void)?

    /// Whether the file ends with a finished frame; meaningful at its end.
    var isFinished: Bool { walker.isBetweenFrames }

    convenience init(_ path: String) throws {
        try self.init(file: PackFile(path, .read))
    }

    /// Opens a file with a decoder of its own, or with one that other files were decoded with, one after the other.
    init(file: PackFile, decoder: ZstdDecoder? = nil) throws {
        guard let decoder = decoder ?? ZstdDecoder() else {
            throw ArchiveError(.readFailed, file.path, "no memory for a decompression context")
        }
        self.file = file
        self.decoder = decoder
        decoder.reset()
    }

    func fill(_ window: inout ByteWindow) throws -> Bool {
        while true {
            if pending.isEmpty, !isDraining {
                let count = try file.read(into: &chunk)
                guard count > 0 else { return false }
                pending = 0..<count
            }
            if try step(&window) > 0 { return true }
        }
    }

    /// Decodes up to the next block boundary; returns how many plain bytes came out.
    private func step(_ window: inout ByteWindow) throws -> Int {
        if !isDraining {
            let walked = walker.walk(chunk[pending])
            piece = pending.lowerBound..<pending.lowerBound + walked
            pending = piece.upperBound..<pending.upperBound
            fileOffset += walked
        }
        window.reserve(131_072)
        let produced = try decode(&window)
        plainOffset += produced
        if !isDraining, walker.isAtBoundary {
            lastBoundary = (fileOffset, plainOffset)
            onBoundary?(fileOffset, plainOffset)
        }
        return produced
    }

    /// The part of `chunk` between two boundaries that the decoder is working on.
    private var piece = 0..<0

    private func decode(_ window: inout ByteWindow) throws -> Int {
        let source = piece
        var used = 0
        var isFull = false
        let produced = try unsafe window.append { free in
            var output = unsafe ZSTD_outBuffer(dst: free.baseAddress, size: free.count, pos: 0)
            var failure: String?
            unsafe chunk.withUnsafeBytes { bytes in
                var input = unsafe ZSTD_inBuffer(
                    src: bytes.baseAddress.map { unsafe $0 + source.lowerBound },
                    size: source.count,
                    pos: 0
                )
                repeat {
                    let code = unsafe ZSTD_decompressStream(decoder.context, &output, &input)
                    guard ZSTD_isError(code) == 0 else {
                        failure = unsafe String(cString: ZSTD_getErrorName(code))
                        break
                    }
                } while unsafe input.pos < input.size && output.pos < output.size
                used = unsafe input.pos
                isFull = unsafe output.pos == output.size
            }
            if let failure {
                throw ArchiveError(
                    .corruptFrame,
                    file.path,
                    "zstd: \(failure) near byte \(fileOffset) (expected a zstd stream, RFC 8878)",
                    remedy: "chargehouse archive verify"
                )
            }
            return unsafe output.pos
        }
        piece = source.lowerBound + used..<source.upperBound
        isDraining = isFull || !piece.isEmpty
        return produced
    }
}
