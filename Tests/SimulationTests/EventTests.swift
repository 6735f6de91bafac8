import ChargingModel
import Simulation
import Testing

@Suite struct EventTests {
    private func event(_ kind: WorldEvent.Kind, in world: SimulatedWorld) throws -> WorldEvent {
        try #require(world.events.first { $0.kind == kind && $0.city == "koeln" })
    }

    private func world(_ kind: WorldEvent.Kind, seed: UInt64 = 42) throws -> SimulatedWorld {
        try makeWorld(seed: seed, days: 3, scale: 0.3, events: WorldEvents(shares: [kind: 0.1]))
    }

    private func records(of uid: String, in world: SimulatedWorld, at time: UTCTime) throws -> [AnswerReader.Point] {
        try AnswerReader(world.answer(city: "koeln", at: time)).points().filter { $0.uid == uid }
    }

    /// A moment in the event at which the point is listed.
    private func moment(_ event: WorldEvent, _ world: SimulatedWorld) throws -> UTCTime {
        let times = stride(from: event.from.seconds + 7_200, to: event.to.seconds, by: 600).map {
            UTCTime(seconds: $0)
        }
        return try #require(try times.first { try world.truth.status(of: event.point, at: $0) != .absent })
    }

    @Test(arguments: WorldEvent.Kind.allCases)
    func `events follow the seed, and hit the share that was asked for`(kind: WorldEvent.Kind) throws {
        let events = try world(kind).events
        #expect(events == (try world(kind)).events)
        #expect(events != (try world(kind, seed: 43)).events)
        #expect(events.allSatisfy { $0.kind == kind && $0.from < $0.to })
        let all = kind == .vanishedStation ? 300 : 700
        #expect((all / 20...all / 5).contains(events.count), "\(events.count)")
    }

    @Test(arguments: WorldEvent.Kind.allCases)
    func `before an event an answer is that of the world without it`(kind: WorldEvent.Kind) throws {
        let changed = try world(kind)
        let still = try makeWorld(days: 3, scale: 0.3)
        let first = try #require(changed.events.first { $0.city == "koeln" })
        let before = first.from.adding(seconds: -1)
        #expect(try changed.answer(city: "koeln", at: before) == still.answer(city: "koeln", at: before))
        #expect(try changed.answer(city: "koeln", at: first.from) != still.answer(city: "koeln", at: first.from))
    }

    @Test func `a vanished station is absent in the truth and in the answers, and returns`() throws {
        let world = try world(.vanishedStation)
        let event = try event(.vanishedStation, in: world)
        let station = try #require(world.points.first { $0.uid == event.point }).stationID
        let points = world.points.filter { $0.stationID == station }
        for point in points {
            #expect(try world.truth.status(of: point.uid, at: event.from) == .absent)
            #expect(try world.truth.status(of: point.uid, at: event.to.adding(seconds: -1)) == .absent)
            #expect(try records(of: point.uid, in: world, at: event.from).isEmpty)
            let seconds = try world.truth.seconds(of: .absent, point: point.uid, from: event.from, to: event.to)
            #expect(seconds == event.to.seconds(since: event.from))
        }
        let isBack = try points.contains { try world.truth.status(of: $0.uid, at: event.to) != .absent }
        #expect(isBack)
        let intervals = try world.truth.intervals(of: event.point)
        #expect(zip(intervals, intervals.dropFirst()).allSatisfy { $0.to == $1.from && $0.status != $1.status })
    }

    @Test func `a point that moves keeps everything but its station`() throws {
        let world = try world(.movedPoint)
        let event = try event(.movedPoint, in: world)
        let time = try moment(event, world)
        let home = try #require(world.points.first { $0.uid == event.point })
        let found = try records(of: event.point, in: world, at: time)
        #expect(found.count == 1)
        #expect(found[0].stationID != home.stationID)
        #expect(found[0].connectorIDs == home.connectorIDs)
        #expect(found[0].status == wordsOfTheFeed[try world.truth.status(of: event.point, at: time)])
    }

    @Test func `an id that is used again stands at another place with other connectors`() throws {
        let world = try world(.reusedID)
        let event = try event(.reusedID, in: world)
        let time = try moment(event, world)
        let home = try #require(world.points.first { $0.uid == event.point })
        let found = try records(of: event.point, in: world, at: time)
        #expect(found.count == 1)
        #expect(found[0].stationID != home.stationID)
        #expect(Set(found[0].connectorIDs).isDisjoint(with: home.connectorIDs))
        let earlier = try AnswerReader(world.answer(city: "koeln", at: event.from.adding(seconds: -1)))
        let later = try AnswerReader(world.answer(city: "koeln", at: time))
        let distance =
            try abs(latitude(of: found[0].stationID, in: later) - latitude(of: home.stationID, in: earlier)) * 111_000
        #expect(distance > 2_000)
    }

    private func latitude(of station: String, in answer: AnswerReader) throws -> Double {
        let record = try #require(answer.stations.first { $0["id"] as? String == station })
        let coordinates = try #require(record["coordinates"] as? [String: String])
        return try #require(coordinates["latitude"].flatMap(Double.init))
    }

    @Test func `a repeated point has an old record and a new one`() throws {
        let world = try world(.repeatedPoint)
        var differ = 0
        for event in world.events where event.city == "koeln" {
            let time = event.to.adding(seconds: -1)
            let old = wordsOfTheFeed[try world.truth.status(of: event.point, at: event.from)]
            let new = wordsOfTheFeed[try world.truth.status(of: event.point, at: time)]
            guard let old, let new else { continue }
            let found = try records(of: event.point, in: world, at: time)
            #expect(found.count == 2)
            #expect(Set(found.map(\.status)) == [old, new])
            #expect(Set(found.map(\.stationID)).count == 2)
            differ += old == new ? 0 : 1
        }
        #expect(differ > 0)
    }

    @Test func `a second uid has the truth of the first`() throws {
        let world = try world(.secondID)
        let event = try event(.secondID, in: world)
        let time = try moment(event, world)
        let own = Set(world.points.map(\.uid))
        let others = try AnswerReader(world.answer(city: "koeln", at: time)).points().filter { !own.contains($0.uid) }
        let mine = others.filter { world.truth.point(listedAs: $0.uid) == event.point }
        #expect(mine.count == 1)
        #expect(mine[0].status == wordsOfTheFeed[try world.truth.status(of: event.point, at: time)])
        #expect(world.truth.point(listedAs: event.point) == event.point)
        #expect(world.truth.point(listedAs: "nobody") == nil)
    }

    @Test func `events of nobody and shares above one are refused`() throws {
        let start = UTCTime(seconds: 1_772_409_600)
        let nobody = WorldEvent(kind: .movedPoint, city: "koeln", point: "7", from: start, to: start.adding(seconds: 9))
        let stranger = WorldEvent(
            kind: .movedPoint,
            city: "bonn",
            point: "10000001",
            from: start,
            to: start.adding(seconds: 9)
        )
        let backwards = WorldEvent(kind: .movedPoint, city: "koeln", point: "10000001", from: start, to: start)
        for event in [nobody, stranger, backwards] {
            #expect(throws: SimulationError.self) {
                try makeWorld(days: 1, scale: 0.01, events: WorldEvents(scripted: [event]))
            }
        }
        #expect(throws: SimulationError.self) {
            try makeWorld(days: 1, scale: 0.01, events: WorldEvents(shares: [.secondID: 0.6, .movedPoint: 0.6]))
        }
    }
}
