import Acquisition
import ChargingModel
import Foundation
import Logging
import RawArchive
import Sources
import Synchronization

/// Keeps what was appended, in order.
final class CaptureRecorder: Sendable {
    private let kept = Mutex<[Capture]>([])
    let asked = Mutex<[String]>([])

    var captures: [Capture] { kept.withLock { $0 } }

    func store(validators: PageValidators? = nil) -> CaptureStore {
        CaptureStore(
            append: { capture in self.kept.withLock { $0.append(capture) } },
            validators: { feed, url, day in
                self.asked.withLock { $0.append("\(feed) \(url) \(day)") }
                return validators
            }
        )
    }
}

/// Keeps log lines as text: `warning: poll failed detail=… feed.id=…`.
final class LogRecorder: Sendable {
    private let kept = Mutex<[String]>([])
    var lines: [String] { kept.withLock { $0 } }

    var logger: Logger {
        Logger(label: "test") { _ in Handler(recorder: self) }
    }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let facts = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let line = (["\(event.level): \(event.message)"] + facts).joined(separator: " ")
            recorder.kept.withLock { $0.append(line) }
        }
    }
}

/// A clock that jumps to the time that is waited for, and ends the test's run at a given time.
final class JumpingClock: Sendable {
    private let present: Mutex<UTCTime>
    let sleeps = Mutex<[UTCTime]>([])
    private let end: UTCTime

    init(_ start: UTCTime, until end: UTCTime = .openEnd) {
        present = Mutex(start)
        self.end = end
    }

    var now: UTCTime { present.withLock { $0 } }
    func set(_ time: UTCTime) { present.withLock { $0 = time } }
    func advance(_ duration: Duration) { present.withLock { $0 = $0.advanced(by: duration) } }

    var clock: PollClock {
        PollClock(
            now: { self.now },
            sleep: { until in
                try Task.checkCancellation()
                guard until < self.end else { throw CancellationError() }
                self.sleeps.withLock { $0.append(until) }
                self.present.withLock { $0 = max($0, until) }
            }
        )
    }
}

/// An adapter whose answers are JSON objects with `data` and, where there is another page, `next` (a path).
struct PlainAdapter: FeedAdapter {
    let id = "plain"
    let family = "plain"
    let mappingVersion = 1

    func firstRequest(for feed: FeedDescriptor, credential: Secret?) throws -> FeedRequest {
        guard !feed.needsCredentials || credential != nil else {
            throw AnswerFault(.suspect, "no credential (expected one)")
        }
        return request(feed.url, credential)
    }

    func nextRequest(
        after page: [UInt8],
        number: Int,
        for feed: FeedDescriptor,
        credential: Secret?
    ) throws -> FeedRequest? {
        guard let object = try JSONSerialization.jsonObject(with: Data(page)) as? [String: Any],
            let next = object["next"] as? String
        else { return nil }
        let base = URL(string: feed.url)
        return URL(string: next, relativeTo: base).map { request($0.absoluteString, credential) }
    }

    func split(_ page: [UInt8]) throws -> AnswerParts {
        let value: Any
        do {
            value = try JSONSerialization.jsonObject(with: Data(page))
        } catch {
            throw AnswerFault(.malformed, "no JSON (expected an object)")
        }
        guard let object = value as? [String: Any], let data = object["data"] as? [Any], !data.isEmpty else {
            throw AnswerFault(.suspect, "no data (expected stations)")
        }
        return AnswerParts(sourceTime: nil, elements: data.map { _ in 0..<1 }, pointer: "/data")
    }

    func map(_ element: ArraySlice<UInt8>, feed: FeedDescriptor) -> MappedStation {
        MappedStation(record: nil, read: RecordCounts())
    }

    private func request(_ url: String, _ credential: Secret?) -> FeedRequest {
        FeedRequest(url: url, headers: credential.map { [(name: "X-Api-Key", value: $0)] } ?? [])
    }
}

/// A descriptor of the given address.
func feed(_ id: String, url: String, interval: Int = 600, needsCredentials: Bool = false) throws -> FeedDescriptor {
    let text = """
        {"id": "\(id)", "name": "Test", "adapter": "plain", "url": "\(url)", "interval_s": \(interval),
         "time_zone": "Europe/Berlin", "has_live_status": true, "needs_credentials": \(needsCredentials),
         "enabled": true}
        """
    return try JSONDecoder().decode(FeedDescriptor.self, from: Data(text.utf8))
}

let noon = UTCTime(seconds: 1_772_366_400)  // 2026-03-01T12:00:00Z, a slot of every interval used here

/// Small limits, so that hostile servers are given up within a third of a second.
func quickConfiguration() -> AcquisitionConfiguration {
    var configuration = AcquisitionConfiguration(version: "1.2.3", contact: "mail@example.org", collector: "test")
    configuration.limits.requestDeadline = .milliseconds(300)
    configuration.limits.connectDeadline = .milliseconds(300)
    configuration.limits.maximumPageBytes = 65_536
    configuration.limits.maximumErrorBytes = 4_096
    configuration.limits.maximumPages = 5
    configuration.retry.maximumAttempts = 1
    configuration.politeness.hostSpacing = .zero
    configuration.politeness.breakerThreshold = 1_000
    return configuration
}

/// All that one poll of one scripted server left behind.
struct Rehearsal: Sendable {
    var captures: [Capture]
    var summaries: [RoundSummary]
    var log: [String]
    var requests: [ScriptedServer.Request]
    var server: ScriptedServer.Record
    var elapsed: Duration

    var poll: PollRecord? { captures.last?.poll }
    var outcome: PollOutcome? { poll?.outcome }
    var detail: String { poll?.detail ?? "" }

    /// Polls the server once a slot for some slots of ten minutes from noon, on a jumping clock.
    static func run(
        configuration: AcquisitionConfiguration = quickConfiguration(),
        path: String = "/feed",
        rounds: Int = 1,
        adapter: any FeedAdapter = PlainAdapter(),
        credential: Secret? = nil,
        needsCredentials: Bool = false,
        validators: PageValidators? = nil,
        start: UTCTime = noon,
        _ script: @escaping ScriptedServer.Script
    ) async throws -> Rehearsal {
        let recorder = CaptureRecorder()
        let log = LogRecorder()
        let clock = JumpingClock(start)
        return try await ScriptedServer.with(script) { server in
            try await HTTPTransport.withHTTPClient(configuration) { transport in
                let acquirer = Acquirer(
                    configuration: configuration,
                    transport: transport,
                    store: recorder.store(validators: validators),
                    clock: clock.clock,
                    random: PollRandom { 0.5 },
                    logger: log.logger
                )
                let target = PollTarget(
                    feed: try feed("test/feed", url: server.url(path), needsCredentials: needsCredentials),
                    adapter: adapter,
                    credential: credential
                )
                var summaries: [RoundSummary] = []
                let begin = ContinuousClock.now
                for index in 0..<rounds {
                    let slot = noon.adding(seconds: index * 600)
                    clock.set(max(clock.now, slot))
                    summaries.append(try await acquirer.pollOnce(feeds: [target], slot: slot))
                }
                return Rehearsal(
                    captures: recorder.captures,
                    summaries: summaries,
                    log: log.lines,
                    requests: server.requests,
                    server: server.record.withLock { $0 },
                    elapsed: ContinuousClock.now - begin
                )
            }
        }
    }
}
