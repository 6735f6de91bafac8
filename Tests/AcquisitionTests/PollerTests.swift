import Acquisition
import ChargingModel
import RawArchive
import Synchronization
import Testing

@Suite struct PollerTests {
    @Test func `a good answer is one capture with its page`() async throws {
        let result = try await Rehearsal.run { _ in Reply.json(headers: ["Set-Cookie: id=1"]) }
        let capture = try #require(result.captures.first)
        #expect(capture.poll.outcome == .ok)
        #expect(capture.poll.slot == noon)
        #expect(capture.poll.httpStatus == 200)
        #expect(capture.poll.attempts == 1)
        #expect(capture.poll.detail == nil)
        #expect(capture.pages.map(\.body) == [Array(Reply.small.utf8)])
        #expect(capture.pages.first?.headers.contains(HeaderField("Set-Cookie", "<redacted>")) == true)
        #expect(result.summaries.first?.counts.stations == 1)
    }

    @Test func `connections are kept and used again`() async throws {
        let result = try await Rehearsal.run(rounds: 5) { _ in Reply.json() }
        #expect(result.server.connections == 1)
        #expect(result.requests.map(\.number) == [1, 2, 3, 4, 5])
    }

    @Test func `the second poll is conditional and a 304 is ok`() async throws {
        let result = try await Rehearsal.run(rounds: 3) { request in
            request.headers["if-none-match"] == "\"v1\""
                ? [.send(Reply.head("304 Not Modified", ["ETag: \"v1\""]))]
                : Reply.json(headers: ["ETag: \"v1\"", "Last-Modified: Sun, 01 Mar 2026 11:00:00 GMT"])
        }
        #expect(result.captures.map(\.poll.outcome) == [.ok, .ok, .ok])
        #expect(result.captures.map(\.poll.httpStatus) == [200, 304, 304])
        #expect(result.requests[1].headers["if-modified-since"] == "Sun, 01 Mar 2026 11:00:00 GMT")
        #expect(result.summaries.map(\.counts.unchanged) == [0, 1, 1])
    }

    @Test func `the first poll of a process asks the archive for validators`() async throws {
        let result = try await Rehearsal.run(validators: PageValidators(etag: "\"old\"", lastModified: nil)) {
            request in
            #expect(request.headers["if-none-match"] == "\"old\"")
            return [.send(Reply.head("304 Not Modified", []))]
        }
        #expect(result.outcome == .ok)
    }

    @Test func `an answer that cannot be used is never asked for conditionally`() async throws {
        let result = try await Rehearsal.run(rounds: 2) { _ in Reply.json(#"{"data":[]}"#, headers: ["ETag: \"v1\""]) }
        #expect(result.captures.map(\.poll.outcome) == [.suspect, .suspect])
        #expect(result.requests.allSatisfy { $0.headers["if-none-match"] == nil })
        #expect(result.captures.allSatisfy { $0.pages.count == 1 })
    }

    @Test func `pages are followed to the last`() async throws {
        let result = try await Rehearsal.run(rounds: 2) { request in
            switch request.path {
            case "/feed": Reply.json(#"{"data":[1],"next":"/feed?p=2"}"#, headers: ["ETag: \"v1\""])
            case "/feed?p=2": Reply.json(#"{"data":[2,3],"next":"/feed?p=3"}"#)
            default: Reply.json(#"{"data":[4]}"#)
            }
        }
        #expect(result.captures.map(\.pages.count) == [3, 3])
        #expect(result.summaries.map(\.counts.stations) == [4, 4])
        #expect(result.captures.first?.poll.attempts == 3)
        #expect(result.requests.allSatisfy { $0.headers["if-none-match"] == nil }, "a paged feed is asked in whole")
    }

    @Test func `a server that pages for ever is cut at the page cap`() async throws {
        let result = try await Rehearsal.run { request in
            Reply.json(#"{"data":[1],"next":"\#(request.path)x"}"#)
        }
        #expect(result.outcome == .tooLarge)
        #expect(result.requests.count == 5)
        #expect(result.detail == "more pages after page 5 (expected at most that many)")
    }

    @Test func `a page that names itself or another host as the next is suspect`() async throws {
        let itself = try await Rehearsal.run { _ in Reply.json(#"{"data":[1],"next":"/feed"}"#) }
        #expect(itself.outcome == .suspect)
        #expect(itself.requests.count == 1)
        let other = try await Rehearsal.run { _ in Reply.json(#"{"data":[1],"next":"http://127.0.0.2:9/"}"#) }
        #expect(other.outcome == .suspect)
        #expect(other.captures.first?.pages.count == 1)
    }

    @Test func `a bad second page leaves both pages and its outcome`() async throws {
        let result = try await Rehearsal.run { request in
            request.path == "/feed" ? Reply.json(#"{"data":[1],"next":"/feed?p=2"}"#) : Reply.json("{")
        }
        #expect(result.outcome == .malformed)
        #expect(result.captures.first?.pages.count == 2)
    }

    @Test(arguments: ["503 Service Unavailable", "429 Too Many Requests", "500 Internal Server Error"])
    func `a transient failure is repeated`(status: String) async throws {
        var configuration = quickConfiguration()
        configuration.retry.maximumAttempts = 3
        let result = try await Rehearsal.run(configuration: configuration) { request in
            request.number == 1 ? Reply.status(status) : Reply.json()
        }
        #expect(result.outcome == .ok)
        #expect(result.poll?.attempts == 2)
        #expect(result.captures.count == 1)
        #expect(result.captures.first?.pages.map(\.httpStatus) == [200])
    }

    @Test func `a lasting failure is given up after the attempts, with the last answer`() async throws {
        var configuration = quickConfiguration()
        configuration.retry.maximumAttempts = 3
        let result = try await Rehearsal.run(configuration: configuration) { _ in
            Reply.status("503 Service Unavailable", headers: ["Retry-After: 20"])
        }
        #expect(result.poll?.attempts == 3)
        #expect(result.detail == "HTTP 503 (expected 200); 3 tries in 40 s")
        #expect(result.captures.first?.pages.map(\.httpStatus) == [503])
    }

    @Test func `a Retry-After beyond the slot is said and not waited for`() async throws {
        var configuration = quickConfiguration()
        configuration.retry.maximumAttempts = 3
        let result = try await Rehearsal.run(configuration: configuration) { _ in
            Reply.status("429 Too Many Requests", headers: ["Retry-After: Sun, 01 Mar 2026 12:09:00 GMT"])
        }
        #expect(result.outcome == .httpError)
        #expect(result.requests.count == 1)
        #expect(
            result.detail.hasPrefix("HTTP 429 (expected 200); Retry-After of 540 s exceeds the "),
            "\(result.detail)"
        )
    }

    @Test func `a 404 is not repeated`() async throws {
        var configuration = quickConfiguration()
        configuration.retry.maximumAttempts = 3
        let result = try await Rehearsal.run(configuration: configuration) { _ in Reply.status("404 Not Found") }
        #expect(result.requests.count == 1)
    }

    @Test func `redirects are followed, without the credential to another host`() async throws {
        let script: ScriptedServer.Script = { _ in Reply.json() }
        let result = try await ScriptedServer.with(script) { other in
            let target = other.url("/elsewhere")
            let result = try await Rehearsal.run(credential: Secret("s3cr3t")) { request in
                request.path == "/feed" ? Reply.redirect(to: "/moved") : Reply.redirect(to: target)
            }
            #expect(other.requests.map(\.path) == ["/elsewhere"])
            #expect(other.requests.allSatisfy { $0.headers["x-api-key"] == nil })
            return result
        }
        #expect(result.outcome == .ok, "\(result.detail)")
        #expect(result.requests.map { $0.headers["x-api-key"] } == ["s3cr3t", "s3cr3t"])
    }

    @Test func `no credential appears in a capture, a log line or a detail`() async throws {
        var configuration = quickConfiguration()
        configuration.retry.maximumAttempts = 2
        let path = "/feed?key=s3cr3t"
        let result = try await Rehearsal.run(configuration: configuration, path: path, credential: Secret("s3cr3t")) {
            request in
            Reply.status(
                "503 \(request.headers["x-api-key"] ?? "")",
                headers: ["X-Echo: s3cr3t", "Set-Cookie: s3cr3t"]
            )
        }
        #expect(result.requests.first?.headers["x-api-key"] == "s3cr3t")
        #expect(!String(describing: result.captures.map(\.poll)).contains("s3cr3t"))
        #expect(!String(describing: result.captures.flatMap { $0.pages.map(\.headers) }).contains("s3cr3t"))
        #expect(!String(describing: result.captures.flatMap { $0.pages.map(\.url) }).contains("s3cr3t"))
        #expect(!result.log.joined().contains("s3cr3t"))
    }

    @Test func `a credential that no header can hold is not shown`() async throws {
        let result = try await Rehearsal.run(credential: Secret("s3cr3t\r\nX: y")) { _ in Reply.json() }
        #expect(result.outcome != .ok)
        #expect(!result.detail.contains("s3cr3t"))
        #expect(!result.log.joined().contains("s3cr3t"))
        #expect(result.requests.isEmpty)
    }

    @Test func `a feed without its credential is recorded as skipped`() async throws {
        let result = try await Rehearsal.run(needsCredentials: true) { _ in Reply.json() }
        #expect(result.outcome == .skipped)
        #expect(result.poll?.attempts == 0)
        #expect(result.requests.isEmpty)
        #expect(result.log.contains { $0.contains("error.code=CHG028") })
    }

    @Test func `a feed that recovers is said at notice`() async throws {
        let count = Mutex(0)
        let result = try await Rehearsal.run(rounds: 3) { _ in
            count.withLock { $0 += 1 }
            return count.withLock { $0 } < 3 ? Reply.status("404 Not Found") : Reply.json()
        }
        #expect(result.log.contains { $0.hasPrefix("notice: feed recovered") && $0.contains("polls.failed=2") })
    }

    @Test func `a host that fails is left alone and probed after the cool-down`() async throws {
        var configuration = quickConfiguration()
        configuration.politeness.breakerThreshold = 2
        configuration.politeness.breakerCoolDown = .seconds(900)
        let count = Mutex(0)
        let result = try await Rehearsal.run(configuration: configuration, rounds: 6) { _ in
            count.withLock { $0 += 1 }
            return count.withLock { $0 } <= 2 ? [.close] : Reply.json()
        }
        // Failures at 12:00 and 12:10 open it until 12:25; 12:20 is skipped, 12:30 probes.
        let expected: [PollOutcome] = [.connectionFailed, .connectionFailed, .skipped, .ok, .ok, .ok]
        #expect(result.captures.map(\.poll.outcome) == expected)
        #expect(result.log.filter { $0.hasPrefix("warning: host left alone") }.count == 1)
    }
}
