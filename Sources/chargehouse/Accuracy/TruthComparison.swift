import Analytics
import ChargingModel
import Simulation
import Warehouse
import WarehouseDuckDB

/// Utilization as the warehouse measured it, beside what really happened in the simulated world.
///
/// Both sides count the same time: the time that the warehouse says it observed, each point once. What remains is the
/// error of polling and of faults; `docs/methods/accuracy.md` derives the bound.
struct TruthComparison {
    struct City {
        let slug: String
        let name: String
        let points: Int
        let sums: UtilizationSums
    }

    let cities: [City]

    init(world: SimulatedWorld, engine: some WarehouseEngine, interval: Int) async throws {
        try await self.init(world: world, engine: engine, interval: interval, period: .whole(of: world))
    }

    init(
        world: SimulatedWorld,
        engine: some WarehouseEngine,
        interval: Int,
        period: ComparedPeriod,
        clockError: Int = 0
    ) async throws {
        let sql = TruthSQL(dialect: engine.dialect, period: period, interval: interval)
        let times = try await engine.query(sql.knownTimes, [])
        let truth = try TrueSeconds(world: world, known: times, period, clockError: clockError)
        let spread = try await engine.query(sql.hourlySpread, []).numbersByFeed.values.first?.first ?? 0
        let changes = try await engine.query(sql.changes, []).numbersByFeed
        let unmapped = try await engine.query(sql.unmappedStatuses, []).numbersByFeed
        let names = Dictionary(uniqueKeysWithValues: world.cities.map { ("simulation/\($0.slug)", $0) })
        cities = try await engine.query(sql.totals, []).numbersByFeed.compactMap { feed, totals in
            guard let city = names[feed], totals[2] > 0 else { return nil }
            let change = changes[feed] ?? [0, 0, 0, 0]
            let sums = UtilizationSums(
                occupied: totals[1],
                observed: totals[2],
                unobserved: totals[3],
                known: totals[4],
                points: Int(totals[0]),
                trulyOccupied: Double(truth.occupied[city.slug] ?? 0),
                distinct: Double(truth.observed[city.slug] ?? 0),
                meanDelay: (change[1] - change[0]) / 2,
                variance: change[2] / 12 + change[3] * Double(interval * interval) / 3,
                unmapped: unmapped[feed]?[0] ?? 0,
                hourlySpread: spread,
                falselyAbsent: Double(truth.falselyAbsent[city.slug] ?? 0)
            )
            return City(slug: city.slug, name: city.name, points: Int(totals[0]), sums: sums)
        }
    }

    /// All cities together, as one sum over the same seconds.
    var total: UtilizationSums { cities.reduce(UtilizationSums()) { $0 + $1.sums } }

    var withinBound: Int { cities.filter(\.sums.isWithinBound).count }

    var table: ResultTable {
        ResultTable(
            columns: ["city", "points", "utilization_%", "truth_%", "difference_pp", "bound_pp", "coverage_%"],
            rows: cities.sorted { ($1.points, $0.slug) < ($0.points, $1.slug) }.map { city in
                [
                    .text(city.name), .integer(Int64(city.points)), .text(percent(city.sums.measured, digits: 2)),
                    .text(percent(city.sums.truth, digits: 2)), .text(percent(city.sums.error, digits: 2)),
                    .text("±" + percent(city.sums.bound, digits: 2)), .text(percent(city.sums.coverage, digits: 1)),
                ]
            }
        )
    }

    private func percent(_ share: Double, digits: Int) -> String {
        let scale = digits == 1 ? 10.0 : 100.0
        let rounded = (share * 100 * scale).rounded()
        let magnitude = Int(abs(rounded))
        let fraction = String(magnitude % Int(scale))
        let padding = String(repeating: "0", count: digits - fraction.count)
        return (rounded < 0 ? "-" : "") + "\(magnitude / Int(scale)).\(padding)\(fraction)"
    }
}

/// The time that a comparison is about.
struct ComparedPeriod {
    let from: UTCTime
    let to: UTCTime
    /// The local day of Europe/Berlin; `nil` where the period is one of UTC hours.
    ///
    /// The warehouse then picks the hours by its own calendar, the truth by the rule of summer time.
    let localDay: UTCDay?

    static func whole(of world: SimulatedWorld) -> ComparedPeriod {
        ComparedPeriod(from: world.configuration.start, to: world.configuration.end, localDay: nil)
    }

    /// A day from midnight to midnight in Berlin: 23, 24 or 25 hours.
    static func localDay(_ day: UTCDay) -> ComparedPeriod {
        ComparedPeriod(from: midnight(of: day), to: midnight(of: day.next), localDay: day)
    }

    var seconds: Int { to.seconds(since: from) }

    private static func midnight(of day: UTCDay) -> UTCTime {
        let winter = day.start.adding(seconds: -3_600)
        return BerlinTime.offsetSeconds(at: winter) == 3_600 ? winter : day.start.adding(seconds: -7_200)
    }
}

extension ResultTable {
    /// Rows that begin with a feed's id, the other columns as numbers; NULL is 0.
    fileprivate var numbersByFeed: [String: [Double]] {
        var result: [String: [Double]] = [:]
        for row in rows {
            guard case .text(let feed)? = row.first else { continue }
            result[feed] = row.dropFirst().map { value in
                switch value {
                case .integer(let number): Double(number)
                case .double(let number): number
                case .null, .boolean, .text, .timestamp, .date: 0
                }
            }
        }
        return result
    }
}
