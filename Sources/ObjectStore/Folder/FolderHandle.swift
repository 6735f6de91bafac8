internal import Foundation

/// An open folder of a folder store; everything in it is named relative to it, and links are not followed.
///
/// Used by one thread at a time. Calls block.
final class FolderHandle {
    enum Kind {
        case file(size: Int)
        case folder
        case other
    }

    let path: String
    private let descriptor: Int32

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        close(descriptor)
    }

    /// Opens the root, which may itself be a link; `nil` where it does not exist and is not to be created.
    static func root(_ path: String, creating: Bool) throws -> FolderHandle? {
        if creating {
            do {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            } catch {
                throw ObjectStoreError(.writeFailed, path, "create folder: \(error)")
            }
        }
        let opened = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if opened >= 0 { return FolderHandle(descriptor: opened, path: path) }
        if errno == ENOENT { return nil }
        throw ObjectStoreError(creating ? .writeFailed : .readFailed, path, systemMessage(errno))
    }

    /// Opens a folder in this one; `nil` where it does not exist and is not to be created.
    func folder(_ name: String, creating: Bool) throws -> FolderHandle? {
        let inner = "\(path)/\(name)"
        if creating {
            if unsafe mkdirat(descriptor, name, 0o755) == 0 {
                try synchronize()
            } else if errno != EEXIST {
                throw try failure(.writeFailed, inner, errno)
            }
        }
        let opened = unsafe openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        if opened >= 0 { return FolderHandle(descriptor: opened, path: inner) }
        if errno == ENOENT, !creating { return nil }
        throw try failure(creating ? .writeFailed : .readFailed, inner, errno)
    }

    /// Opens an object; `nil` where there is none.
    func file(_ name: String) throws -> OpenFile? {
        // Without O_NONBLOCK a named pipe would wait for its writer.
        let opened = unsafe openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        if opened < 0 {
            if errno == ENOENT { return nil }
            throw try failure(.readFailed, "\(path)/\(name)", errno)
        }
        let file = OpenFile(descriptor: opened, path: "\(path)/\(name)")
        return try file.status().isRegular ? file : nil
    }

    func newFile(_ name: String) throws -> OpenFile {
        let opened = unsafe openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard opened >= 0 else { throw try failure(.writeFailed, "\(path)/\(name)", errno) }
        return OpenFile(descriptor: opened, path: "\(path)/\(name)")
    }

    /// Gives a file a new name, replacing the file that had it.
    func rename(_ old: String, to new: String) throws {
        guard unsafe renameat(descriptor, old, descriptor, new) == 0 else {
            throw try failure(.writeFailed, "\(path)/\(new)", errno)
        }
    }

    /// Gives a file a second name; `false` where the name is taken by a file.
    func link(_ old: String, as new: String) throws -> Bool {
        if unsafe linkat(descriptor, old, descriptor, new, 0) == 0 { return true }
        let reason = errno
        guard reason == EEXIST else { throw try failure(.writeFailed, "\(path)/\(new)", reason) }
        if case .folder = kind(new) { throw try failure(.writeFailed, "\(path)/\(new)", EISDIR) }
        return false
    }

    /// Removes a file; `false` where there is none.
    func remove(_ name: String) throws -> Bool {
        if unsafe unlinkat(descriptor, name, 0) == 0 { return true }
        let reason = errno
        // Linux answers EISDIR for a folder, macOS EPERM; neither is an object.
        if reason == ENOENT || reason == EISDIR { return false }
        if case .folder = kind(name) { return false }
        throw try failure(.writeFailed, "\(path)/\(name)", reason)
    }

    /// Removes a folder where it is empty.
    func removeIfEmpty(_ name: String) -> Bool {
        unsafe unlinkat(descriptor, name, AT_REMOVEDIR) == 0
    }

    /// Makes new, changed and removed names durable.
    func synchronize() throws {
        guard fsync(descriptor) == 0 else { throw ObjectStoreError(.writeFailed, path, systemMessage(errno)) }
    }

    /// What a name stands for; a link is `other`.
    func kind(_ name: String) -> Kind? {
        var found = stat()
        guard unsafe fstatat(descriptor, name, &found, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        switch found.st_mode & S_IFMT {
        case S_IFREG: return .file(size: Int(found.st_size))
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    /// The names in the folder, in no order, without `.` and `..`.
    func names() throws -> [String] {
        let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = unsafe fdopendir(copy) else {
            let reason = errno
            if copy >= 0 { close(copy) }
            throw ObjectStoreError(.readFailed, path, systemMessage(reason))
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        errno = 0
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                // The system ends the name with a zero inside the record.
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 1) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw ObjectStoreError(.readFailed, path, systemMessage(errno)) }
        return names
    }

    /// The error of a call; a race with a folder's removal is its own, so that the writer can begin again.
    private func failure(_ code: ObjectStoreError.Code, _ subject: String, _ number: Int32) throws -> ObjectStoreError {
        switch number {
        case ENOENT:
            throw FolderVanished()
        case ENOTDIR, ELOOP, EMLINK:
            ObjectStoreError(
                .badRequest,
                subject,
                "a file or a link (expected a folder: on a file system no key can go on behind another key)"
            )
        case EISDIR, ENOTEMPTY:
            ObjectStoreError(
                .badRequest,
                subject,
                "a folder (expected an object or nothing: on a file system no key can go on behind another key)"
            )
        default: ObjectStoreError(code, subject, systemMessage(number))
        }
    }
}

/// A folder was removed, because it was empty, while an object was being written into it.
struct FolderVanished: Error {}
