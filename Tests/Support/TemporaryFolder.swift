// swift-format-ignore-file: AmbiguousTrailingClosureOverload
// Swift tells the two functions apart by `await`.

import Foundation

/// Runs `body` with the absolute path of a new, empty folder, and removes the folder at the end.
///
/// - Throws: What `body` throws, or the error of creating or removing the folder.
public func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let path = try TemporaryFolder.create()
    let result: Result
    do {
        result = try body(path)
    } catch {
        try TemporaryFolder.remove(path)
        throw error
    }
    try TemporaryFolder.remove(path)
    return result
}

/// Runs `body` with the absolute path of a new, empty folder, and removes the folder at the end.
///
/// - Throws: What `body` throws, or the error of creating or removing the folder.
public func withTemporaryFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let path = try TemporaryFolder.create()
    let result: Result
    do {
        result = try await body(path)
    } catch {
        try TemporaryFolder.remove(path)
        throw error
    }
    try TemporaryFolder.remove(path)
    return result
}

/// Folders that live as long as one test.
///
/// Most tests call ``withTemporaryFolder(_:)``.
public enum TemporaryFolder {
    /// Creates a folder of a unique name below the system's temporary folder.
    ///
    /// - Returns: Its absolute path.
    public static func create() throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("chargehouse-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    /// Removes a folder with all it holds; one that is already gone is no error.
    public static func remove(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.removeItem(atPath: path)
    }
}
