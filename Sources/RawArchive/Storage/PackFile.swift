internal import ChargingModel
internal import Foundation

/// An open file: the few POSIX calls that packs need, with errors that name the file.
///
/// Not `Sendable`: used by one thread at a time. `close()` is called by `deinit`, which loses nothing because every
/// write has already reached the kernel.
final class PackFile {
    enum Mode {
        case read
        case readWriteCreating
        case writeNew
    }

    let path: String
    private let descriptor: Int32

    init(_ path: String, _ mode: Mode) throws {
        let flags =
            switch mode {
            case .read: O_RDONLY | O_CLOEXEC
            case .readWriteCreating: O_RDWR | O_CREAT | O_CLOEXEC
            case .writeNew: O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
            }
        let opened = unsafe open(path, flags, 0o644)
        guard opened >= 0 else {
            let reason = errno
            let code: ArchiveError.Code = mode == .read ? (reason == ENOENT ? .notFound : .readFailed) : .writeFailed
            let remedy = code == .notFound ? "chargehouse archive ls" : nil
            throw ArchiveError(code, path, systemMessage(reason), remedy: remedy)
        }
        self.path = path
        descriptor = opened
    }

    deinit {
        // A child that is just being started holds a copy of the descriptor, and with it the lock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Reads at most `buffer.count` bytes into the buffer; 0 at the end of the file.
    func read(into buffer: inout [UInt8]) throws -> Int {
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe Foundation.read(descriptor, bytes.baseAddress, bytes.count)
            }
            if count >= 0 { return count }
            if errno != EINTR { throw ArchiveError(.readFailed, path, systemMessage(errno)) }
        }
    }

    /// Moves the position at which the next read or write happens.
    func seek(to offset: Int) throws {
        guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else {
            throw ArchiveError(.readFailed, path, systemMessage(errno))
        }
    }

    /// Writes all bytes at the current position; normally with one system call.
    func write(_ bytes: [UInt8]) throws {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Foundation.write(descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
            }
            if count > 0 {
                done += count
            } else if count == 0 || errno != EINTR {
                throw ArchiveError(.writeFailed, path, systemMessage(count == 0 ? ENOSPC : errno))
            }
        }
    }

    /// Cuts the file.
    func truncate(to length: Int) throws {
        while ftruncate(descriptor, off_t(length)) != 0 {
            if errno != EINTR { throw ArchiveError(.writeFailed, path, systemMessage(errno)) }
        }
    }

    /// Returns when data and length are on the storage device.
    func synchronize() throws {
        #if canImport(Darwin)
        let result = fsync(descriptor)
        #else
        let result = fdatasync(descriptor)
        #endif
        guard result == 0 else { throw ArchiveError(.writeFailed, path, systemMessage(errno)) }
    }

    /// Takes the advisory lock without waiting, exclusive or for readers only; `false` where another holder has it.
    func tryLock(isShared: Bool = false) throws -> Bool {
        while flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
            if errno == EWOULDBLOCK { return false }
            if errno != EINTR { throw ArchiveError(.writeFailed, path, systemMessage(errno)) }
        }
        return true
    }

    /// The SHA-256 of all bytes.
    func digest() throws -> ContentDigest {
        try seek(to: 0)
        var hash = ContentHasher()
        var chunk: [UInt8] = Array(repeating: 0, count: 131_072)
        while case let count = try read(into: &chunk), count > 0 { hash.update(chunk[0..<count]) }
        return hash.digest()
    }

    /// Notes that the file is used now.
    func touch() throws {
        guard futimens(descriptor, nil) == 0 else {
            throw ArchiveError(.writeFailed, path, systemMessage(errno))
        }
    }

    /// Length in bytes.
    func length() throws -> Int {
        try Int(status().st_size)
    }

    /// Whether `path` still names this very file: a seal replaces it.
    func isCurrent() throws -> Bool {
        var named = stat()
        guard unsafe stat(path, &named) == 0 else { return false }
        let own = try status()
        return named.st_ino == own.st_ino && named.st_dev == own.st_dev
    }

    private func status() throws -> stat {
        var own = stat()
        guard unsafe fstat(descriptor, &own) == 0 else {
            throw ArchiveError(.readFailed, path, systemMessage(errno))
        }
        return own
    }
}

/// The operating system's own words for an error number.
func systemMessage(_ number: Int32) -> String {
    unsafe String(cString: strerror(number)) + " (errno \(number))"
}

/// Makes renames and new names in a folder durable.
func synchronizeFolder(_ path: String) throws {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ArchiveError(.writeFailed, path, systemMessage(errno)) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw ArchiveError(.writeFailed, path, systemMessage(errno)) }
}

/// Gives a file a new name, replacing what had it.
func renameFile(_ from: String, to: String) throws {
    guard unsafe rename(from, to) == 0 else {
        throw ArchiveError(.writeFailed, to, "rename from \(from): \(systemMessage(errno))")
    }
}

/// Removes a file; nothing happens where there is none.
func removeFileIfPresent(_ path: String) throws {
    guard unsafe unlink(path) != 0, errno != ENOENT else { return }
    throw ArchiveError(.writeFailed, path, "remove: \(systemMessage(errno))")
}

/// Creates a folder and its parents.
func createFolder(_ path: String) throws {
    do {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
        throw ArchiveError(.writeFailed, path, "create folder: \(error)")
    }
}

/// When a file was last written or touched, in nanoseconds of the system's clock; `nil` where there is none.
func lastUse(_ path: String) -> Int? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
    let time = status.st_mtimespec
    #else
    let time = status.st_mtim
    #endif
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// The length of a file in bytes; `nil` where there is none.
func fileLength(_ path: String) -> Int? {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
}
