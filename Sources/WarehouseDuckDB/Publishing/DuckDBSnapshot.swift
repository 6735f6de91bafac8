import Foundation
public import Warehouse

/// A copy of the warehouse for readers: one DuckDB file with every table and view, that takes its place in one step.
///
/// The format is that of DuckDB 1.4, which later versions read too.
public enum DuckDBSnapshot {
    private static let format = "v1.4.0"
    private static let name = "snapshot"

    /// Writes a copy beside `path`, compares it with the warehouse, and puts it in its place.
    ///
    /// Readers that have the former file open keep it. A process that dies leaves the former file, and beside it
    /// `path.publishing`, which the next publication removes.
    ///
    /// - Parameters:
    ///   - source: the warehouse file; it must be free of writers.
    ///   - path: of the copy.
    ///   - library: DuckDB's client library.
    ///   - replacing: whether what is no snapshot may be given up.
    ///   - progress: is told of each table.
    /// - Returns: The tables.
    /// - Throws: ``Warehouse/PublishError``, or ``Warehouse/WarehouseError`` where the warehouse cannot be read.
    public static func write(
        from source: String,
        to path: String,
        library: DuckDBLibrary,
        replacing: Bool = false,
        progress: Publication.Progress = { _, _, _ in }
    ) async throws -> Publication {
        let temporary = path + ".publishing"
        try DurableFile.makeFolder(DurableFile.folder(of: path))
        try await checkTarget(path, of: source, library, replacing: replacing)
        let lock = try PublicationLock(temporary + ".lock", of: path)
        defer { withExtendedLifetime(lock) {} }
        func removeTemporary() throws {
            for ending in ["", ".wal", ".spill"] { try DurableFile.remove(temporary + ending) }
        }
        try removeTemporary()
        do {
            let parts = try await PublishedSource.with(source, library: library, spillingInto: temporary + ".spill") {
                try await copy(to: temporary, on: $0, progress)
            }
            // A log beside the former file would be replayed into the new one.
            if replacing { try DurableFile.remove(path + ".wal") }
            try DurableFile.move(temporary, to: path)
            try removeTemporary()
            return Publication(target: path, parts: parts)
        } catch {
            try removeTemporary()
            throw PublishError.of(error, writing: path)
        }
    }

    private static func copy(
        to temporary: String,
        on engine: DuckDBEngine,
        _ progress: Publication.Progress
    ) async throws -> [Publication.Part] {
        let file = engine.dialect.literal(temporary)
        try await engine.run("ATTACH \(file) AS \(name) (STORAGE_VERSION '\(format)')")
        try await engine.run("USE \(name)")
        for (index, table) in Schema.tables.enumerated() {
            progress(index, Schema.tables.count, table.name)
            try await engine.run(table.createStatement(in: .duckDB))
            let columns = table.columnNames.joined(separator: ", ")
            try await engine.run(
                "INSERT INTO \(table.name) SELECT \(columns) FROM \(PublishedSource.name).main.\(table.name)"
            )
        }
        for view in Schema.views { try await engine.run(view.createStatement(in: .duckDB)) }
        let place = Mart.Place(schema: "main")
        for statement in Mart.createStatements(in: .duckDB) { try await engine.run(place.naming(statement)) }
        try await engine.run("USE memory")
        // Closed and opened again: what is compared is what the file holds.
        try await engine.run("CHECKPOINT \(name)")
        try await engine.run("DETACH \(name)")
        try await engine.run("ATTACH \(file) AS \(name) (READ_ONLY)")
        let parts = try await compare(on: engine)
        try await engine.run("DETACH \(name)")
        progress(Schema.tables.count, Schema.tables.count, "compared")
        return parts
    }

    private static func compare(on engine: DuckDBEngine) async throws -> [Publication.Part] {
        var parts: [Publication.Part] = []
        for table in Schema.tables {
            let found = try await engine.digest(of: table.columnNames, from: "\(name).main.\(table.name)")
            let expected = try await engine.digest(
                of: table.columnNames,
                from: "\(PublishedSource.name).main.\(table.name)"
            )
            guard found == expected else {
                throw PublishError.unequal(
                    table.name,
                    "\(found.rows) rows with digest \(found.digest) (expected \(expected.rows) with \(expected.digest))"
                )
            }
            parts.append(
                Publication.Part(name: table.name, rows: found.rows, digest: found.digest, isWritten: true)
            )
        }
        return parts
    }

    /// Whether the place is free, or holds a snapshot.
    private static func checkTarget(
        _ path: String,
        of source: String,
        _ library: DuckDBLibrary,
        replacing: Bool
    ) async throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        guard identity(path) != identity(source) else {
            throw PublishError.foreign(path, "this is the warehouse itself (expected another file)")
        }
        guard !replacing else { return }
        guard !FileManager.default.fileExists(atPath: path + ".wal") else {
            throw PublishError.foreign(path, "someone writes to it: \(path).wal exists (expected readers only)")
        }
        var isSnapshot = false
        do {
            let options = DuckDBOptions(isReadOnly: true)
            let engine = try await DuckDBEngine.open(path: path, library: library, options: options)
            isSnapshot = try await WarehouseMigrator.version(of: engine) > 0
            try await engine.close()
        } catch let error as WarehouseError where error.kind == .openFailed {
            isSnapshot = false
        }
        guard isSnapshot else {
            throw PublishError.foreign(path, "it holds something else (expected nothing, or a snapshot)")
        }
    }

    private static func identity(_ path: String) -> [UInt64] {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? [UInt64(status.st_dev), UInt64(status.st_ino)] : []
    }
}
