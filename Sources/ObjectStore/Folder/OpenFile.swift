internal import Foundation

/// An open file: the few POSIX calls that a folder store needs, with errors that name the file.
///
/// The descriptor never changes and reads carry their own offset, so several threads may read at once. Calls block.
final class OpenFile: Sendable {
    struct Status {
        var size: Int
        var version: String
        var isRegular: Bool
    }

    let path: String
    private let descriptor: Int32

    /// Takes over a descriptor.
    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    /// Opens a regular file by its path.
    convenience init(reading path: String) throws(ObjectStoreError) {
        let opened = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else { throw ObjectStoreError(.readFailed, path, systemMessage(errno)) }
        self.init(descriptor: opened, path: path)
        guard try status().isRegular else {
            throw ObjectStoreError(.readFailed, path, "a folder or device (expected a file)")
        }
    }

    /// Creates a file that only its owner reads; one of that path is an error.
    convenience init(creating path: String) throws(ObjectStoreError) {
        let opened = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw ObjectStoreError(.writeFailed, path, systemMessage(errno)) }
        self.init(descriptor: opened, path: path)
    }

    deinit {
        close(descriptor)
    }

    func status() throws(ObjectStoreError) -> Status {
        var found = stat()
        guard unsafe fstat(descriptor, &found) == 0 else {
            throw ObjectStoreError(.readFailed, path, systemMessage(errno))
        }
        #if canImport(Darwin)
        let time = found.st_mtimespec
        #else
        let time = found.st_mtim
        #endif
        return Status(
            size: Int(found.st_size),
            version: "\(found.st_ino)-\(time.tv_sec)-\(time.tv_nsec)-\(found.st_size)",
            isRegular: found.st_mode & S_IFMT == S_IFREG
        )
    }

    /// The bytes of a range, fewer where the file ends.
    func read(_ range: Range<Int>) throws(ObjectStoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: range.count)
        var done = 0
        while done < range.count {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe pread(
                    descriptor,
                    buffer.baseAddress.map { unsafe $0 + done },
                    range.count - done,
                    off_t(range.lowerBound + done)
                )
            }
            if count == 0 { break }
            if count > 0 {
                done += count
            } else if errno != EINTR {
                throw ObjectStoreError(.readFailed, path, systemMessage(errno))
            }
        }
        if done < bytes.count { bytes.removeLast(bytes.count - done) }
        return bytes
    }

    /// Writes all bytes at the end of what was written before.
    func append(_ bytes: [UInt8]) throws(ObjectStoreError) {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe write(descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
            }
            if count > 0 {
                done += count
            } else if count == 0 || errno != EINTR {
                throw ObjectStoreError(.writeFailed, path, systemMessage(count == 0 ? ENOSPC : errno))
            }
        }
    }

    /// Returns when the bytes are on the storage device.
    func synchronize() throws(ObjectStoreError) {
        guard fsync(descriptor) == 0 else { throw ObjectStoreError(.writeFailed, path, systemMessage(errno)) }
    }
}

/// The operating system's own words for an error number.
func systemMessage(_ number: Int32) -> String {
    unsafe String(cString: strerror(number)) + " (errno \(number))"
}

/// A small file of settings; `nil` where there is none.
func readSmallFile(_ path: String, maximumBytes: Int = 1_048_576) throws(ObjectStoreError) -> String? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let file = try OpenFile(reading: path)
    let bytes = try file.read(0..<maximumBytes + 1)
    guard bytes.count <= maximumBytes else {
        throw ObjectStoreError(.readFailed, path, "more than \(maximumBytes) bytes (expected a small file of settings)")
    }
    return String(decoding: bytes, as: UTF8.self)
}
