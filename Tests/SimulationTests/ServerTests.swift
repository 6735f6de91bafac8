import ChargingModel
import Foundation
import Simulation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite struct ServerTests {
    @Test func `concurrent clients get the answers of the virtual time`() async throws {
        let world = try makeWorld(days: 1, scale: 0.2)
        let clock = VirtualClock(world.configuration.start)
        let client = LoopbackClient()
        try await serving(SimulationServer(world: world, clock: clock, threads: 2)) { port in
            for slot in [0, 7, 143] {
                let time = world.configuration.start.adding(seconds: slot * 600)
                clock.set(time)
                try await withThrowingTaskGroup(of: (String, LoopbackClient.Answer).self) { group in
                    for feed in world.feeds(baseURL: "http://127.0.0.1:\(port)") {
                        group.addTask { (feed.id.description, try await client.get(feed.url)) }
                    }
                    for try await (id, answer) in group {
                        #expect(answer.status == 200)
                        let slug = String(id.dropFirst("simulation/".count))
                        #expect(answer.body == (try world.answer(city: slug, at: time)))
                    }
                }
            }
        }
    }

    @Test func `a 503 is gone at the next attempt of the slot`() async throws {
        let slot = try #require(UTCTime("2026-03-02T10:20:00Z"))
        let planned = PlannedFault(city: "kiel", slot: slot, fault: .unavailable)
        let world = try makeWorld(days: 1, scale: 0.1, faults: FeedFaults(scripted: [planned]))
        let client = LoopbackClient()
        try await serving(SimulationServer(world: world, clock: VirtualClock(slot))) { port in
            let url = "http://127.0.0.1:\(port)/kiel"
            let first = try await client.get(url)
            #expect(first.status == 503)
            #expect(first.headers["Retry-After"] == "1")
            let second = try await client.get(url)
            #expect(second.status == 200)
            #expect(second.body == (try world.answer(city: "kiel", at: slot)))
        }
    }

    @Test func `the server answers with the world's events`() async throws {
        let from = try #require(UTCTime("2026-03-02T06:00:00Z"))
        let event = WorldEvent(
            kind: .movedPoint,
            city: "koeln",
            point: "10000001",
            from: from,
            to: from.adding(seconds: 3_600)
        )
        let still = try makeWorld(days: 1, scale: 0.1)
        let world = try makeWorld(days: 1, scale: 0.1, events: WorldEvents(scripted: [event]))
        let clock = VirtualClock(from)
        let client = LoopbackClient()
        try await serving(SimulationServer(world: world, clock: clock)) { port in
            for (time, isChanged) in [(from, true), (event.to, false)] {
                clock.set(time)
                let body = try await client.get("http://127.0.0.1:\(port)/koeln").body
                #expect(body == (try world.answer(city: "koeln", at: time)))
                #expect((body != (try still.answer(city: "koeln", at: time))) == isChanged)
            }
        }
    }

    @Test func `what is no feed or no time of the world is said in JSON`() async throws {
        let world = try makeWorld(days: 1, scale: 0.01)
        let clock = VirtualClock(world.configuration.start)
        let client = LoopbackClient()
        try await serving(SimulationServer(world: world, clock: clock)) { port in
            let base = "http://127.0.0.1:\(port)"
            for path in ["/", "/atlantis", "/koeln/x"] {
                let answer = try await client.get(base + path)
                #expect(answer.status == 404)
                #expect(try AnswerReader(answer.body).root["status_code"] as? Int == 404)
            }
            #expect(try await client.get(base + "/koeln?x=1").status == 200)
            clock.set(world.configuration.end)
            #expect(try await client.get(base + "/koeln").status == 503)
        }
    }

    @Test func `an unchanged answer is not sent twice to a client that names it`() async throws {
        let world = try makeWorld(days: 1, scale: 0.1, envelopeTimestamp: false)
        let clock = VirtualClock(world.configuration.start)
        let client = LoopbackClient()
        try await serving(SimulationServer(world: world, clock: clock)) { port in
            let url = "http://127.0.0.1:\(port)/koeln"
            let first = try await client.get(url)
            let tag = try #require(first.headers["ETag"])
            let second = try await client.get(url, headers: ["If-None-Match": tag])
            #expect(second.status == 304)
            #expect(second.body.isEmpty)
            clock.set(world.configuration.start.adding(seconds: 36_000))
            let third = try await client.get(url, headers: ["If-None-Match": tag])
            #expect(third.status == 200)
            #expect(third.body != first.body)
        }
    }

    @Test func `a server starts once and its port is free afterwards`() async throws {
        let world = try makeWorld(days: 1, scale: 0.01)
        let server = SimulationServer(world: world, clock: VirtualClock(world.configuration.start))
        var port = 0
        try await serving(server) { bound in
            port = bound
            await #expect(throws: SimulationError.self) { try await server.start() }
            let other = SimulationServer(world: world, clock: VirtualClock(world.configuration.start))
            let error = await #expect(throws: SimulationError.self) { try await other.start(port: bound) }
            #expect(error?.code == "CHG074")
        }
        try await server.stop()
        let client = LoopbackClient()
        await #expect(throws: (any Error).self) { try await client.get("http://127.0.0.1:\(port)/koeln") }
    }

    @Test func `a faster clock passes more virtual time`() throws {
        let wall = VirtualClock(UTCTime(seconds: 1_000))
        let clock = RealTimeClock(startingAt: UTCTime(seconds: 50), factor: 60) { wall.now }
        #expect(clock.now == UTCTime(seconds: 50))
        wall.set(UTCTime(seconds: 1_010))
        #expect(clock.now == UTCTime(seconds: 650))
    }

    private func serving(_ server: SimulationServer, _ body: (Int) async throws -> Void) async throws {
        let port = try await server.start()
        do {
            try await body(port)
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
    }
}

/// A client without a cache, so that every request reaches the server.
struct LoopbackClient: Sendable {
    struct Answer: Sendable {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]
    }

    private let session: URLSession

    init() {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.urlCache = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        configuration.timeoutIntervalForRequest = 60
        session = URLSession(configuration: configuration)
    }

    func get(_ url: String, headers: [String: String] = [:]) async throws -> Answer {
        var request = URLRequest(url: try #require(URL(string: url)))
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await session.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        let fields = ["ETag", "Retry-After", "Content-Type"].compactMap { name in
            http.value(forHTTPHeaderField: name).map { (name, $0) }
        }
        return Answer(
            status: http.statusCode,
            headers: Dictionary(uniqueKeysWithValues: fields),
            body: [UInt8](data)
        )
    }
}
