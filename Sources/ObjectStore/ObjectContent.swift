/// The bytes of an object to be: in memory, or in a file that is read piece by piece.
public struct ObjectContent: Sendable {
    private enum Source: Sendable {
        case memory([UInt8])
        case file(OpenFile)
    }

    private let source: Source

    /// Length in bytes.
    public let size: Int

    /// Bytes in memory.
    public init(_ bytes: [UInt8]) {
        source = .memory(bytes)
        size = bytes.count
    }

    /// A file of this machine, which is opened now and must not change until the object is written.
    ///
    /// - Throws: ``ObjectStoreError`` with code `readFailed`.
    public init(file path: String) throws(ObjectStoreError) {
        let file = try OpenFile(reading: path)
        source = .file(file)
        size = try file.status().size
    }

    /// Reads a part; blocks where the content is a file.
    ///
    /// - Throws: ``ObjectStoreError`` with code `readFailed`, also where the file has become shorter.
    func bytes(_ range: Range<Int>) throws(ObjectStoreError) -> [UInt8] {
        switch source {
        case .memory(let bytes):
            return range == 0..<size ? bytes : Array(bytes[range])
        case .file(let file):
            let bytes = try file.read(range)
            guard bytes.count == range.count else {
                throw ObjectStoreError(
                    .readFailed,
                    file.path,
                    "it ends at byte \(range.lowerBound + bytes.count) (expected \(size) bytes, as when it was opened)"
                )
            }
            return bytes
        }
    }

    /// Cuts `0..<size` into ranges of a length; one empty range where there are no bytes.
    func ranges(of length: Int) -> [Range<Int>] {
        guard size > 0 else { return [0..<0] }
        return stride(from: 0, to: size, by: max(1, length)).map { $0..<min(size, $0 + max(1, length)) }
    }
}
