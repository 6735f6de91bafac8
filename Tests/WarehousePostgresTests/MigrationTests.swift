import ChargingModel
import TestSupport
import Testing
import Warehouse
import WarehousePostgres

@Suite(.enabled(if: PostgresServer.runs, "\(PostgresServer.skipReason)"))
struct MigrationTests {
    private let now = UTCTime(seconds: 1_772_323_200)

    @Test func `an empty database gets every table, view, status and comment, without the first schema`() async throws {
        let engine = try await TestServer.engine()
        let applied = try await WarehouseMigrator.migrate(engine, now: now)
        #expect(applied.map(\.version) == Migrations.all.map(\.version).filter { $0 > 1 })
        #expect(try await WarehouseMigrator.migrate(engine, now: now).isEmpty)
        let statuses = try await engine.query("SELECT status_key, code, category FROM dim_status ORDER BY status_key")
            .rows
        let expected = ChargingStatus.allCases.map { status -> [SQLValue] in
            [.integer(Int64(status.key)), .text(status.rawValue), .text(status.category.rawValue)]
        }
        #expect(statuses == expected)
        for table in Schema.tables.map({ ($0.name, $0.grain, $0.columns.map { ($0.name, $0.meaning) }) })
            + Schema.views.map({ ($0.name, $0.grain, $0.columns.map { ($0.name, $0.meaning) }) })
        {
            let sql = """
                SELECT obj_description(CAST(? AS regclass), 'pg_class'), a.attname,
                    col_description(a.attrelid, a.attnum) FROM pg_attribute a
                WHERE a.attrelid = CAST(? AS regclass) AND a.attnum > 0 ORDER BY a.attnum
                """
            let name = SQLValue.text("\"\(table.0)\"")
            let rows = try await engine.query(sql, [name, name]).rows
            #expect(rows == table.2.map { [.text(table.1), .text($0.0), .text($0.1)] }, "\(table.0)")
        }
        try await engine.close()
    }

    @Test func `the mart and its comments lie in a schema of their own, which may be there before`() async throws {
        let database = try PostgresServer.shared().createDatabase()
        try PostgresServer.shared().psql("REVOKE CREATE ON DATABASE \(database) FROM keeper", database: database)
        try PostgresServer.shared().psql("ALTER DATABASE \(database) OWNER TO postgres", database: database)
        try PostgresServer.shared().psql("GRANT CREATE ON SCHEMA public TO keeper", database: database)
        let engine = try await TestServer.engine(on: database)
        let refused = await #expect(throws: WarehouseError.self) {
            try await WarehouseMigrator.migrate(engine, now: now)
        }
        #expect(refused?.kind == .denied)
        try PostgresServer.shared().psql("CREATE SCHEMA mart AUTHORIZATION keeper", database: database)
        try await WarehouseMigrator.migrate(engine, now: now)
        let sql = """
            SELECT c.relname, obj_description(c.oid, 'pg_class'), a.attname, col_description(a.attrelid, a.attnum)
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'mart' AND a.attnum > 0
            """
        let found = try await engine.query(sql).rows
        let expected = Mart.views.flatMap { view in
            view.columns.map { column -> [SQLValue] in
                [.text(view.name), .text(view.grain), .text(column.name), .text(column.comment)]
            }
        }
        #expect(Set(found) == Set(expected))
        try await engine.close()
    }

    @Test func `a newer warehouse and another history are refused`() async throws {
        let engine = try await TestServer.engine()
        try await WarehouseMigrator.migrate(engine, now: now)
        try await engine.transact([.statement("UPDATE etl_schema_version SET checksum = 'x' WHERE version = 2")])
        let changed = await #expect(throws: WarehouseError.self) {
            try await WarehouseMigrator.migrate(engine, now: now)
        }
        #expect(changed?.kind == .schemaMismatch)
        try await engine.transact([.statement("UPDATE etl_schema_version SET version = 99 WHERE version = 2")])
        let newer = await #expect(throws: WarehouseError.self) { try await WarehouseMigrator.migrate(engine, now: now) }
        #expect(newer?.kind == .schemaMismatch)
        #expect(newer?.detail.contains("schema version 99") == true)
        try await engine.close()
    }

    @Test func `the calendar's statements make the rows of the calendar, once`() async throws {
        let engine = try await TestServer.engine()
        try await WarehouseMigrator.migrate(engine, now: now)
        let first = try #require(UTCDay("2026-10-20"))
        let last = try #require(UTCDay("2027-01-03"))
        let zones: Set = ["Europe/Berlin", "Asia/Kolkata"]
        for _ in 0..<2 {
            try await engine.transact(WarehouseCalendar.steps(toCover: first...last, zones: zones, in: .postgreSQL))
        }
        for zone in zones.union(["UTC"]) {
            let sql = """
                SELECT hour_utc, utc_date, local_ts, local_date, local_hour, hour_of_week, utc_offset_s, is_dst
                FROM dim_hour WHERE tz_name = ? ORDER BY hour_utc
                """
            let expected = try (first...last).flatMap { try WarehouseCalendar.hours(of: $0, zone: zone) }
            let rows = expected.map { hour -> [SQLValue] in
                [
                    .timestamp(hour.hour), .date(hour.hour.day), .timestamp(hour.localTime), .date(hour.localDate),
                    .integer(Int64(hour.localHour)), .integer(Int64(hour.hourOfWeek)),
                    .integer(Int64(hour.utcOffset)), .boolean(hour.isDaylightSaving),
                ]
            }
            #expect(try await engine.query(sql, [.text(zone)]).rows == rows)
        }
        try await engine.close()
    }
}
