import ArgumentParser
import Sources
import Warehouse

/// `chargehouse migrate`.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Create the warehouse's tables, or bring them to this version.",
        discussion: """
            load and run do it too; alone it serves where another user, with more rights, makes the tables.

            Examples:
              chargehouse migrate
              CHARGEHOUSE_WAREHOUSE=postgresql://owner@localhost/charging chargehouse migrate
            """
    )

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let settings = try options.settings()
        let pipeline = try Pipeline(settings: settings, catalog: settings.catalog(), isQuiet: options.quiet)
        let applied = try await pipeline.withWarehouse { engine in
            try await WarehouseMigrator.migrate(engine, now: systemTime(), codeVersion: Version.text)
        }
        for migration in applied { Console.output("migrated to schema \(migration.version): \(migration.name)") }
        if applied.isEmpty { Console.output("schema \(Migrations.currentVersion): up to date") }
    }
}
