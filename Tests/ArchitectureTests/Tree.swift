import Foundation
import TestSupport

/// The files of the package, as a clone has them.
enum Tree {
    /// One text file.
    struct File: Sendable {
        /// Relative to the package's folder.
        let path: String
        let text: String

        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    }

    /// Every text file below a folder, in the order of their paths.
    ///
    /// - Parameters:
    ///   - folder: Relative to the package's folder.
    ///   - suffixes: Ends of the names wanted; empty for all.
    /// - Returns: The files that are UTF-8.
    /// - Throws: The error of reading a folder or file.
    static func files(below folder: String, suffixes: [String] = []) throws -> [File] {
        let root = PackageRoot.appending(folder)
        guard FileManager.default.fileExists(atPath: root) else { return [] }
        return try FileManager.default.subpathsOfDirectory(atPath: root)
            .filter { path in suffixes.isEmpty || suffixes.contains { path.hasSuffix($0) } }
            .filter { !$0.hasPrefix(".") && !$0.contains("/.") }
            .sorted()
            .compactMap { try file("\(folder)/\($0)") }
    }

    /// One file, or `nil` where it does not exist, is a folder or is not UTF-8.
    static func file(_ path: String) throws -> File? {
        let absolute = PackageRoot.appending(path)
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: absolute, isDirectory: &isFolder), !isFolder.boolValue
        else {
            return nil
        }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: absolute))
        return String(bytes: bytes, encoding: .utf8).map { File(path: path, text: $0) }
    }

    /// Whether there is a file or folder of this path, relative to the package's folder.
    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: PackageRoot.appending(path))
    }

    /// Everything that is committed: the folders and files at the top that git does not ignore.
    static func committed() throws -> [File] {
        let folders = [".ci", "Benchmarks", "Sources", "Tests", "docs", "scripts"]
        let top = try FileManager.default.contentsOfDirectory(atPath: PackageRoot.path)
            .filter { !$0.hasPrefix(".") || $0 == ".gitignore" || $0 == ".swift-format" }
            .filter { $0 != "Package.resolved" }
            .compactMap(file)
        return try top + folders.flatMap { try files(below: $0) }
    }

    /// The names of the folders directly below a folder.
    static func folders(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: PackageRoot.appending(folder))
            .filter { !$0.hasPrefix(".") && !$0.contains(".") }
            .sorted()
    }
}
