/// Walks a folder store and lists its objects.
struct FolderListing {
    let root: String
    let limits: StoreLimits

    func objects(prefix: String) throws -> ObjectListing {
        try Prefix.check(prefix, store: root)
        guard var folder = try FolderHandle.root(root, creating: false) else { return ObjectListing(objects: []) }
        // The folder part of the prefix is entered; the rest is compared.
        let parents = prefix.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .dropLast()
            .map { String(Substring($0)) }
        for name in parents {
            guard case .folder = folder.kind(name), let inner = try folder.folder(name, creating: false) else {
                return ObjectListing(objects: [])
            }
            folder = inner
        }
        var found = ObjectListing(objects: [])
        try walk(folder, below: parents.map { $0 + "/" }.joined(), prefix: prefix, into: &found)
        found.objects.sort { $0.key < $1.key }
        found.skipped.sort()
        return found
    }

    private func walk(
        _ folder: FolderHandle,
        below path: String,
        prefix: String,
        into found: inout ObjectListing
    ) throws {
        for name in try folder.names() where !name.hasPrefix(ObjectKey.temporaryPrefix) {
            let text = path + name
            guard text.utf8.starts(with: prefix.utf8) else { continue }
            switch folder.kind(name) {
            case .folder:
                guard let inner = try folder.folder(name, creating: false) else { continue }
                try walk(inner, below: text + "/", prefix: prefix, into: &found)
            case .file(let size):
                if ObjectKey.fault(of: text) == nil {
                    found.objects.append(ListedObject(key: try ObjectKey(text), size: size))
                } else {
                    found.skipped.append(text)
                }
            case .other: found.skipped.append(text)
            case nil: continue  // removed since the folder was read
            }
            guard found.objects.count + found.skipped.count <= limits.maximumListedObjects else {
                throw ObjectStoreError.tooManyObjects(root, limits)
            }
        }
    }
}

/// The beginning of keys.
enum Prefix {
    /// - Throws: ``ObjectStoreError`` with code `badRequest` where no key can begin so.
    static func check(_ prefix: String, store: String) throws(ObjectStoreError) {
        let text = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
        guard !prefix.isEmpty, let fault = ObjectKey.fault(of: text + (text == prefix ? "x" : "")) else { return }
        throw ObjectStoreError(.badRequest, store, "prefix \"\(prefix.shown)\": \(fault)")
    }
}

extension ObjectStoreError {
    static func tooManyObjects(_ subject: String, _ limits: StoreLimits) -> ObjectStoreError {
        ObjectStoreError(
            .unboundedAnswer,
            subject,
            "more than \(limits.maximumListedObjects) objects (expected at most so many in one list)",
            remedy: "list a longer prefix"
        )
    }
}
