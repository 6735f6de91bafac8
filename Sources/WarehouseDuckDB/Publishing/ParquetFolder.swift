import ChargingModel
import Foundation
public import Warehouse

/// The mart as Parquet files in a folder, large views cut by month: `point_hour/year=2026/month=03/data.parquet`.
///
/// Each file takes its place in one step and `_manifest.json` last, so that a reader of the manifest knows when a
/// publication is whole. A file whose rows did not change is left alone.
public enum ParquetFolder {
    private static let manifestName = "_manifest.json"
    private static let fileName = "data.parquet"

    /// Writes the views that changed.
    ///
    /// - Parameters:
    ///   - source: the warehouse file; it must be free of writers.
    ///   - folder: holds nothing else.
    ///   - views: of the mart; the files of others stay.
    ///   - library: DuckDB's client library.
    ///   - replacing: whether a folder that no publication wrote may be used; strangers' files in it stay.
    ///   - progress: is told of each view.
    /// - Returns: The files, and those that were removed.
    /// - Throws: ``Warehouse/PublishError``, or ``Warehouse/WarehouseError`` where the warehouse cannot be read.
    public static func write(
        from source: String,
        to folder: String,
        views: [MartView],
        library: DuckDBLibrary,
        replacing: Bool = false,
        progress: Publication.Progress = { _, _, _ in }
    ) async throws -> Publication {
        let work = folder + "/.publishing"
        let former = try formerManifest(folder, replacing: replacing)
        try DurableFile.makeFolder(folder)
        let lock = try PublicationLock(work + ".lock", of: folder)
        defer { withExtendedLifetime(lock) {} }
        try DurableFile.remove(work)
        try DurableFile.makeFolder(work)
        do {
            let publication = try await PublishedSource.with(source, library: library, spillingInto: work + "/spill") {
                try await Writer(engine: $0, folder: folder, work: work, former: former).write(views, progress)
            }
            try DurableFile.remove(work)
            return publication
        } catch {
            try DurableFile.remove(work)
            throw PublishError.of(error, writing: folder)
        }
    }

    /// What the folder holds, as the file `_manifest.json` says it.
    struct Manifest: Codable, Hashable {
        struct File: Codable, Hashable {
            /// Below the folder.
            let path: String
            let view: String
            let rows: Int
            let bytes: Int
            let sha256: String
            /// Over the rows and the columns, whatever the order of the rows.
            let content: String
        }

        static let schema = "chargehouse.mart/1"

        let schema: String
        let martVersion: Int
        let files: [File]

        enum CodingKeys: String, CodingKey {
            case schema, files
            case martVersion = "mart_version"
        }
    }

    /// The manifest of the former publication; `nil` for a folder that is empty, or in which one was begun.
    private static func formerManifest(_ folder: String, replacing: Bool) throws -> Manifest? {
        let path = folder + "/" + manifestName
        if let data = FileManager.default.contents(atPath: path) {
            if let manifest = try? JSONDecoder().decode(Manifest.self, from: data), manifest.schema == Manifest.schema {
                return manifest
            }
        }
        guard !replacing, FileManager.default.fileExists(atPath: folder) else { return nil }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [manifestName]
        guard names.isEmpty || names.contains(where: { $0.hasPrefix(".publishing") }) else {
            throw PublishError.foreign(folder, "it holds something else (expected nothing, or a publication)")
        }
        return nil
    }

    /// One publication under way.
    private struct Writer {
        let engine: DuckDBEngine
        let folder: String
        let work: String
        let former: Manifest?

        func write(_ views: [MartView], _ progress: Publication.Progress) async throws -> Publication {
            var files: [Manifest.File] = []
            var parts: [Publication.Part] = []
            for (index, view) in views.enumerated() {
                progress(index, views.count, view.name)
                for piece in try await pieces(of: view) {
                    try Task.checkCancellation()
                    let (file, isWritten) = try await write(piece)
                    files.append(file)
                    parts.append(
                        Publication.Part(
                            name: file.path,
                            rows: file.rows,
                            digest: file.content,
                            isWritten: isWritten
                        )
                    )
                }
            }
            let names = Set(views.map(\.name))
            files += former?.files.filter { !names.contains($0.view) } ?? []
            let removed = try views.flatMap { try removeOthers(than: Set(files.map(\.path)), of: $0) }
            try writeManifest(files)
            progress(views.count, views.count, manifestName)
            return Publication(target: folder, parts: parts, removed: removed)
        }

        /// A view, or a month of it.
        private struct Piece {
            let view: MartView
            let path: String
            let condition: String
        }

        private func pieces(of view: MartView) async throws -> [Piece] {
            guard let day = view.day else {
                return [Piece(view: view, path: "\(view.name)/\(fileName)", condition: "TRUE")]
            }
            let sql = """
                SELECT DISTINCT CAST(year(\(day)) AS BIGINT) AS y, CAST(month(\(day)) AS BIGINT) AS m
                FROM \(place(of: view)) ORDER BY y, m
                """
            return try await engine.query(sql).rows.compactMap { row in
                guard case .integer(let year)? = row.first, case .integer(let month)? = row.last else { return nil }
                let digits = (month < 10 ? "0" : "") + "\(month)"
                return Piece(
                    view: view,
                    path: "\(view.name)/year=\(year)/month=\(digits)/\(fileName)",
                    condition: "\(day) >= DATE '\(year)-\(digits)-01' "
                        + "AND \(day) < DATE '\(year)-\(digits)-01' + INTERVAL 1 MONTH"
                )
            }
        }

        private func place(of view: MartView) -> String { "\(PublishedSource.name).mart.\(view.name)" }

        private func write(_ piece: Piece) async throws -> (file: Manifest.File, isWritten: Bool) {
            let names = piece.view.columns.map(\.name)
            let source = "\(place(of: piece.view)) WHERE \(piece.condition)"
            let (rows, sum) = try await engine.digest(of: names, from: source)
            let columns = piece.view.columns.map { "\($0.name) \($0.type)" }.joined(separator: ",")
            let content = ContentDigest(of: Array("\(columns) \(rows) \(sum)".utf8)).description
            let path = "\(folder)/\(piece.path)"
            if let file = former?.files.first(where: { $0.path == piece.path }), file.content == content,
                size(of: path) == file.bytes
            {
                return (file, false)
            }
            let temporary = work + "/" + fileName
            try await engine.run(
                """
                COPY (SELECT \(names.joined(separator: ", ")) FROM \(source) ORDER BY \(piece.view.key.joined(separator: ", ")))
                TO \(engine.dialect.literal(temporary)) (FORMAT parquet, COMPRESSION zstd)
                """
            )
            let written = try await engine.digest(of: names, from: parquetTable(at: temporary))
            guard written == (rows, sum) else {
                throw PublishError.unequal(path, "\(written.rows) rows read back (expected \(rows), with equal values)")
            }
            let file = Manifest.File(
                path: piece.path,
                view: piece.view.name,
                rows: rows,
                bytes: size(of: temporary) ?? 0,
                sha256: try sha256(of: temporary),
                content: content
            )
            try DurableFile.makeFolder(DurableFile.folder(of: path))
            try DurableFile.move(temporary, to: path)
            return (file, true)
        }

        /// Removes files of a view that this publication does not have: months whose rows are gone.
        private func removeOthers(than kept: Set<String>, of view: MartView) throws -> [String] {
            guard let walk = FileManager.default.enumerator(atPath: "\(folder)/\(view.name)") else { return [] }
            var found: [String] = []
            for case let below as String in walk where below.split(separator: "/").last.map(String.init) == fileName {
                found.append("\(view.name)/\(below)")
            }
            let removed = found.filter { !kept.contains($0) }.sorted()
            for path in removed {
                try DurableFile.remove("\(folder)/\(path)")
                var above = DurableFile.folder(of: "\(folder)/\(path)")
                while above != "\(folder)/\(view.name)", above.count > folder.count,
                    try FileManager.default.contentsOfDirectory(atPath: above).isEmpty
                {
                    try DurableFile.remove(above)
                    above = DurableFile.folder(of: above)
                }
            }
            return removed
        }

        private func writeManifest(_ files: [Manifest.File]) throws {
            let manifest = Manifest(
                schema: Manifest.schema,
                martVersion: Mart.version,
                files: files.sorted { $0.path < $1.path }
            )
            guard manifest != former else { return }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
            let temporary = work + "/" + manifestName
            do {
                try encoder.encode(manifest).write(to: URL(fileURLWithPath: temporary))
            } catch {
                throw PublishError.cannotWrite(temporary, error.localizedDescription)
            }
            try DurableFile.move(temporary, to: folder + "/" + manifestName)
        }

        private func size(of path: String) -> Int? {
            (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
        }

        private func sha256(of path: String) throws -> String {
            guard let file = FileHandle(forReadingAtPath: path) else {
                throw PublishError.cannotWrite(path, "it cannot be read back")
            }
            defer { file.closeFile() }
            var hasher = ContentHasher()
            while let block = try file.read(upToCount: 1 << 20), !block.isEmpty { hasher.update(Array(block)) }
            return hasher.digest().description
        }
    }
}
