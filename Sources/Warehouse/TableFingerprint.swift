public import ChargingModel

/// What a table holds, as one digest: equal contents, equal digest, on every engine and machine.
public struct TableFingerprint: Hashable, Sendable {
    /// The name of the table.
    public let table: String
    /// The number of rows.
    public let rows: Int
    /// The digest of the rows, sorted, without the columns that say when and where a load ran.
    public let digest: ContentDigest

    /// Columns that say when and where a load ran, not what it loaded.
    static let wallTimeColumns: Set = [
        "applied_at", "started_at", "finished_at", "run_id", "host", "manifest_uri", "code_version", "target",
        "reason",
    ]

    /// The tables that loading writes: two warehouses with equal input have equal ones.
    ///
    /// `etl_quality_result` is left out: `check` writes it, and rules about age depend on when it ran.
    public static let comparedTables = Schema.tables.filter {
        !["etl_schema_version", "etl_quality_result"].contains($0.name)
    }

    /// The columns of a table that are compared.
    ///
    /// `etl_poll` keeps its times: they are the poll's, not the load's.
    public static func comparedColumns(of table: TableDefinition) -> [String] {
        table.name == "etl_poll" ? table.columnNames : table.columnNames.filter { !wallTimeColumns.contains($0) }
    }

    /// The fingerprints of ``comparedTables``, in the order of the schema.
    public static func all(of engine: some WarehouseEngine) async throws -> [TableFingerprint] {
        var fingerprints: [TableFingerprint] = []
        for table in comparedTables {
            let list = comparedColumns(of: table).joined(separator: ", ")
            let result = try await engine.query("SELECT \(list) FROM \(table.name)", [])
            // Sorted here: engines order texts differently.
            let lines = result.rows.map { row in
                Array((row.map { String(describing: $0) }.joined(separator: "\u{1F}") + "\n").utf8)
            }
            var hasher = ContentHasher()
            for line in lines.sorted(by: { $0.lexicographicallyPrecedes($1) }) { hasher.update(line) }
            fingerprints.append(
                TableFingerprint(table: table.name, rows: result.rows.count, digest: hasher.digest())
            )
        }
        return fingerprints
    }
}
