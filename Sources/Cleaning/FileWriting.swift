import Foundation

/// Writes whole small files with the fewest system calls.
enum FileWriting {
    /// The system's word for what went wrong.
    struct Failure: Error, CustomStringConvertible {
        let path: String
        let number: Int32

        var description: String { unsafe "\(path): \(String(cString: strerror(number))) (errno \(number))" }
    }

    /// Writes a file; creates its folder where there is none.
    static func write(_ bytes: [UInt8], to path: String) throws {
        var descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        if descriptor < 0, errno == ENOENT {
            let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
            if unsafe mkdir(folder, 0o755) != 0, errno == ENOENT {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
            descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        }
        guard descriptor >= 0 else { throw Failure(path: path, number: errno) }
        let failure = writeAll(bytes, to: descriptor)
        let closed = close(descriptor)
        if failure != 0 || closed != 0 { throw Failure(path: path, number: failure != 0 ? failure : errno) }
    }

    /// Writes a file under another name and renames it: readers see the old bytes or the new ones.
    static func replace(_ path: String, with bytes: [UInt8]) throws {
        let temporary = path + ".tmp"
        try write(bytes, to: temporary)
        guard unsafe rename(temporary, path) == 0 else { throw Failure(path: path, number: errno) }
    }

    /// The error number; 0 where all is written.
    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Foundation.write(descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
            }
            if count > 0 {
                done += count
            } else if count == 0 || errno != EINTR {
                return count == 0 ? ENOSPC : errno
            }
        }
        return 0
    }
}
