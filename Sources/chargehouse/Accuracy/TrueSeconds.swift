import ChargingModel
import Simulation
import Warehouse

/// What really happened in the time that the warehouse says it observed, in seconds by city.
///
/// A point that the warehouse has twice, under two ids, counts once.
struct TrueSeconds {
    private typealias Time = (from: UTCTime, to: UTCTime)

    private(set) var occupied: [String: Int] = [:]
    private(set) var observed: [String: Int] = [:]
    /// Stretches that the warehouse calls absent and that have no second of absence.
    private(set) var falselyAbsent: [String: Int] = [:]

    /// `known` has the feed's id of a point, beginning and end of a time, and its category;
    /// an absence counts as real where there is one at most `clockError` seconds before or after it.
    init(world: SimulatedWorld, known: ResultTable, _ period: ComparedPeriod, clockError: Int) throws {
        var seen: [String: [Time]] = [:]
        var outside: [String: [Time]] = [:]
        var absent: [String: [Time]] = [:]
        for row in known.rows {
            guard case .text(let uid) = row[0], case .timestamp(let from) = row[1], case .timestamp(let to) = row[2],
                case .text(let category) = row[3], let point = world.truth.point(listedAs: uid)
            else { continue }
            let time = (max(from, period.from), min(to, period.to))
            switch StatusCategory(rawValue: category) {
            case .absent: absent[point, default: []].append(time)
            case .outside: outside[point, default: []].append(time)
            default: seen[point, default: []].append(time)
            }
        }
        for point in world.points {
            let times = Self.united(seen[point.uid] ?? [])
            for time in times {
                occupied[point.city, default: 0] +=
                    try world.truth.seconds(of: .occupied, point: point.uid, from: time.from, to: time.to)
                observed[point.city, default: 0] += time.to.seconds(since: time.from)
            }
            let listed = Self.united(times + (outside[point.uid] ?? []))
            for time in Self.united(absent[point.uid] ?? []).flatMap({ Self.rest(of: $0, without: listed) }) {
                // The first answer of a feed has none to be compared with: nobody can know that it lacks points.
                let (from, to) = (time.from.adding(seconds: -clockError), time.to.adding(seconds: clockError))
                guard time.from > period.from,
                    try world.truth.seconds(of: .absent, point: point.uid, from: from, to: to) == 0
                else { continue }
                falselyAbsent[point.city, default: 0] += time.to.seconds(since: time.from)
            }
        }
    }

    /// The times without overlap, in order; neighbours that touch are one.
    private static func united(_ times: [Time]) -> [Time] {
        times.sorted { $0.from < $1.from }.reduce(into: []) { result, time in
            if let last = result.last, time.from <= last.to {
                result[result.count - 1].to = max(last.to, time.to)
            } else {
                result.append(time)
            }
        }
    }

    /// The parts of a time that lie in none of `others`, which are in order.
    private static func rest(of time: Time, without others: [Time]) -> [Time] {
        var result: [Time] = []
        var reached = time.from
        for other in others where other.to > time.from && other.from < time.to {
            if other.from > reached { result.append((reached, other.from)) }
            reached = max(reached, other.to)
        }
        if reached < time.to { result.append((reached, time.to)) }
        return result
    }
}
