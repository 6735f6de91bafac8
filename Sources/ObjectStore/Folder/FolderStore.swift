internal import NIOPosix

/// Objects as files below a folder.
///
/// An object is written to a file of another name, synchronised and then renamed (put) or linked (put if absent);
/// `delete` removes folders that become empty. Links below the root are never followed. What a killed writer leaves
/// is a file whose name begins with `.chargehouse-part-`, which no list shows.
public struct FolderStore: ObjectStore {
    /// The folder's path.
    public let root: String
    private let limits: StoreLimits
    private let clock: StoreClock

    /// The folder's path.
    public var name: String { root }

    /// Names a folder; the first put creates it.
    public init(root: String, limits: StoreLimits = StoreLimits()) {
        self.init(root: root, limits: limits, clock: .system)
    }

    package init(root: String, limits: StoreLimits, clock: StoreClock) {
        self.root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
        self.limits = limits
        self.clock = clock
    }

    /// Writes an object, as the protocol says.
    public func put(_ content: ObjectContent, at key: ObjectKey) async throws {
        _ = try await onThread {
            try write(content, at: key) { folder, temporary, name in
                try folder.rename(temporary, to: name)
                return true
            }
        }
    }

    /// Writes an object where there is none of that key, as the protocol says.
    public func putIfAbsent(_ content: ObjectContent, at key: ObjectKey) async throws -> Bool {
        try await onThread {
            try write(content, at: key) { folder, temporary, name in
                let isNew = try folder.link(temporary, as: name)
                _ = try folder.remove(temporary)
                return isNew
            }
        }
    }

    /// Reads an object or a part of it, as the protocol says.
    public func get(_ key: ObjectKey, range: Range<Int>?) async throws -> FetchedObject {
        try await onThread {
            let subject = "\(root)/\(key)"
            guard let file = try open(key) else {
                throw ObjectStoreError(.notFound, subject, "there is no such file (expected an object)")
            }
            let status = try file.status()
            let wanted = try ByteRange.checked(range, size: status.size, subject: subject)
            guard wanted.count <= limits.maximumGetBytes else {
                throw ObjectStoreError.tooLarge(subject, bytes: wanted.count, limits)
            }
            let bytes = try file.read(wanted)
            guard bytes.count == wanted.count else {
                throw ObjectStoreError(
                    .readFailed,
                    subject,
                    "it ends at byte \(wanted.lowerBound + bytes.count) (expected \(status.size) bytes)"
                )
            }
            return FetchedObject(bytes: bytes, size: status.size, version: status.version)
        }
    }

    /// All objects whose keys begin with a text, as the protocol says.
    public func list(prefix: String) async throws -> ObjectListing {
        try await onThread { try FolderListing(root: root, limits: limits).objects(prefix: prefix) }
    }

    /// Removes an object, as the protocol says.
    public func delete(_ key: ObjectKey) async throws {
        try await onThread {
            let names = key.parts
            var folders: [FolderHandle] = []
            guard var folder = try FolderHandle.root(root, creating: false) else { return }
            for name in names.dropLast() {
                guard folder.isFolder(name), let inner = try folder.folder(name, creating: false) else { return }
                folders.append(folder)
                folder = inner
            }
            guard let name = names.last, try folder.remove(name) else { return }
            try folder.synchronize()
            for (parent, name) in zip(folders, names).reversed() {
                guard parent.removeIfEmpty(name) else { return }
                try parent.synchronize()
            }
        }
    }

    /// Writes a file under a temporary name and lets `publish` give it its own.
    private func write(
        _ content: ObjectContent,
        at key: ObjectKey,
        publish: (_ folder: FolderHandle, _ temporary: String, _ name: String) throws -> Bool
    ) throws -> Bool {
        let maximumBeginnings = 16  // each lost race with a delete costs one
        for _ in 1...maximumBeginnings {
            do {
                return try writeOnce(content, at: key, publish: publish)
            } catch is FolderVanished {
                continue
            }
        }
        throw ObjectStoreError(
            .writeFailed,
            "\(root)/\(key)",
            "its folder was removed \(maximumBeginnings) times while it was written (expected a quiet moment)"
        )
    }

    private func writeOnce(
        _ content: ObjectContent,
        at key: ObjectKey,
        publish: (_ folder: FolderHandle, _ temporary: String, _ name: String) throws -> Bool
    ) throws -> Bool {
        guard var folder = try FolderHandle.root(root, creating: true), let name = key.parts.last else {
            throw FolderVanished()
        }
        for part in key.parts.dropLast() {
            guard let inner = try folder.folder(part, creating: true) else { throw FolderVanished() }
            folder = inner
        }
        let temporary = ObjectKey.temporaryPrefix + clock.token()
        do {
            let file = try folder.newFile(temporary)
            for range in content.ranges(of: 1_048_576) { try file.append(try content.bytes(range)) }
            try file.synchronize()
            let isNew = try publish(folder, temporary, name)
            try folder.synchronize()
            return isNew
        } catch {
            let first = error
            do {
                _ = try folder.remove(temporary)
            } catch {
                throw first  // the first error says what happened; the file that stays is never listed
            }
            throw first
        }
    }

    private func open(_ key: ObjectKey) throws -> OpenFile? {
        guard var folder = try FolderHandle.root(root, creating: false) else { return nil }
        let names = key.parts
        for name in names.dropLast() {
            guard folder.isFolder(name), let inner = try folder.folder(name, creating: false) else { return nil }
            folder = inner
        }
        guard let name = names.last, folder.isFile(name) else { return nil }
        return try folder.file(name)
    }

    /// Runs calls that block on a thread of NIO's pool, not on the cooperative pool.
    private func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        do {
            return try await NIOThreadPool.singleton.runIfActive(body)
        } catch is FolderVanished {
            throw ObjectStoreError(.readFailed, root, "a folder was removed while it was read (expected it to stay)")
        }
    }
}

extension FolderHandle {
    fileprivate func isFolder(_ name: String) -> Bool {
        if case .folder = kind(name) { return true }
        return false
    }

    fileprivate func isFile(_ name: String) -> Bool {
        if case .file = kind(name) { return true }
        return false
    }
}
