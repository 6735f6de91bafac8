/// Objects under keys: one interface over a local folder and S3.
///
/// Both keep the same promises. A reader sees a whole object or none, whenever the writer dies. A write that returned
/// can be read at once. Of several writers that put if absent, exactly one succeeds.
public protocol ObjectStore: Sendable {
    /// Where the store is, as messages name it: `s3://bucket/prefix` or the folder's path.
    var name: String { get }

    /// Writes an object; one of the same key is replaced in one step.
    ///
    /// - Throws: ``ObjectStoreError``; `CancellationError`.
    func put(_ content: ObjectContent, at key: ObjectKey) async throws

    /// Writes an object where there is none of that key.
    ///
    /// - Returns: Whether it was written; `false` where another object has the key, which is left alone.
    /// - Throws: ``ObjectStoreError``; `CancellationError`.
    func putIfAbsent(_ content: ObjectContent, at key: ObjectKey) async throws -> Bool

    /// Reads an object or a part of it.
    ///
    /// - Parameters:
    ///   - key: Which object.
    ///   - range: Bytes wanted, counted from 0; cut at the end of the object. `nil` for the whole object.
    /// - Returns: The bytes, with size and version of the whole object.
    /// - Throws: ``ObjectStoreError`` with code `notFound`, or `badRequest` where the range is empty or begins behind
    ///   the last byte, or `unboundedAnswer` where the bytes are more than the store's limit; `CancellationError`.
    func get(_ key: ObjectKey, range: Range<Int>?) async throws -> FetchedObject

    /// All objects whose keys begin with a text, in the order of their keys' UTF-8 bytes.
    ///
    /// - Parameter prefix: The beginning of keys, not a folder: `raw/2026` finds `raw/2026/a` and `raw/2026-old`.
    /// - Returns: The objects, and the names that lie there and are no keys.
    /// - Throws: ``ObjectStoreError``; `CancellationError`.
    func list(prefix: String) async throws -> ObjectListing

    /// Removes an object; nothing happens where there is none.
    ///
    /// - Throws: ``ObjectStoreError``; `CancellationError`.
    func delete(_ key: ObjectKey) async throws
}

extension ObjectStore {
    /// Reads a whole object, as `get` with a range does a part.
    public func get(_ key: ObjectKey) async throws -> FetchedObject {
        try await get(key, range: nil)
    }
}

/// What was read of an object.
public struct FetchedObject: Hashable, Sendable {
    /// The bytes of the range, or all.
    public var bytes: [UInt8]
    /// Length of the whole object in bytes.
    public var size: Int
    /// Changes when the object is replaced: two ranges of one version belong together.
    ///
    /// S3's entity tag; on a folder inode, time and length. Not a digest.
    public var version: String

    /// Creates an answer.
    public init(bytes: [UInt8], size: Int, version: String) {
        self.bytes = bytes
        self.size = size
        self.version = version
    }
}

/// One object of a list.
public struct ListedObject: Hashable, Sendable {
    /// Its key.
    public var key: ObjectKey
    /// Length in bytes.
    public var size: Int

    /// Creates an entry.
    public init(key: ObjectKey, size: Int) {
        self.key = key
        self.size = size
    }
}

/// The objects found, and what else lies there.
public struct ObjectListing: Hashable, Sendable {
    /// In the order of their keys.
    public var objects: [ListedObject]
    /// Names that no ``ObjectKey`` can have: folder markers of consoles (`raw/`), `a//b`, links; in their order.
    public var skipped: [String]

    /// Creates a listing.
    public init(objects: [ListedObject], skipped: [String] = []) {
        self.objects = objects
        self.skipped = skipped
    }
}
