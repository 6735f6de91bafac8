import ChargingModel
import Cleaning

/// The steps that load one batch of slices.
struct LoadTransaction {
    let batch: [SliceManifest]
    let store: SliceStore
    let run: SliceLoader.Run
    let placeTables: PlaceTables
    let dialect: SQLDialect
    /// Why slices are loaded again, by load id.
    let reasons: [Int64: String]

    func steps(startedAt: UTCTime) -> [TransactionStep] {
        var steps = stage()
        steps += statements([PointLives.noteFormer])
        for entity in [VersionedEntity.chargingOperator, .station, .point] { steps += rederive(entity) }
        steps += statements(PointLives.derive)
        steps += rederive(.connector)
        steps += statements([VersionedEntity.station, .point, .connector].map(\.deriveMatch))
        steps += statements(AttributeSets.replace(in: dialect) + AttributeSets.addStatusTexts(in: dialect))
        steps += FactTable.all.flatMap { statements($0.replaceSlices(in: dialect)) + [$0.arrivalCheck] }
        steps += statements(feeds() + followMoves() + PointCopies.replace)
        steps += statements(HourlyAggregate(dialect: dialect).replaceSlices)
        steps += statements(AttributeSets.settleStatusTexts)
        steps += statements(placeTables.replace + lineage())
        steps += statements(commitMarkers(startedAt: startedAt))
        steps += VersionedEntity.all.flatMap(\.checks) + PlaceTables.checks
        if dialect.trustsKeys { steps += keyChecks }
        return steps + statements(cleanUp())
    }

    private func statements(_ texts: [String]) -> [TransactionStep] {
        texts.map(TransactionStep.statement)
    }

    /// Flat files into temporary tables, with guards.
    private func stage() -> [TransactionStep] {
        var steps = statements(slices)
        for kind in FlatFileKind.allCases {
            let table = "stg_\(kind.rawValue)"
            let columns = kind.columns.map { ColumnDefinition($0.name, $0.kind.columnType) }
            let list = columns.map { "\($0.name) \(dialect.typeName(of: $0))" }.joined(separator: ", ")
            let files = batch.flatMap { manifest in
                manifest.files.filter { $0.kind == kind && $0.rows > 0 }.map { store.path(of: $0, in: manifest) }
            }
            steps.append(.statement("CREATE TEMP TABLE \(table) (\(list))"))
            if !files.isEmpty {
                steps.append(.bulkLoad(BulkLoad(table: table, columns: columns, files: files)))
            }
            steps.append(rowCountCheck(kind, table))
        }
        return steps + FactTable.all.flatMap { $0.stagingChecks(in: dialect) }
    }

    /// The slices of the batch, with the rows that their manifests promise.
    private var slices: [String] {
        let counts = FlatFileKind.allCases.map { ColumnDefinition("\($0.rawValue)_rows", .bigint) }
        let columns =
            [
                ColumnDefinition("feed_key", .bigint), ColumnDefinition("utc_date", .date),
                ColumnDefinition("load_id", .bigint), ColumnDefinition("family", .text(64)),
                ColumnDefinition("status_map", .text(200)), ColumnDefinition("raw_uri", .text(512)),
            ] + counts
        let rows = batch.map { manifest in
            let rows = FlatFileKind.allCases.map { kind in
                "\(manifest.files.filter { $0.kind == kind }.reduce(0) { $0 + $1.rows })"
            }
            let values =
                [
                    dialect.literal(manifest.feed.id.key.value), dialect.literal(manifest.day),
                    dialect.literal(manifest.loadID), dialect.literal(manifest.feed.family), text(manifest.statusMap),
                    dialect.literal(manifest.rawPack),
                ] + rows
            return "(\(values.joined(separator: ", ")))"
        }
        let list = columns.map { "\($0.name) \(dialect.typeName(of: $0))" }.joined(separator: ", ")
        return [
            "CREATE TEMP TABLE stg_slice (\(list))",
            "INSERT INTO stg_slice VALUES \(rows.joined(separator: ",\n"))",
        ]
    }

    /// As many rows as the manifests say, slice by slice.
    private func rowCountCheck(_ kind: FlatFileKind, _ table: String) -> TransactionStep {
        let expected = "e.\(kind.rawValue)_rows"
        return .check(
            name: "\(table): as many rows as the manifest says",
            sql: """
                SELECT e.load_id, \(expected), COALESCE(s.found, 0) AS found FROM stg_slice e
                LEFT JOIN (SELECT load_id, COUNT(*) AS found FROM \(table) GROUP BY load_id) s ON s.load_id = e.load_id
                WHERE \(expected) <> COALESCE(s.found, 0) ORDER BY e.load_id
                """
        )
    }

    private func rederive(_ entity: VersionedEntity) -> [TransactionStep] {
        var texts = [
            entity.collectContinued(in: dialect), entity.continueVersions(in: dialect), entity.collectTouched,
        ]
        texts += entity.replaceSeen(in: dialect)
        texts += entity.deriveChain(in: dialect) + [entity.collectChanged]
        return statements(texts + entity.replaceDimension)
    }

    /// Facts of other slices follow their object's versions, and those slices are aggregated again.
    private func followMoves() -> [String] {
        [
            "CREATE TEMP TABLE moved_slice AS "
                + FactTable.all.map(\.collectMoved).joined(separator: "\nUNION\n")
        ] + FactTable.all.map(\.rekeyMoved) + [
            """
            CREATE TEMP TABLE agg_slice AS
            SELECT s.feed_key, s.utc_date FROM stg_slice s UNION SELECT m.feed_key, m.utc_date FROM moved_slice m
            """
        ]
    }

    /// The keys that no other check covers, in the rows that the load wrote.
    private var keyChecks: [TransactionStep] {
        let loaded = FactTable.all.map { ($0.name, "utc_date") } + VersionedEntity.all.map { ($0.versions, "utc_date") }
        let slices = (loaded + [("etl_poll", "utc_date"), ("fact_open_time", "utc_date"), ("etl_load", "slice_date")])
            .flatMap { name, day in
                Schema.table(name)?.duplicateChecks(where: VersionedEntity.isInSlices(name, day: day)) ?? []
            }
        let whole =
            ["dim_feed", "dim_status", "dim_date", "dim_hour", "dim_holiday", "map_status"]
            + Schema.attributeSets.map(\.name) + ["etl_point_copy"]
        return slices + whole.flatMap { Schema.table($0)?.duplicateChecks() ?? [] }
    }

    /// The polls and rejects of the slices.
    private func lineage() -> [String] {
        let polls = FlatFileKind.polls.columns.map(\.name).filter { $0 != "load_id" }
        let fittedPolls = Schema.fitted(polls, of: "p", to: "etl_poll", in: dialect)
        let rejects = FlatFileKind.rejects.columns.map(\.name).joined(separator: ", ")
        return [
            VersionedEntity.deleteSlices(from: "etl_poll"),
            """
            INSERT INTO etl_poll (\(polls.joined(separator: ", ")), raw_uri)
            SELECT \(fittedPolls.joined(separator: ", ")), CASE WHEN p.page_count > 0 THEN s.raw_uri END
            FROM stg_polls p JOIN stg_slice s ON s.feed_key = p.feed_key AND s.utc_date = p.utc_date
            ORDER BY p.utc_date, p.feed_key, p.slot_utc
            """,
            VersionedEntity.deleteSlices(from: "etl_reject"),
            "INSERT INTO etl_reject (\(rejects)) SELECT \(fitted("etl_reject", rejects)) FROM stg_rejects",
        ]
    }

    private func fitted(_ table: String, _ columns: String) -> String {
        Schema.fitted(columns.split(separator: ", ").map(String.init), to: table, in: dialect).joined(separator: ", ")
    }

    private func feeds() -> [String] {
        let latest = Dictionary(batch.map { ($0.feed.id, $0.feed) }, uniquingKeysWith: { _, last in last })
        return latest.values.sorted { $0.id < $1.id }.flatMap { feed in
            let key = dialect.literal(feed.id.key.value)
            let values = [
                key, dialect.literal(feed.id.description), dialect.literal(feed.family), dialect.literal(feed.adapter),
                dialect.literal(feed.url), dialect.literal(feed.timeZone), "\(feed.intervalSeconds)",
                "\(feed.maximumGapSeconds)", dialect.literal(feed.needsCredentials), text(feed.licence),
                text(feed.attribution), text(feed.notes), dialect.literal(feed.isEnabled),
            ]
            let columns = [
                "feed_key", "feed_id", "family", "adapter", "url", "tz_name", "interval_s", "max_gap_s",
                "needs_credentials", "licence", "attribution", "notes", "active",
            ]
            return [
                "DELETE FROM dim_feed WHERE feed_key = \(key)",
                """
                INSERT INTO dim_feed (\(columns.joined(separator: ", ")))
                VALUES (\(fitted("dim_feed", columns, values).joined(separator: ", ")))
                """,
            ]
        }
    }

    /// The slices are loaded when these rows are there.
    private func commitMarkers(startedAt: UTCTime) -> [String] {
        let finishedAt = run.now()
        let columns = [
            "load_id", "target", "feed_key", "slice_date", "input_hash", "code_version", "schema_version", "status",
            "run_id", "started_at", "finished_at", "rows_in", "rows_rejected", "rows_read", "rows_kept",
            "manifest_uri", "host", "reason", "adapter", "mapping_version", "status_map", "rules_version", "inputs",
        ]
        let rows = batch.map { manifest in
            let values = [
                dialect.literal(manifest.loadID), dialect.literal(dialect.rawValue),
                dialect.literal(manifest.feed.id.key.value), dialect.literal(manifest.day),
                dialect.literal(manifest.inputHash.description), dialect.literal(run.codeVersion),
                "\(Migrations.all.last?.version ?? 0)", "'loaded'", text(run.id), dialect.literal(startedAt),
                dialect.literal(finishedAt), "\(manifest.files.reduce(0) { $0 + $1.rows })",
                "\(manifest.rejected.total)", "\(manifest.read.total)", "\(manifest.kept.total)",
                dialect.literal(store.recordedManifest(manifest.feed.id, manifest.day)), dialect.literal(run.host),
                text(reasons[manifest.loadID]), dialect.literal(manifest.feed.adapter), "\(manifest.mappingVersion)",
                text(manifest.statusMap), "\(manifest.rulesVersion)", text(manifest.inputs?.text),
            ]
            return "(\(fitted("etl_load", columns, values).joined(separator: ", ")))"
        }
        return [
            VersionedEntity.deleteSlices(from: "etl_load", day: "slice_date"),
            """
            INSERT INTO etl_load (\(columns.joined(separator: ", ")))
            VALUES \(rows.joined(separator: ",\n"))
            """,
        ]
    }

    /// Values that columns of a table can hold.
    private func fitted(_ table: String, _ columns: [String], _ values: [String]) -> [String] {
        let types = Schema.table(table)?.columnTypes ?? [:]
        return zip(columns, values).map { column, value in
            types[column].map { dialect.fitted(value, to: $0) } ?? value
        }
    }

    private func text(_ value: String?) -> String {
        value.map { dialect.literal($0) } ?? "NULL"
    }

    private func cleanUp() -> [String] {
        let entities = VersionedEntity.all.flatMap { [$0.continued, $0.touched, $0.numbered, $0.chain, $0.changed] }
        let matches = [VersionedEntity.station, .point, .connector].map(\.match)
        let staged = FlatFileKind.allCases.map { "stg_\($0.rawValue)" }
        return (["stg_slice", "moved_slice", "agg_slice", "known_life", "point_life"] + entities + matches + staged)
            .map { "DROP TABLE \($0)" }
    }
}

extension FlatColumn.Kind {
    /// The type that a staging table gives the column.
    var columnType: ColumnType {
        switch self {
        case .bigint: .bigint
        case .integer: .integer
        case .double: .double
        case .boolean: .boolean
        case .date: .date
        case .timestamp: .timestamp
        case .json: .json
        case .text: .text(65_535)
        }
    }
}

extension SliceManifest {
    /// The pack behind the slice's day, below the archive's folder.
    fileprivate var rawPack: String { "\(feed.id)/\(day.description.prefix(4))/\(day).warc.zst" }
}
