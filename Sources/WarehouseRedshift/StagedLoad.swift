import Foundation
import ObjectStore
import Warehouse

/// The flat files of one table in the stage, and the manifest that names all of them.
struct StagedLoad: Sendable {
    /// A staged file.
    struct Part: Sendable {
        var address: String
        /// `nil` for a flat file that lies in a bucket already.
        var bytes: Int?
        var sources: [GzipPart.Source]
    }

    let load: BulkLoad
    /// `s3://bucket/prefix/…/manifest.json`.
    let manifest: String
    let parts: [Part]
    /// All objects of the load, the manifest too.
    let keys: [ObjectKey]

    /// Whether the files are flat files in a bucket, with their headers, and nothing but the manifest was staged.
    var isInPlace: Bool { parts.allSatisfy { $0.bytes == nil } }

    /// Every file is mandatory: Redshift passes over a missing one in silence where a manifest does not say so.
    static func manifestText(_ parts: [Part]) throws -> [UInt8] {
        struct Manifest: Encodable {
            struct Entry: Encodable {
                struct Meta: Encodable {
                    var contentLength: Int

                    enum CodingKeys: String, CodingKey {
                        case contentLength = "content_length"
                    }
                }

                var url: String
                var mandatory = true
                var meta: Meta?
            }

            var entries: [Entry]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let entries = parts.map { Manifest.Entry(url: $0.address, meta: $0.bytes.map(Manifest.Entry.Meta.init)) }
        return Array(try encoder.encode(Manifest(entries: entries)))
    }

    /// The file and the line in it that a line of a staged file came from; `nil` where it is not known.
    func source(of address: String, line: Int) -> (file: String, line: Int)? {
        guard let part = parts.first(where: { $0.address == address.trimmingCharacters(in: .whitespaces) }) else {
            return nil
        }
        if isInPlace { return (part.address, line) }
        var before = 0
        for source in part.sources {
            // Line 1 of the flat file is its header.
            if line <= before + source.lines { return (source.file, line - before + 1) }
            before += source.lines
        }
        return nil
    }

    /// The statement that loads it.
    ///
    /// A role, never keys: the text of statements stands in the cluster's query log.
    func copyStatement(role: String, region: String?) -> String {
        let columns = load.columns.map(\.name).joined(separator: ", ")
        let named = role == "default" ? "default" : Self.quoted(role)
        let region = region.map { " REGION \(Self.quoted($0))" } ?? ""
        return """
            COPY \(load.table) (\(columns)) FROM \(Self.quoted(manifest)) IAM_ROLE \(named)\(region) \
            CSV GZIP MANIFEST\(isInPlace ? " IGNOREHEADER 1" : "") NULL AS '\\\\N' COMPUPDATE OFF STATUPDATE OFF
            """
    }

    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}

extension RedshiftStage {
    /// Puts the flat files of loads into the stage, under a name that no other load has.
    ///
    /// - Throws: ``WarehouseError`` or ``ObjectStoreError``; `CancellationError`.
    func put(
        _ loads: [BulkLoad],
        under token: String,
        fileBytes: Int,
        into store: any ObjectStore,
        on thread: BlockingThread
    ) async throws
        -> [StagedLoad]
    {
        var staged: [StagedLoad] = []
        do {
            for load in loads {
                staged.append(try await put(load, under: token, fileBytes: fileBytes, into: store, on: thread))
            }
        } catch {
            await remove(staged.flatMap(\.keys), from: store)
            throw error
        }
        return staged
    }

    private func put(
        _ load: BulkLoad,
        under token: String,
        fileBytes: Int,
        into store: any ObjectStore,
        on thread: BlockingThread
    ) async throws -> StagedLoad {
        let folder = "\(token)/\(load.table)"
        let header = Array((load.columns.map(\.name).joined(separator: ",") + "\n").utf8)
        var parts: [StagedLoad.Part] = []
        var keys: [ObjectKey] = []
        var joined = 0
        let isInPlace = load.files.allSatisfy { $0.hasPrefix("s3://") }
        if isInPlace { parts = load.files.map { StagedLoad.Part(address: $0, bytes: nil, sources: []) } }
        while !isInPlace, joined < load.files.count {
            try Task.checkCancellation()
            let waiting = Array(load.files[joined...])
            let part = try await thread.run {
                try GzipPart.join(waiting, header: header, table: load.table, untilBytes: fileBytes)
            }
            defer { GzipPart.remove(part.path) }
            joined += part.sources.count
            let key = try ObjectKey("\(folder)/part-\(parts.count).csv.gz")
            let content = try ObjectContent(file: part.path)
            try await store.put(content, at: key)
            keys.append(key)
            parts.append(StagedLoad.Part(address: address(of: key), bytes: content.size, sources: part.sources))
        }
        let key = try ObjectKey("\(folder)/manifest.json")
        try await store.put(ObjectContent(try StagedLoad.manifestText(parts)), at: key)
        return StagedLoad(load: load, manifest: address(of: key), parts: parts, keys: keys + [key])
    }

    private func address(of key: ObjectKey) -> String { "\(location)/\(key)" }

    /// Empties the stage of a load that has ended.
    ///
    /// What cannot be deleted does no harm: no later load names it, and the rule of the bucket ends it.
    func remove(_ keys: [ObjectKey], from store: any ObjectStore) async {
        for key in keys {
            do { try await store.delete(key) } catch { return }
        }
    }
}
