import ChargingModel
import Simulation
import Testing

@Suite struct TruthTests {
    @Test func `the intervals of every point tile the world`() throws {
        let world = try makeWorld()
        for point in world.points {
            let intervals = try world.truth.intervals(of: point.uid)
            #expect(intervals.first?.from == world.configuration.start)
            #expect(intervals.last?.to == world.configuration.end)
            for (left, right) in zip(intervals, intervals.dropFirst()) {
                #expect(left.to == right.from)
                #expect(left.status != right.status)
            }
            #expect(intervals.allSatisfy { $0.from < $0.to })
        }
    }

    @Test func `the seconds of all categories are the seconds of the world`() throws {
        let world = try makeWorld(days: 3, scale: 0.2)
        let (start, end) = (world.configuration.start, world.configuration.end)
        let sum = try StatusCategory.allCases.reduce(0) {
            $0 + (try world.truth.seconds(of: $1, from: start, to: end))
        }
        #expect(sum == world.points.count * 3 * 86_400)
        let cities = try world.cities.reduce(0) {
            $0 + (try world.truth.seconds(of: .occupied, city: $1.slug, from: start, to: end))
        }
        let points = try world.points.reduce(0) {
            $0 + (try world.truth.seconds(of: .occupied, point: $1.uid, from: start, to: end))
        }
        #expect(try world.truth.seconds(of: .occupied, from: start, to: end) == cities)
        #expect(cities == points)
    }

    @Test func `sessions are the occupied runs and never overlap`() throws {
        let world = try makeWorld(scale: 0.5)
        for point in world.points {
            let sessions = try world.truth.sessions(of: point.uid)
            let occupied = try world.truth.intervals(of: point.uid).filter { $0.status.category == .occupied }
            let seconds = { (from: UTCTime, to: UTCTime) in to.seconds(since: from) }
            #expect(
                sessions.reduce(0) { $0 + seconds($1.from, $1.to) }
                    == occupied.reduce(0) { $0 + seconds($1.from, $1.to) }
            )
            for (left, right) in zip(sessions, sessions.dropFirst()) {
                #expect(left.to < right.from)
            }
            for interval in occupied {
                #expect(sessions.count { $0.from <= interval.from && interval.to <= $0.to } == 1)
            }
        }
        let byCity = try world.cities.flatMap { try world.truth.sessions(in: $0.slug) }
        #expect(byCity == world.truth.sessions)
    }

    @Test func `use lies within what is published for Germany`() throws {
        let world = try makeWorld()
        let (start, end) = (world.configuration.start, world.configuration.end)
        let seconds = try Dictionary(
            uniqueKeysWithValues: StatusCategory.allCases.map {
                ($0, Double(try world.truth.seconds(of: $0, from: start, to: end)))
            }
        )
        let observed = seconds.filter { $0.key.isObserved }.values.reduce(0, +)
        // BDEW: 11.6 % in 2023 to 17 % at the end of 2024.
        #expect((0.12...0.18).contains(seconds[.occupied, default: 0] / observed))
        #expect((0.01...0.08).contains(seconds[.down, default: 0] / observed))
        for category in [StatusCategory.unknown, .reserved, .outside, .absent] {
            #expect(seconds[category, default: 0] > 0)
        }
        #expect(seconds[.unobserved] == 0)
        let unused = try world.points.count { try world.truth.sessions(of: $0.uid).isEmpty }
        #expect((0.05...0.25).contains(Double(unused) / Double(world.points.count)))
        #expect((1.5...3.0).contains(try ratioOfDayToNight(world)))
    }

    @Test func `AC sessions last hours and DC sessions half an hour`() throws {
        let world = try makeWorld()
        let direct = Set(world.points.filter(\.isDirectCurrent).map(\.uid))
        let whole = world.truth.sessions.filter { !$0.isCutAtStart && !$0.isCutAtEnd }
        let minutes = { (isDirect: Bool) in
            whole.filter { direct.contains($0.point) == isDirect }.map { $0.to.seconds(since: $0.from) / 60 }.sorted()
        }
        let (slow, fast) = (minutes(false), minutes(true))
        #expect((120...170).contains(slow[slow.count / 2]))
        #expect((25...35).contains(fast[fast.count / 2]))
        let nights = slow.count { (480...600).contains($0) }
        let before = slow.count { (360...480).contains($0) }
        #expect(nights > before / 2)
        #expect(whole.contains { $0.from.seconds % 600 != 0 })
    }

    @Test func `demand follows local time across the change of the clocks`() throws {
        #expect(BerlinTime.text(try #require(UTCTime("2026-03-29T00:59:59Z"))) == "2026-03-29T01:59:59+01:00")
        #expect(BerlinTime.text(try #require(UTCTime("2026-03-29T01:00:00Z"))) == "2026-03-29T03:00:00+02:00")
        #expect(BerlinTime.text(try #require(UTCTime("2026-10-25T00:59:59Z"))) == "2026-10-25T02:59:59+02:00")
        #expect(BerlinTime.text(try #require(UTCTime("2026-10-25T01:00:00Z"))) == "2026-10-25T02:00:00+01:00")
        #expect(BerlinTime.hourOfWeek(at: try #require(UTCTime("2026-03-29T21:59:59Z"))) == 167)
        #expect(BerlinTime.hourOfWeek(at: try #require(UTCTime("2026-03-29T22:00:00Z"))) == 0)

        // 05:00 UTC is six o'clock in winter and seven o'clock in summer, when many more vehicles arrive.
        let world = try makeWorld(firstDay: "2026-03-23", days: 12)
        let direct = Set(world.points.filter(\.isDirectCurrent).map(\.uid))
        let starts = world.truth.sessions.filter { !direct.contains($0.point) }.map(\.from)
        let early = { (days: ClosedRange<String>) in
            starts.count { days.contains($0.day.description) && $0.seconds % 86_400 / 3_600 == 5 }
        }
        let winter = early("2026-03-23"..."2026-03-27")
        let summer = early("2026-03-30"..."2026-04-03")
        #expect(Double(summer) > 1.3 * Double(winter), "winter \(winter), summer \(summer)")
    }

    private func ratioOfDayToNight(_ world: SimulatedWorld) throws -> Double {
        var day = 0
        var night = 0
        for number in 0..<7 {
            let midnight = world.configuration.start.adding(seconds: number * 86_400)
            day += try world.truth.seconds(
                of: .occupied,
                from: midnight.adding(seconds: 8 * 3_600),
                to: midnight.adding(seconds: 19 * 3_600)
            )
            night += try world.truth.seconds(of: .occupied, from: midnight, to: midnight.adding(seconds: 5 * 3_600))
        }
        return Double(day) / 11 / (Double(night) / 5)
    }
}
