internal import ChargingModel

/// Writes the plain bytes of a pack again as one frame, in a file beside it.
enum PackRewriter {
    /// What was written.
    struct Outcome {
        var bytes: Int
        var plainBytes: Int
        var plainDigest: ContentDigest
    }

    /// Decodes `path` up to `plainLimit`, encodes that into `target` and makes it durable.
    ///
    /// - Throws: ``ArchiveError``. The target is removed then.
    static func rewrite(
        _ path: String,
        to target: PackFile,
        plainLimit: Int,
        parameters: ZstdParameters
    ) throws -> Outcome {
        let source = try ZstdFileSource(path)
        let compressor = try ZstdCompressor(parameters)
        var window = ByteWindow()
        var output: [UInt8] = []
        var outcome = Outcome(bytes: 0, plainBytes: 0, plainDigest: ContentDigest(of: []))
        var hash = ContentHasher()
        while outcome.plainBytes < plainLimit, try source.fill(&window) {
            let count = min(window.count, plainLimit - outcome.plainBytes)
            hash.update(window.slice(0..<count))
            try compressor.write(window.slice(0..<count), to: &output)
            window.consume(window.count)
            outcome.plainBytes += count
            outcome.bytes += try drain(&output, to: target, atLeast: 1 << 20)
        }
        guard outcome.plainBytes == plainLimit else {
            throw ArchiveError(.corruptFrame, path, "\(outcome.plainBytes) plain bytes (expected \(plainLimit))")
        }
        try compressor.end(to: &output)
        outcome.bytes += try drain(&output, to: target, atLeast: 0)
        try target.synchronize()
        outcome.plainDigest = hash.digest()
        return outcome
    }

    private static func drain(_ output: inout [UInt8], to file: PackFile, atLeast count: Int) throws -> Int {
        guard output.count >= count else { return 0 }
        let written = output.count
        try file.write(output)
        output.removeAll(keepingCapacity: true)
        return written
    }
}
