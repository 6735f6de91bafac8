import Analytics
import ChargingModel
import Simulation
import Warehouse
import WarehouseDuckDB

/// Utilization as the warehouse measured it, beside what really happened in the simulated world.
///
/// Both sides count the same time: the time that the warehouse says it observed. What remains is the error of polling:
/// a change is seen up to one interval late. For N occupied runs its standard error is D·√(N/6) seconds (`kpis`,
/// ground rules; `docs/methods/utilization.md`); the bound shown is three of them.
struct TruthComparison {
    struct City {
        let name: String
        let points: Int
        let measured: Double
        let truth: Double
        let bound: Double
        let coverage: Double

        var difference: Double { measured - truth }
        var isWithinBound: Bool { abs(difference) <= bound }
    }

    let cities: [City]

    init(world: SimulatedWorld, engine: some WarehouseEngine, interval: Int) async throws {
        let from = world.configuration.start
        let to = world.configuration.end
        var blind: [String: [(from: UTCTime, to: UTCTime)]] = [:]
        for row in try await engine.query(Self.blindTimes, []).rows {
            guard case .text(let uid) = row[0], case .timestamp(let start) = row[1], case .timestamp(let end) = row[2]
            else { continue }
            blind[uid, default: []].append((start, end))
        }
        var truth: [String: Int] = [:]
        for point in world.points {
            var seconds = try world.truth.seconds(of: .occupied, point: point.uid, from: from, to: to)
            for time in blind[point.uid] ?? [] {
                seconds -= try world.truth.seconds(of: .occupied, point: point.uid, from: time.from, to: time.to)
            }
            truth[point.city, default: 0] += seconds
        }
        let names = Dictionary(uniqueKeysWithValues: world.cities.map { ("simulation/\($0.slug)", ($0.slug, $0.name)) })
        cities = try await engine.query(Self.cityTotals, []).rows.compactMap { row in
            guard case .text(let feed) = row[0], let (slug, name) = names[feed] else { return nil }
            let (points, occupied, observed) = (Self.number(row[1]), Self.number(row[2]), Self.number(row[3]))
            let (unobserved, runs) = (Self.number(row[4]), Self.number(row[5]))
            guard observed > 0 else { return nil }
            return City(
                name: name,
                points: Int(points),
                measured: occupied / observed,
                truth: Double(truth[slug] ?? 0) / observed,
                bound: 3 * Double(interval) * (runs / 6).squareRoot() / observed,
                coverage: observed / (observed + unobserved)
            )
        }
    }

    /// All cities together, as one sum over the same seconds.
    var withinBound: Int { cities.filter(\.isWithinBound).count }

    var table: ResultTable {
        ResultTable(
            columns: ["city", "points", "utilization_%", "truth_%", "difference_pp", "bound_pp", "coverage_%"],
            rows: cities.sorted { $0.points > $1.points }.map { city in
                [
                    .text(city.name), .integer(Int64(city.points)), .text(percent(city.measured, digits: 2)),
                    .text(percent(city.truth, digits: 2)), .text(percent(city.difference, digits: 2)),
                    .text("±" + percent(city.bound, digits: 2)), .text(percent(city.coverage, digits: 1)),
                ]
            }
        )
    }

    private static func number(_ value: SQLValue) -> Double {
        switch value {
        case .integer(let number): Double(number)
        case .double(let number): number
        case .null, .boolean, .text, .timestamp, .date: 0
        }
    }

    private func percent(_ share: Double, digits: Int) -> String {
        let scale = digits == 1 ? 10.0 : 100.0
        let rounded = (share * 100 * scale).rounded()
        let magnitude = Int(abs(rounded))
        let fraction = String(magnitude % Int(scale))
        let padding = String(repeating: "0", count: digits - fraction.count)
        return (rounded < 0 ? "-" : "") + "\(magnitude / Int(scale)).\(padding)\(fraction)"
    }

    /// Times in which the warehouse does not say what a point did.
    private static let blindTimes = """
        SELECT p.source_point_id, f.valid_from, f.valid_to FROM fact_point_status f
        JOIN dim_charging_point p ON p.point_sk = f.point_sk
        JOIN dim_status s ON s.status_key = f.status_key
        WHERE s.category IN ('unobserved', 'absent', 'outside')
        """

    private static let cityTotals = """
        SELECT d.feed_id, COUNT(DISTINCT a.point_id) AS points, SUM(a.occupied_s) AS occupied_s,
            SUM(a.free_s + a.occupied_s + a.reserved_s + a.down_s + a.unknown_s) AS observed_s,
            SUM(a.unobserved_s) AS unobserved_s, MAX(r.runs) AS runs
        FROM agg_point_hour a JOIN dim_feed d ON d.feed_key = a.feed_key
        JOIN (SELECT f.feed_key, COUNT(*) AS runs FROM fact_point_status f
            JOIN dim_status s ON s.status_key = f.status_key
            WHERE s.category = 'occupied' AND f.start_reason IN (1, 2, 3) GROUP BY f.feed_key) r
            ON r.feed_key = a.feed_key
        GROUP BY d.feed_id ORDER BY d.feed_id
        """
}
