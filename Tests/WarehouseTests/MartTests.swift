import Testing
import Warehouse

struct MartTests {
    @Test(arguments: Mart.views.map(\.name))
    func `a view of the mart is well formed`(name: String) throws {
        let view = try #require(Mart.view(name))
        let names = Set(view.columns.map(\.name))
        #expect(names.count == view.columns.count, "column names are unique")
        #expect(!view.key.isEmpty && names.isSuperset(of: view.key))
        #expect(view.day.map { day in view.columns.contains { $0.name == day && $0.type == .date } } ?? true)
        #expect(view.name.wholeMatch(of: /[a-z][a-z_]+/) != nil)
        #expect(view.grain.hasPrefix("One row"))
        for column in view.columns {
            #expect(column.name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil)
            #expect(!column.meaning.isEmpty, "\(name).\(column.name) has a meaning")
            #expect(!column.comment.contains(/\b(dim|agg|fact|etl)_/), "\(name).\(column.name) names a table")
            #expect(!column.comment.contains("\\"), "Redshift writes a backslash as a function, which no comment takes")
        }
    }

    @Test func `facts are joined by whole numbers and days, and have no ratio`() {
        for view in Mart.facts {
            for column in view.columns {
                if case .text = column.type { Issue.record("\(view.name).\(column.name) is a text") }
                #expect(column.type != .double)
            }
        }
    }

    @Test func `every key of a fact is the key of a dimension`() {
        let keys = Set((Mart.dimensions + Mart.dates).filter { $0.key.count == 1 }.map { $0.key[0] })
        let own: Set = ["poll_id"]
        for column in (Mart.facts + Mart.quality).flatMap(\.columns) {
            let isKey = ["_key", "_id", "_sk"].contains { column.name.hasSuffix($0) }
            if isKey, !own.contains(column.name) { #expect(keys.contains(column.name), "\(column.name)") }
        }
    }

    @Test func `the mart lies beside the schema of the warehouse`() {
        #expect(Mart.Place(schema: "main").mart == "mart")
        #expect(Mart.Place(schema: "public").mart == "mart")
        #expect(Mart.Place(schema: "ev").mart == "ev_mart")
        #expect(Mart.Place(schema: "ev").naming("FROM {schema}.a, {mart}.b") == "FROM ev.a, ev_mart.b")
    }

    @Test(arguments: SQLDialect.allCases)
    func `every view and, where it has columns that can be described, every column is commented`(dialect: SQLDialect) {
        let comments = Mart.createStatements(in: dialect).filter { $0.hasPrefix("COMMENT ON ") }
        let columns = dialect == .redshift ? 0 : Mart.views.reduce(0) { $0 + $1.columns.count }
        #expect(comments.count == Mart.views.count + columns)
    }
}
