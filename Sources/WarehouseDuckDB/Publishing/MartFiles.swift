import Foundation
public import Warehouse

/// The mart as flat files, for another engine to load.
public enum MartFiles {
    /// One view as a file.
    public struct File: Sendable {
        /// What it holds.
        public let view: MartView
        /// Gzipped CSV with a header, `\N` for NULL.
        public let path: String
        /// Rows in it.
        public let rows: Int
        /// A digest of the rows, whatever their order.
        public let digest: String
    }

    /// Writes views as files into a folder and runs a body with them; the folder is removed afterwards.
    ///
    /// - Throws: ``Warehouse/PublishError``, ``Warehouse/WarehouseError``, or what `body` throws.
    public static func with<Value>(
        _ views: [MartView],
        of source: String,
        library: DuckDBLibrary,
        in folder: String,
        progress: Publication.Progress = { _, _, _ in },
        _ body: ([File]) async throws -> Value
    ) async throws -> Value {
        try DurableFile.makeFolder(folder)
        do {
            let files = try await PublishedSource.with(source, library: library, spillingInto: folder + "/spill") {
                try await write(views, on: $0, into: folder, progress)
            }
            let value = try await body(files)
            try DurableFile.remove(folder)
            return value
        } catch {
            try DurableFile.remove(folder)
            throw PublishError.of(error, writing: folder)
        }
    }

    private static func write(
        _ views: [MartView],
        on engine: DuckDBEngine,
        into folder: String,
        _ progress: Publication.Progress
    ) async throws -> [File] {
        var files: [File] = []
        for (index, view) in views.enumerated() {
            progress(index, views.count, view.name)
            let names = view.columns.map(\.name)
            let source = "\(PublishedSource.name).mart.\(view.name)"
            let path = "\(folder)/\(view.name).csv.gz"
            let (rows, digest) = try await engine.digest(of: names, from: source)
            // A text that is \N itself is quoted by DuckDB, and so is no NULL.
            try await engine.run(
                """
                COPY (SELECT \(names.joined(separator: ", ")) FROM \(source) ORDER BY \(view.key.joined(separator: ", ")))
                TO \(engine.dialect.literal(path)) (FORMAT csv, HEADER true, NULLSTR '\\N', COMPRESSION gzip)
                """
            )
            files.append(File(view: view, path: path, rows: rows, digest: digest))
        }
        progress(views.count, views.count, "written")
        return files
    }
}
