import Foundation

/// Keeps a second publisher away from a place, until it is released or the process ends.
///
/// An advisory lock on a file beside the place. The file is removed with the lock; whoever locked a file that another one
/// removed in between begins again.
package final class PublicationLock {
    private let path: String
    private let descriptor: Int32

    /// Takes the lock of a file.
    ///
    /// - Throws: ``PublishError``: `CHG123` where it is taken, `CHG120` where the file cannot be made.
    package init(_ path: String, of place: String) throws {
        self.path = path
        while true {
            let descriptor = unsafe open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else { throw PublishError.cannotWrite(path, "cannot make it: \(lastError())") }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                throw PublishError.busy(place)
            }
            var (mine, present) = (stat(), stat())
            if unsafe fstat(descriptor, &mine) == 0, unsafe stat(path, &present) == 0, mine.st_ino == present.st_ino {
                self.descriptor = descriptor
                return
            }
            close(descriptor)
        }
    }

    deinit {
        _ = unsafe unlink(path)
        close(descriptor)
    }
}

/// Files that survive a power cut, and take their place in one step.
package enum DurableFile {
    /// Puts a file in the place of another: its bytes are on the disk before its name is.
    ///
    /// - Throws: ``PublishError`` `CHG120`.
    package static func move(_ from: String, to path: String) throws {
        try sync(from)
        guard unsafe rename(from, path) == 0 else {
            throw PublishError.cannotWrite(path, "cannot rename \(from): \(lastError())")
        }
        try sync(folder(of: path))
    }

    /// Removes a file or folder where there is one.
    ///
    /// - Throws: ``PublishError`` `CHG120`.
    package static func remove(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw PublishError.cannotWrite(path, "cannot remove it: \(error.localizedDescription)")
        }
    }

    /// Makes a folder and those above it.
    ///
    /// - Throws: ``PublishError`` `CHG120`.
    package static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw PublishError.cannotWrite(path, "cannot make the folder: \(error.localizedDescription)")
        }
    }

    /// The folder of a file.
    package static func folder(of path: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().path
    }

    private static func sync(_ path: String) throws {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw PublishError.cannotWrite(path, "cannot open it: \(lastError())") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw PublishError.cannotWrite(path, "cannot flush it: \(lastError())") }
    }
}

private func lastError() -> String { unsafe String(cString: strerror(errno)) }
