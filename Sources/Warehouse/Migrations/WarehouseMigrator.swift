public import ChargingModel

/// Brings a warehouse to the version of this code.
public enum WarehouseMigrator {
    /// A migration that was applied.
    public struct Applied: Sendable, Hashable {
        /// Its number.
        public let version: Int
        /// What it does.
        public let name: String
    }

    /// Applies the migrations that the warehouse does not have yet, each in a transaction of its own.
    ///
    /// - Parameters:
    ///   - engine: the warehouse; an empty database is one.
    ///   - now: becomes `applied_at`.
    ///   - codeVersion: becomes `code_version`.
    ///   - migrations: the history; tests pass others.
    /// - Returns: The migrations that were applied; none where the warehouse was up to date.
    /// - Throws: ``WarehouseError`` with `schemaMismatch` where the warehouse is newer than this code or has another
    ///   history.
    @discardableResult
    public static func migrate(
        _ engine: some WarehouseEngine,
        now: UTCTime,
        codeVersion: String = "development",
        migrations: [Migration] = Migrations.all
    ) async throws -> [Applied] {
        let present = try await appliedChecksums(engine)
        try checkHistory(present, of: migrations, in: engine.dialect)
        var applied: [Applied] = []
        for migration in migrations
        where present[migration.version] == nil && migration.dialects.contains(engine.dialect) {
            let place = try await Mart.Place(of: engine)
            let steps =
                try await place.naming(migration.statements(for: engine.dialect), on: engine) + [
                    record(migration, now: now, codeVersion: codeVersion, in: engine.dialect)
                ]
            try await engine.transact(steps.map(TransactionStep.statement))
            applied.append(Applied(version: migration.version, name: migration.name))
        }
        return applied
    }

    /// The version of the warehouse's schema; 0 for an empty database.
    public static func version(of engine: some WarehouseEngine) async throws -> Int {
        try await appliedChecksums(engine).keys.max() ?? 0
    }

    private static func appliedChecksums(_ engine: some WarehouseEngine) async throws -> [Int: String] {
        // Every engine has information_schema; on Redshift it is leader-only, which this query is too.
        let tables = try await engine.query(
            """
            SELECT table_name FROM information_schema.tables
            WHERE table_name = 'etl_schema_version' AND table_schema = CURRENT_SCHEMA()
            """,
            []
        )
        guard !tables.rows.isEmpty else { return [:] }
        let rows = try await engine.query("SELECT version, checksum FROM etl_schema_version ORDER BY version", []).rows
        var checksums: [Int: String] = [:]
        for row in rows {
            if case .integer(let version)? = row.first, case .text(let checksum)? = row.last {
                checksums[Int(version)] = checksum
            }
        }
        return checksums
    }

    private static func checkHistory(
        _ present: [Int: String],
        of migrations: [Migration],
        in dialect: SQLDialect
    ) throws(WarehouseError) {
        let newest = migrations.last?.version ?? 0
        if let found = present.keys.max(), found > newest {
            throw WarehouseError(
                .schemaMismatch,
                subject: "warehouse",
                detail: "schema version \(found) (this chargehouse knows versions up to \(newest))",
                kept: "nothing was changed",
                remedy: "use the newer chargehouse that wrote it, or rebuild from the raw archive: chargehouse rebuild"
            )
        }
        for migration in migrations {
            guard let found = present[migration.version] else { continue }
            let expected = try migration.checksum(for: dialect)
            guard found == expected else {
                throw WarehouseError(
                    .schemaMismatch,
                    subject: "warehouse",
                    detail: """
                        migration \(migration.version) \"\(migration.name)\" has checksum \(found.prefix(12)) \
                        (expected \(expected.prefix(12))): another version of chargehouse made this schema
                        """,
                    kept: "nothing was changed",
                    remedy: "rebuild from the raw archive into a new file: chargehouse rebuild"
                )
            }
        }
    }

    private static func record(
        _ migration: Migration,
        now: UTCTime,
        codeVersion: String,
        in dialect: SQLDialect
    ) throws(WarehouseError) -> String {
        let values = [
            "\(migration.version)", dialect.literal(migration.name),
            dialect.literal(try migration.checksum(for: dialect)), dialect.literal(now), dialect.literal(codeVersion),
        ]
        return """
            INSERT INTO etl_schema_version (version, name, checksum, applied_at, code_version) \
            VALUES (\(values.joined(separator: ", ")))
            """
    }
}
