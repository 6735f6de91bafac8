import ArgumentParser
import ChargingModel
import Foundation
import Warehouse
import WarehouseDuckDB
import WarehousePostgres

/// `chargehouse publish`.
struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Copy the warehouse, or its mart, to where tools can read it.",
        discussion: """
            A publication takes its place when it is whole; readers keep what they have open.

            Examples:
              chargehouse publish duckdb /srv/bi/charging.duckdb
              chargehouse publish parquet /srv/bi/charging --only point_hour
            """,
        subcommands: [PublishDuckDBCommand.self, PublishParquetCommand.self, PublishPostgresCommand.self]
    )
}

/// `chargehouse publish duckdb`.
struct PublishDuckDBCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duckdb",
        abstract: "Write a snapshot: a DuckDB file with every table and view, readable from DuckDB 1.4 on.",
        discussion: """
            Examples:
              chargehouse publish duckdb /srv/bi/charging.duckdb
              CHARGEHOUSE_WAREHOUSE=/srv/bi/charging.duckdb chargehouse report utilization --by city
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var publishing: PublishOptions

    @Argument(help: "The file.")
    var path: String

    func run() async throws {
        let source = try PublishSource(options.settings())
        let progress = ProgressLine("publish", isQuiet: options.quiet || publishing.json)
        let publication = try await DuckDBSnapshot.write(
            from: source.path,
            to: path,
            library: source.library,
            replacing: publishing.replace,
            progress: { progress.update($0, of: $1, $2) }
        )
        try publishing.report(publication, unit: "tables", isQuiet: options.quiet)
    }
}

/// `chargehouse publish parquet`.
struct PublishParquetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parquet",
        abstract: "Write the mart as Parquet files, large views by year and month; unchanged files stay.",
        discussion: """
            Examples:
              chargehouse publish parquet /srv/bi/charging
              chargehouse publish parquet /srv/bi/charging --only point_hour --only charging_station
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var publishing: PublishOptions

    @Argument(help: "The folder.")
    var folder: String

    @Option(
        name: .long,
        help: ArgumentHelp("Only this view of the mart; can be given several times.", valueName: "view")
    )
    var only: [String] = []

    func run() async throws {
        let views = try Mart.views(named: only)
        let source = try PublishSource(options.settings())
        let progress = ProgressLine("publish", isQuiet: options.quiet || publishing.json)
        let publication = try await ParquetFolder.write(
            from: source.path,
            to: folder,
            views: views,
            library: source.library,
            replacing: publishing.replace,
            progress: { progress.update($0, of: $1, $2) }
        )
        try publishing.report(publication, unit: "files", isQuiet: options.quiet)
    }
}

/// `chargehouse publish postgresql`.
struct PublishPostgresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postgresql",
        abstract: "Copy the mart into tables of a PostgreSQL database, schema chargehouse_mart.",
        discussion: """
            A password comes from PGPASSWORD, ~/.pgpass, or postgres.password_file in the configuration.

            Examples:
              chargehouse publish postgresql postgresql://ada@db.example.org/bi
              chargehouse publish postgresql postgresql://ada@db.example.org/bi --only point_day
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var publishing: PublishOptions

    @Argument(help: "The address of the database.")
    var address: String

    @Option(
        name: .long,
        help: ArgumentHelp("Only this view of the mart; can be given several times.", valueName: "view")
    )
    var only: [String] = []

    func run() async throws {
        let views = try Mart.views(named: only)
        let settings = try options.settings()
        let source = try PublishSource(settings)
        let library = try PostgresLibrary.locate(environment: ProcessInfo.processInfo.environment)
        var postgres = settings.postgres
        postgres.password = try settings.postgresPasswordFile.map(WarehouseTarget.password)
        let target = try PostgresAddress(address, library: library)
        // Asked for first: a wrong password is told before the work, not after it.
        let engine = try await PostgresEngine.open(address: target, library: library, options: postgres)
        do {
            let publication = try await copy(views, of: source, to: engine)
            try await engine.close()
            try publishing.report(publication, unit: "tables", isQuiet: options.quiet)
        } catch {
            try await engine.close()
            throw error
        }
    }

    private func copy(
        _ views: [MartView],
        of source: PublishSource,
        to engine: PostgresEngine
    ) async throws -> Publication {
        let progress = ProgressLine("publish", isQuiet: options.quiet || publishing.json)
        let folder = FileManager.default.temporaryDirectory.path + "/chargehouse-publish-\(UUID().uuidString)"
        let write = { @Sendable (files: [MartFiles.File]) in
            let tables = files.map { PublishedSchema.Table(view: $0.view, file: $0.path, rows: $0.rows) }
            try await PublishedSchema.write(tables, to: engine, replacing: publishing.replace)
            return Publication(
                target: "\(engine.address), schema \(PublishedSchema.name)",
                parts: files.map {
                    Publication.Part(name: $0.view.name, rows: $0.rows, digest: $0.digest, isWritten: true)
                }
            )
        }
        return try await MartFiles.with(
            views,
            of: source.path,
            library: source.library,
            in: folder,
            progress: { progress.update($0, of: $1, $2) },
            write
        )
    }
}

/// What all targets of `publish` have in common.
struct PublishOptions: ParsableArguments {
    @Flag(name: .long, help: "Give up what is there, also where no publication wrote it.")
    var replace = false

    @Flag(name: .long, help: "Print a summary as one JSON object.")
    var json = false

    func report(_ publication: Publication, unit: String, isQuiet: Bool) throws {
        if json { return Console.output(try PublicationJSON(publication).text) }
        guard !isQuiet else { return }
        let written = publication.parts.filter(\.isWritten)
        let rows = written.reduce(0) { $0 + $1.rows }
        Console.note(
            "publish: \(written.count) \(unit) with \(rows) rows written, "
                + "\(publication.parts.count - written.count) unchanged, \(publication.removed.count) removed: "
                + publication.target
        )
    }
}

/// The summary of `publish` for schedulers.
private struct PublicationJSON: Encodable {
    let schema = "chargehouse.publish/1"
    let target: String
    let parts: [Publication.Part]
    let removed: [String]

    init(_ publication: Publication) {
        target = publication.target
        parts = publication.parts
        removed = publication.removed
    }

    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

/// The warehouse that is published: a DuckDB file.
private struct PublishSource {
    let path: String
    let library: DuckDBLibrary

    init(_ settings: Settings) throws {
        guard case .duckDB(let path) = try settings.warehouseTarget() else {
            throw WarehouseError(
                .unsupported,
                subject: "publish",
                detail: "the warehouse is a server (expected a DuckDB file: a server needs no copy to be read)",
                kept: "what was published before",
                remedy: "let the tools read the schema mart of the warehouse: docs/guide/business-intelligence.md"
            )
        }
        guard FileManager.default.fileExists(atPath: path) else { throw WarehouseTarget.missing(path, "a DuckDB file") }
        self.path = path
        library = try DuckDBLibrary.locate(environment: ProcessInfo.processInfo.environment)
    }
}
