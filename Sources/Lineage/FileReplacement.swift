import Foundation

/// Puts a new file, or folder, in the place of an old one.
///
/// The new one is built beside the old one. The exchange is one rename: a reader finds the old file or the new one,
/// never none. The old one stays as `.before` until ``finish()``.
public struct FileReplacement: Sendable {
    /// The place.
    public let path: String
    /// Where the new one is built.
    public var newPath: String { path + ".rebuild" }
    /// Where the old one is kept.
    public var formerPath: String { path + ".before" }

    /// Files of DuckDB beside a database: its write-ahead log.
    private static let companions = ["", ".wal"]

    /// Names a place.
    public init(path: String) {
        self.path = path
    }

    /// Removes what an interrupted rebuild left.
    ///
    /// - Throws: ``LineageError`` `CHG103`.
    public func begin() throws {
        for companion in Self.companions { try remove(newPath + companion) }
    }

    /// Exchanges a file.
    ///
    /// - Throws: ``LineageError`` `CHG103`; the old one is in its place then.
    public func exchangeFile() throws {
        for companion in Self.companions { try remove(formerPath + companion) }
        if exists(path) {
            // A log of the old file must not stand beside the new one, which would replay it.
            if exists(path + ".wal") { try rename(path + ".wal", formerPath + ".wal") }
            do {
                try FileManager.default.linkItem(atPath: path, toPath: formerPath)
            } catch {
                throw LineageError.cannotReplace(formerPath, "cannot link: \(error)", kept: "the old file")
            }
        }
        try rename(newPath, path)
    }

    /// Exchanges a folder: two renames, between which it does not exist.
    ///
    /// - Throws: ``LineageError`` `CHG103`.
    public func exchangeFolder() throws {
        try remove(formerPath)
        if exists(path) { try rename(path, formerPath) }
        try rename(newPath, path)
    }

    /// Removes the old one.
    ///
    /// - Throws: ``LineageError`` `CHG103`.
    public func finish() throws {
        for companion in Self.companions { try remove(formerPath + companion) }
    }

    /// Gives the new one up.
    ///
    /// - Throws: ``LineageError`` `CHG103`.
    public func abandon() throws { try begin() }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private func remove(_ path: String) throws {
        guard exists(path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw LineageError.cannotReplace(path, "cannot remove: \(error)", kept: "the old file")
        }
    }

    private func rename(_ from: String, _ to: String) throws {
        guard unsafe Foundation.rename(from, to) == 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw LineageError.cannotReplace(to, "cannot rename \(from): \(reason)", kept: "the old file")
        }
    }
}
