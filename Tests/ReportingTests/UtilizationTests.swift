import Analytics
import ChargingModel
import Testing
import Warehouse

@Suite(.enabled(if: ReportWorld.runs, "no DuckDB library: make setup"))
struct UtilizationTests {
    private let start = ReportWorld.start
    private var end: UTCTime { start.adding(seconds: 4 * 3_600) }

    @Test func `a world computed by hand comes back`() async throws {
        let world = try await ReportWorld.byHand()
        let report = try await UtilizationQuery(by: .station, from: start, to: end).report(on: world.engine)
        #expect(report.rows.map { Self.name($0) } == ["Domplatz", "Münsterplatz", "Hafen"])
        let first = try #require(report.rows.first)
        #expect(first.value(of: MetricRegistry.utilization).ratio == 7_200.0 / 28_800)
        #expect(first.value(of: MetricRegistry.utilizationAdjusted).ratio == 7_200.0 / 25_200)
        #expect(first.value(of: MetricRegistry.shareDown).ratio == 3_600.0 / 28_800)
        #expect(first.points == 2)
        #expect(first.occupiedRuns == 1)
        #expect(first.pollingErrorSeconds == (600.0 * 600 / 6).squareRoot())
        #expect(report.total.seconds.observed == 43_200)
        #expect(report.total.value(of: MetricRegistry.utilization).ratio == 0.25)
        #expect(report.total.value(of: MetricRegistry.coverage).ratio == 0.75)
        #expect(report.total.points == 4)
        #expect(report.pollIntervals == 600...600)
        try await world.engine.close()
    }

    @Test func `low coverage is flagged and very low coverage withheld`() async throws {
        let world = try await ReportWorld.byHand()
        let report = try await UtilizationQuery(by: .station, from: start, to: end).report(on: world.engine)
        let low = report.rows[1].value(of: MetricRegistry.utilization)
        #expect(low.verdict == .low)
        #expect(low.ratio == 0)
        let withheld = report.rows[2].value(of: MetricRegistry.utilization)
        #expect(withheld.verdict == .withheld)
        #expect(withheld.ratio == nil)
        #expect(withheld.coverage == 0.25)
        #expect(report.rows[2].value(of: MetricRegistry.coverage).ratio == 0.25)
        #expect(report.notes.count == 2)
        try await world.engine.close()
    }

    @Test(arguments: [UtilizationGrouping.station, .city, .operator])
    func `rows sum to the total and shares to one`(grouping: UtilizationGrouping) async throws {
        let world = try await ReportWorld.byHand()
        let report = try await UtilizationQuery(by: grouping, from: start, to: end).report(on: world.engine)
        #expect(report.rows.reduce(CategorySeconds()) { $0 + $1.seconds } == report.total.seconds)
        #expect(report.rows.reduce(0) { $0 + $1.occupiedRuns } == report.total.occupiedRuns)
        let shares = [
            MetricRegistry.utilization, MetricRegistry.shareFree, MetricRegistry.shareReserved,
            MetricRegistry.shareDown, MetricRegistry.shareUnknown,
        ]
        for row in report.rows + [report.total] where row.value(of: MetricRegistry.utilization).ratio != nil {
            let sum = shares.compactMap { row.value(of: $0).ratio }.reduce(0, +)
            #expect(abs(sum - 1) < 1e-12)
        }
        try await world.engine.close()
    }

    @Test(arguments: 1...3)
    func `a period in two parts adds up to the whole`(hours: Int) async throws {
        let world = try await ReportWorld.byHand()
        let middle = start.adding(seconds: hours * 3_600)
        let whole = try await UtilizationQuery(by: .city, from: start, to: end).report(on: world.engine)
        let left = try await UtilizationQuery(by: .city, from: start, to: middle).report(on: world.engine)
        let right = try await UtilizationQuery(by: .city, from: middle, to: end).report(on: world.engine)
        #expect(left.total.seconds + right.total.seconds == whole.total.seconds)
        #expect(left.total.occupiedRuns + right.total.occupiedRuns == whole.total.occupiedRuns)
        try await world.engine.close()
    }

    @Test(arguments: [
        ("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 23, 0),
        ("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 25, 2),
    ])
    func `local days of 23 and 25 hours keep every second`(
        from: String,
        to: String,
        hours: Int,
        twoToThree: Int
    ) async throws {
        let world = try await ReportWorld()
        let begin = try #require(UTCTime(from))
        let end = try #require(UTCTime(to))
        try await world.addLocalHours(from: begin, to: end)
        try await world.add(
            (0..<hours).map { Hour(1, 1001, at: begin.adding(seconds: $0 * 3_600), [.occupied: 900, .free: 2_700]) }
        )
        let report = try await UtilizationQuery(by: .hourOfWeek, from: begin, to: end).report(on: world.engine)
        #expect(report.rows.reduce(0) { $0 + $1.seconds.total } == Int64(hours * 3_600))
        #expect(report.rows.allSatisfy { $0.value(of: MetricRegistry.utilization).ratio == 0.25 })
        let sundayTwo = report.rows.first { $0.key == .hourOfWeek(146) }
        #expect((sundayTwo?.seconds.total ?? 0) == Int64(twoToThree * 3_600))
        try await world.engine.close()
    }

    @Test func `filters take names and ids without regard to case`() async throws {
        let world = try await ReportWorld.byHand()
        let filters = [
            UtilizationFilters(city: "KÖLN"), UtilizationFilters(feed: FeedID("chargecloud/koeln"), city: "koeln"),
        ]
        for filter in filters {
            let query = try UtilizationQuery(by: .station, from: start, to: end, filters: filter)
            #expect(try await query.report(on: world.engine).rows.count == 2)
        }
        let query = try UtilizationQuery(
            by: .city,
            from: start,
            to: end,
            filters: UtilizationFilters(operator: "op-b", station: "1003")
        )
        #expect(try await query.report(on: world.engine).total.points == 1)
        try await world.engine.close()
    }

    @Test func `a name that nothing has is an error with a suggestion`() async throws {
        let world = try await ReportWorld.byHand()
        let query = try UtilizationQuery(
            by: .city,
            from: start,
            to: end,
            filters: UtilizationFilters(station: "Domplaz")
        )
        let error = await #expect(throws: AnalyticsError.self) { try await query.report(on: world.engine) }
        #expect(error?.code == "CHG062")
        #expect(error?.detail.contains("did you mean \"Domplatz\"?") == true)
        try await world.engine.close()
    }

    @Test func `an hour with too many seconds is an error`() async throws {
        let world = try await ReportWorld.byHand()
        try await world.add([Hour(9, 1003, 1, [.free: 3_700])])
        let query = try UtilizationQuery(by: .city, from: start, to: end)
        let error = await #expect(throws: AnalyticsError.self) { try await query.report(on: world.engine) }
        #expect(error?.code == "CHG061")
        #expect(error?.detail.contains("with 3700 s (expected 3600)") == true)
        try await world.engine.close()
    }

    @Test func `a station that the dimension lacks is an error, not a smaller sum`() async throws {
        let world = try await ReportWorld.byHand()
        try await world.add([Hour(9, 7777, 1, [.free: 3_600])])
        let query = try UtilizationQuery(by: .city, from: start, to: end)
        let error = await #expect(throws: AnalyticsError.self) { try await query.report(on: world.engine) }
        #expect(error?.code == "CHG061")
        try await world.engine.close()
    }

    @Test func `the hour that still runs may have fewer seconds`() async throws {
        let world = try await ReportWorld.byHand()
        try await world.add([Hour(1, 1001, 4, [.free: 1_200])])
        let later = end.adding(seconds: 3_600)
        let report = try await UtilizationQuery(by: .city, from: start, to: later).report(on: world.engine)
        #expect(report.total.seconds.total == 16 * 3_600 + 1_200)
        try await world.engine.close()
    }

    @Test(arguments: [(0, 0), (3_600, 0), (60, 3_600), (0, 3_601)])
    func `a period that is not made of full hours is an error`(from: Int, to: Int) {
        let error = #expect(throws: AnalyticsError.self) {
            try UtilizationQuery(by: .city, from: start.adding(seconds: from), to: start.adding(seconds: to))
        }
        #expect(error?.code == "CHG060")
        #expect(error?.exitCode == .usage)
    }

    @Test func `an empty warehouse gives an empty report`() async throws {
        let world = try await ReportWorld()
        let report = try await UtilizationQuery(by: .station, from: start, to: end).report(on: world.engine)
        #expect(report.rows.isEmpty)
        #expect(report.total.value(of: MetricRegistry.utilization).verdict == .nothingObserved)
        try await world.engine.close()
    }

    private static func name(_ row: UtilizationRow) -> String? {
        if case .object(let object) = row.key { object.name } else { nil }
    }
}
