public import ChargingModel
internal import Foundation
internal import NIOPosix

/// What is known of an object before it is read.
public struct ExpectedObject: Hashable, Sendable {
    /// Which object.
    public var key: ObjectKey
    /// Length in bytes.
    public var bytes: Int
    /// SHA-256 of the bytes.
    public var sha256: ContentDigest

    /// Describes an object.
    public init(key: ObjectKey, bytes: Int, sha256: ContentDigest) {
        self.key = key
        self.bytes = bytes
        self.sha256 = sha256
    }
}

extension ObjectStore {
    /// Copies an object into a file, which appears whole, and only where it is the object that is expected.
    ///
    /// A file of that path is replaced. What a killed copy leaves is named as in ``FolderStore``.
    ///
    /// - Throws: ``ObjectStoreError``, with code `changedContent` where length or digest differ; `CancellationError`.
    public func copy(_ object: ExpectedObject, to path: String) async throws {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent().path
        let temporary = "\(folder)/\(ObjectKey.temporaryPrefix)\(UUID().uuidString.lowercased())"
        let file = try await NIOThreadPool.singleton.runIfActive {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            return try OpenFile(creating: temporary)
        }
        do {
            try await check(object) { bytes in
                try await NIOThreadPool.singleton.runIfActive { try file.append(bytes) }
            }
            try await NIOThreadPool.singleton.runIfActive {
                try file.synchronize()
                guard unsafe rename(temporary, path) == 0 else {
                    throw ObjectStoreError(.writeFailed, path, systemMessage(errno))
                }
            }
        } catch {
            _ = unsafe unlink(temporary)
            throw error
        }
    }

    /// Reads an object piece by piece and compares it with what is expected.
    ///
    /// `visit` is called with each piece, before the comparison of the whole.
    ///
    /// - Throws: As ``copy(_:to:)``, and what `visit` throws.
    public func check(
        _ object: ExpectedObject,
        _ visit: ([UInt8]) async throws -> Void = { _ in }
    ) async throws {
        let pieceBytes = 16_777_216  // as parts are sent
        var hash = ContentHasher()
        var done = 0
        var version: String?
        while done < object.bytes {
            let piece = try await piece(of: object, done..<min(object.bytes, done + pieceBytes))
            guard piece.size == object.bytes else { throw changed(object, "\(piece.size) bytes", "\(object.bytes)") }
            guard version == nil || version == piece.version, !piece.bytes.isEmpty else {
                throw changed(object, "another version", "one version while it is read")
            }
            version = piece.version
            done += piece.bytes.count
            hash.update(piece.bytes)
            try await visit(piece.bytes)
        }
        let found = hash.digest()
        guard found == object.sha256 else { throw changed(object, "SHA-256 \(found)", "\(object.sha256)") }
    }

    private func piece(of object: ExpectedObject, _ range: Range<Int>) async throws -> FetchedObject {
        do {
            return try await get(object.key, range: range)
        } catch let error as ObjectStoreError where error.errorCode == .badRequest {
            throw changed(object, "fewer than \(range.lowerBound + 1) bytes", "\(object.bytes)")
        } catch let error as ObjectStoreError where error.errorCode == .notFound {
            throw ObjectStoreError(
                .notFound,
                error.subject,
                "there is no such object (expected \(object.bytes) bytes, as its manifest says)",
                remedy: "again, if another process has just replaced it; else restore the object"
            )
        }
    }

    private func changed(_ object: ExpectedObject, _ found: String, _ expected: String) -> ObjectStoreError {
        ObjectStoreError(
            .changedContent,
            "\(name)/\(object.key)",
            "\(found) (expected \(expected), as its manifest says)",
            kept: "the object as it is; nothing of it is used",
            remedy: "restore the object (an earlier version, a backup), or write it again from where it came"
        )
    }
}
