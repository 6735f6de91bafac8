import Analytics
import ChargingModel
import Reporting
import TestSupport
import Testing
import Warehouse

@Suite(.enabled(if: ReportWorld.runs, "no DuckDB library: make setup"))
struct RendererTests {
    private static let hostile = [
        "<script>alert('1')</script>", "a;b,\"c\"\r\nd\u{1B}[31m", "Ä" + String(repeating: "ö", count: 150),
    ]

    @Test(arguments: ReportFormat.allCases)
    func `the report by station is as the golden file`(format: ReportFormat) async throws {
        let text = try await Self.report(by: .station).rendered(format)
        try Golden.check(text, file: "station.\(format.rawValue)")
    }

    @Test(arguments: ReportFormat.allCases)
    func `hostile names stay text in every form`(format: ReportFormat) async throws {
        let text = try await Self.report(by: .station, names: Self.hostile).rendered(format, width: 120)
        try Golden.check(text, file: "hostile.\(format.rawValue)")
        // CSV is verbatim; programs read it.
        #expect(format == .csv || !text.contains("\u{1B}"))
    }

    @Test func `the page holds no script and asks for nothing`() async throws {
        let page = try await Self.report(by: .station, names: Self.hostile).rendered(.html)
        for forbidden in ["<script", "http:", "https:", "url(", "@import", " style=", "<link", "<img"] {
            #expect(!page.contains(forbidden), "found \(forbidden)")
        }
    }

    @Test func `the hours of the week become a heat map`() async throws {
        let page = try await Self.report(by: .hourOfWeek).rendered(.html)
        try Golden.check(page, file: "hour-of-week.html")
    }

    @Test(arguments: UtilizationGrouping.allCases)
    func `the SQL is as the golden file`(grouping: UtilizationGrouping) async throws {
        let statements = try await Self.report(by: grouping).statements
        let text = statements.map { "-- \($0.purpose): \($0.parameterTexts.joined(separator: ", "))\n\($0.text);\n" }
        try Golden.check(text.joined(separator: "\n"), file: "\(grouping.rawValue).sql")
        for forbidden in ["FILTER", "::", "QUALIFY", "GROUP BY ALL", "generate_series", "ON CONFLICT"] {
            #expect(!text.joined().contains(forbidden))
        }
    }

    private static func report(
        by grouping: UtilizationGrouping,
        names: [String] = ["Domplatz", "Hafen", "Münsterplatz"]
    ) async throws -> UtilizationReport {
        let world = try await ReportWorld.byHand(stationNames: names)
        let start = ReportWorld.start
        try await world.addLocalHours(from: start, to: start.adding(seconds: 4 * 3_600))
        let query = try UtilizationQuery(by: grouping, from: start, to: start.adding(seconds: 4 * 3_600))
        let report = try await query.report(on: world.engine)
        try await world.engine.close()
        return report
    }
}

extension UtilizationReport {
    fileprivate func rendered(_ format: ReportFormat, width: Int? = nil) -> String {
        UtilizationRenderer(format, width: width).render(self)
    }
}

struct TableRendererTests {
    private let table = AnswerTable(
        ResultTable(
            columns: ["name", "n", "n", "ratio", "at", "day", "ok"],
            rows: [
                [
                    .text("a \"b\", c|d"), .integer(42), .integer(-1), .double(0.1), .timestamp(UTCTime(seconds: 0)),
                    .date(UTCDay(number: 0)), .boolean(true),
                ],
                [.text(""), .null, .integer(7), .double(.nan), .null, .null, .boolean(false)],
            ]
        )
    )

    @Test(arguments: TableFormat.allCases)
    func `a query answer is as the golden file`(format: TableFormat) throws {
        try Golden.check(TableRenderer(format).render(table), file: "query.\(format.rawValue)")
    }

    @Test func `a narrow terminal cuts text and never numbers`() {
        let wide = AnswerTable(
            ResultTable(
                columns: ["name", "n"],
                rows: [[.text("Charging station at the harbour"), .integer(1_234_567)]]
            )
        )
        let lines = TableRenderer(.table, width: 24).render(wide).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 24 })
        #expect(lines.last == "Charging stati…  1234567")
    }
}
