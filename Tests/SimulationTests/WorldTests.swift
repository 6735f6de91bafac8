import ChargingModel
import Simulation
import Testing

@Suite struct WorldTests {
    @Test func `the same seed gives the same bytes and the same truth`() throws {
        let first = try makeWorld(scale: 0.1)
        let second = try makeWorld(scale: 0.1)
        let time = first.configuration.start.adding(seconds: 200_000)
        for city in first.cities {
            #expect(try first.answer(city: city.slug, at: time) == second.answer(city: city.slug, at: time))
        }
        #expect(first.points == second.points)
        #expect(first.truth.sessions == second.truth.sessions)
        #expect(first.truth.attributeChanges == second.truth.attributeChanges)
    }

    @Test func `another seed is another world`() throws {
        let first = try makeWorld(seed: 1, scale: 0.1)
        let second = try makeWorld(seed: 2, scale: 0.1)
        #expect(first.truth.sessions != second.truth.sessions)
    }

    @Test func `the answers of a small world are the same on every machine`() throws {
        let world = try makeWorld(scale: 0.2)
        let noon = try #require(UTCTime("2026-03-04T11:00:00Z"))
        let night = try #require(UTCTime("2026-03-08T01:20:00Z"))
        #expect(fingerprint(try world.answer(city: "hof", at: noon)) == "GOLDEN1")
        #expect(fingerprint(try world.answer(city: "koeln", at: night)) == "GOLDEN2")
    }

    @Test func `scale 1 has 38 cities, 2423 points and 2806 connectors`() throws {
        let world = try makeWorld(days: 1)
        #expect(world.cities.count == 38)
        #expect(world.points.count == 2_423)
        #expect(world.points.reduce(0) { $0 + $1.connectorIDs.count } == 2_806)
        #expect(Set(world.points.map(\.uid)).count == 2_423)
        #expect(Set(world.points.flatMap(\.connectorIDs)).count == 2_806)
        let direct = Double(world.points.count(where: \.isDirectCurrent)) / 2_423
        #expect((0.10...0.20).contains(direct))
        for city in world.cities {
            #expect(world.points.count { $0.city == city.slug } == city.pointsAtScaleOne)
        }
    }

    @Test func `the smallest scale keeps all cities`() throws {
        let world = try makeWorld(days: 1, scale: 0.000_1)
        #expect(Set(world.points.map(\.city)).count == 38)
        #expect(world.points.count == 38)
    }

    @Test func `a point lives the same life at any scale`() throws {
        let small = try makeWorld(scale: 0.25)
        let large = try makeWorld(scale: 1)
        #expect(small.points.count < large.points.count)
        let byUID = Dictionary(uniqueKeysWithValues: large.points.map { ($0.uid, $0) })
        for point in small.points {
            #expect(byUID[point.uid] == point)
            #expect(try small.truth.intervals(of: point.uid) == large.truth.intervals(of: point.uid))
        }
    }

    @Test(arguments: [0, 3_661]) func `a world of impossible length is refused`(days: Int) throws {
        let error = #expect(throws: SimulationError.self) { try makeWorld(days: days) }
        #expect(error?.code == "CHG070")
        #expect(error?.detail == "found \(days) (expected 1 … 3660)")
    }

    @Test(arguments: [0, -1, 1_001, Double.nan, .infinity]) func `an impossible scale is refused`(scale: Double) {
        let error = #expect(throws: SimulationError.self) { try makeWorld(scale: scale) }
        #expect(error?.code == "CHG070")
    }

    @Test func `unknown names and times are refused`() throws {
        let world = try makeWorld(days: 1, scale: 0.01)
        let start = world.configuration.start
        #expect(throws: SimulationError.self) { try world.answer(city: "atlantis", at: start) }
        #expect(throws: SimulationError.self) { try world.answer(city: "hof", at: world.configuration.end) }
        #expect(throws: SimulationError.self) { try world.answer(city: "hof", at: start.adding(seconds: -1)) }
        for uid in ["", "0", "-1", "10000000", "99999999999999999999", "+10000001", "390000001"] {
            #expect(throws: SimulationError.self) { try world.truth.intervals(of: uid) }
        }
    }

    @Test func `feeds are named after the cities`() throws {
        let feeds = SimulatedWorld.feeds(baseURL: "http://127.0.0.1:8080/")
        #expect(feeds.count == 38)
        #expect(feeds.first?.id.description == "simulation/koeln")
        #expect(feeds.first?.url == "http://127.0.0.1:8080/koeln")
    }
}
