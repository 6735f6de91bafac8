import ChargingModel
import Testing
import Warehouse

struct SQLDialectTests {
    @Test(arguments: [
        (SQLDialect.duckDB, "DATE_DIFF('second', a, b)"),
        (.postgreSQL, "CAST(EXTRACT(EPOCH FROM (b - a)) AS BIGINT)"),
        (.redshift, "DATEDIFF(second, a, b)"),
    ])
    func `seconds between two times are each dialect's own words`(dialect: SQLDialect, text: String) {
        #expect(dialect.secondsBetween("a", "b") == text)
    }

    @Test func `literals are quoted`() {
        let dialect = SQLDialect.duckDB
        #expect(dialect.literal("it's; \0x") == "'it''s; x'")
        #expect(dialect.literal(UTCTime(seconds: 1_772_360_400)) == "TIMESTAMP '2026-03-01 10:20:00'")
        #expect(dialect.literal(UTCTime(seconds: 1_772_360_400).day) == "DATE '2026-03-01'")
        #expect(dialect.literal(true) == "TRUE")
        #expect(dialect.literal(Int64.min) == "CAST('-9223372036854775808' AS BIGINT)")
        #expect(dialect.literal(Int64.min + 1) == "-9223372036854775807")
        #expect(dialect.literal(SQLValue.null) == "NULL")
    }

    @Test func `PostgreSQL lowers letters beyond ASCII by a collation that knows them`() {
        #expect(SQLDialect.postgreSQL.lowercased("d.name") == "LOWER(d.name COLLATE \"und-x-icu\")")
        #expect(SQLDialect.duckDB.lowercased("d.name") == "LOWER(d.name)")
    }

    @Test func `Redshift counts bytes in text, twice the characters above sixteen`() {
        #expect(SQLDialect.redshift.typeName(.text(16)) == "VARCHAR(16)")
        #expect(SQLDialect.redshift.typeName(.text(200)) == "VARCHAR(400)")
    }
}
