import Foundation
import TestSupport
import Testing
import Warehouse

/// The mart through ODBC, as Power BI, Excel and Tableau on Windows read it: Debian's `odbc-postgresql`.
@Suite(
    .serialized,
    .enabled(if: PostgresServer.runs, "\(PostgresServer.skipReason)"),
    .enabled(if: ForeignReader.hasODBC, "no ODBC driver of PostgreSQL: make setup")
)
struct ODBCTests {
    private func settings(_ database: String) throws -> String {
        let server = try PostgresServer.shared()
        let place =
            "Server=127.0.0.1;Port=\(server.port);Database=\(database);Uid=keeper;Pwd=\(PostgresServer.password)"
        return place + ";BoolsAsChar=0;ConnSettings=SET TimeZone TO UTC"
    }

    @Test func `every column of the mart has its type`() async throws {
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await MartTests.world(61, days: 3, in: folder)
            let database = try PostgresServer.shared().createDatabase()
            try await workshop.load(manifests, intoDatabase: database)
            try await PublishTests.publish(workshop, to: database)
            for schema in ["mart", "chargehouse_mart"] {
                let queries = Mart.views.map { view in
                    "SELECT \(view.columns.map(\.name).joined(separator: ", ")) FROM \(schema).\(view.name) LIMIT 1"
                }
                let answers = try ForeignReader.ask(["odbc", settings(database)] + queries).answers ?? []
                #expect(answers.count == queries.count)
                for (view, answer) in zip(Mart.views, answers) {
                    for column in view.columns {
                        #expect(answer.kinds[column.name] == column.kind, "\(schema).\(view.name).\(column.name)")
                    }
                }
            }
        }
    }

    @Test func `sums and times are those of the warehouse`() async throws {
        try await withTemporaryFolder { folder in
            let (workshop, manifests) = try await MartTests.world(62, days: 3, in: folder)
            let database = try PostgresServer.shared().createDatabase()
            try await workshop.load(manifests, intoDatabase: database)
            let queries = [
                PublishTests.sums,
                "SELECT hour_utc, local_date, hour_of_week FROM mart.point_hour ORDER BY hour_utc, point_id LIMIT 1",
                "SELECT is_occupied FROM mart.status WHERE code = 'charging'",
            ]
            let answers = try ForeignReader.ask(["odbc", settings(database)] + queries).answers ?? []
            let sums = try await PublishTests.numbers(workshop).map { "\($0)" }
            #expect(answers.map(\.rows) == [[sums], [["2026-03-27 00:00:00", "2026-03-27", "97"]], [["True"]]])
        }
    }
}

extension ColumnDefinition {
    /// The kind of value that a program gets through ODBC.
    fileprivate var kind: String {
        switch type {
        case .bigint, .integer, .smallint: "integer"
        case .double: "double"
        case .boolean: "boolean"
        case .date: "date"
        case .timestamp: "timestamp"
        case .json, .text: "text"
        case .coordinate: "decimal"
        }
    }
}
