import Acquisition
import ChargingModel
import RawArchive
import Sources
import Synchronization
import Testing

@Suite struct AcquirerTests {
    private static let fixed = HTTPTransport { _, _ in
        FetchedPage(httpStatus: 200, headers: [], body: Array(Reply.small.utf8))
    }

    private func acquirer(
        _ configuration: AcquisitionConfiguration = quickConfiguration(),
        transport: HTTPTransport = fixed,
        store: CaptureStore,
        clock: JumpingClock = JumpingClock(noon),
        log: LogRecorder = LogRecorder()
    ) -> Acquirer {
        Acquirer(
            configuration: configuration,
            transport: transport,
            store: store,
            clock: clock.clock,
            random: PollRandom { 0.5 },
            logger: log.logger
        )
    }

    private func targets(_ count: Int, url: String = "http://127.0.0.1:9/") throws -> [PollTarget] {
        try (0..<count).map { PollTarget(feed: try feed("test/feed-\($0)", url: url), adapter: PlainAdapter()) }
    }

    @Test func `a round gives one capture a feed and one line at info`() async throws {
        let recorder = CaptureRecorder()
        let log = LogRecorder()
        let summary = try await acquirer(store: recorder.store(), log: log)
            .pollOnce(feeds: try targets(38), slot: noon)
        #expect(Set(recorder.captures.map(\.poll.feed)).count == 38)
        #expect(summary.counts.polls == 38)
        #expect(summary.counts.outcomes == [.ok: 38])
        #expect(summary.counts.bytes == 38 * Reply.small.utf8.count)
        #expect(log.lines.filter { $0.hasPrefix("info:") }.count == 1)
    }

    @Test func `no more requests than the limit run at once on a host`() async throws {
        var configuration = quickConfiguration()
        configuration.limits.requestDeadline = .seconds(5)
        let recorder = CaptureRecorder()
        let script: ScriptedServer.Script = { _ in [.pause(milliseconds: 10)] + Reply.json() }
        let record = try await ScriptedServer.with(script) { server in
            try await HTTPTransport.withHTTPClient(configuration) { transport in
                _ = try await acquirer(configuration, transport: transport, store: recorder.store())
                    .pollOnce(feeds: try targets(20, url: server.url("/")), slot: noon)
                return server.record.withLock { $0 }
            }
        }
        #expect(record.requests.count == 20)
        #expect(record.mostActive == 2)
        #expect(record.connections <= 2)
    }

    @Test func `a virtual day polls 144 aligned slots`() async throws {
        let recorder = CaptureRecorder()
        let clock = JumpingClock(noon, until: noon.adding(seconds: 86_400))
        let log = LogRecorder()
        let summary = try await acquirer(store: recorder.store(), clock: clock, log: log)
            .run(feeds: try targets(2), every: nil)
        #expect(summary.rounds == 144)
        #expect(summary.missedSlots == 0)
        #expect(summary.counts.outcomes == [.ok: 288])
        let slots = recorder.captures.filter { $0.poll.feed.description == "test/feed-0" }.map(\.poll.slot)
        #expect(slots == (0..<144).map { noon.adding(seconds: $0 * 600) })
        #expect(recorder.captures.allSatisfy { $0.poll.requestedAt.seconds(since: $0.poll.slot) < 120 })
    }

    @Test func `the interval can be set for all feeds`() async throws {
        let clock = JumpingClock(noon, until: noon.adding(seconds: 3_600))
        let summary = try await acquirer(store: CaptureRecorder().store(), clock: clock)
            .run(feeds: try targets(1), every: 60)
        #expect(summary.rounds == 60)
    }

    @Test func `an archive that cannot be written stops the run with a clear error`() async throws {
        struct DiskFull: Error {}
        let store = CaptureStore(append: { _ in throw DiskFull() }, validators: { _, _, _ in nil })
        let error = await #expect(throws: AcquisitionError.self) {
            _ = try await acquirer(store: store).run(feeds: try targets(3), every: nil)
        }
        #expect(error?.kind == .archiveUnwritable)
        #expect(error?.exitCode == .inputOutput)
        #expect(error?.description.contains("error[CHG020]: test/feed-") == true)
        #expect(error?.description.contains("DiskFull") == true)
    }

    @Test func `a cancelled poll leaves no half capture`() async throws {
        var configuration = quickConfiguration()
        configuration.limits.requestDeadline = .seconds(30)
        let recorder = CaptureRecorder()
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        let script: ScriptedServer.Script = { _ in
            arrival.yield()
            return [.send(Reply.head("200 OK", ["Content-Length: 1000"]) + Array("{".utf8)), .silence]
        }
        let summary = try await ScriptedServer.with(script) { server in
            try await HTTPTransport.withHTTPClient(configuration) { transport in
                let acquirer = acquirer(configuration, transport: transport, store: recorder.store())
                let feeds = try targets(3, url: server.url("/"))
                return try await withThrowingTaskGroup(of: RoundSummary.self) { group in
                    group.addTask { try await acquirer.pollOnce(feeds: feeds, slot: noon) }
                    for await _ in arrived { break }
                    group.cancelAll()
                    return try await group.next()
                }
            }
        }
        #expect(recorder.captures.isEmpty)
        #expect(summary?.counts.abandoned == 3)
        #expect(summary?.counts.polls == 0)
    }

    @Test func `a list of feeds that cannot be polled is refused`() async throws {
        let acquirer = acquirer(store: CaptureRecorder().store())
        let one = try targets(1)
        let none = await #expect(throws: AcquisitionError.self) { try await acquirer.pollOnce(feeds: [], slot: noon) }
        #expect(none?.kind == .unusableFeeds)
        let twice = await #expect(throws: AcquisitionError.self) {
            try await acquirer.pollOnce(feeds: one + one, slot: noon)
        }
        #expect(twice?.detail == "the feed is listed twice (expected once)")
        let never = await #expect(throws: AcquisitionError.self) { try await acquirer.run(feeds: one, every: 0) }
        #expect(never?.kind == .unusableFeeds)
    }
}
