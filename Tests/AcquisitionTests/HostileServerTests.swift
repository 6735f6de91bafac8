import Acquisition
import ChargingModel
import RawArchive
import Testing

/// Each hostile answer ends in its documented outcome, within its deadline, with one capture.
@Suite struct HostileServerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let outcome: PollOutcome
        let steps: [ScriptedServer.Step]
        var testDescription: String { name }

        init(_ name: String, _ outcome: PollOutcome, _ steps: [ScriptedServer.Step]) {
            self.name = name
            self.outcome = outcome
            self.steps = steps
        }
    }

    static let html = Array("<html><body>Wartung</body></html>".utf8)
    static let jsonHead = Reply.head("200 OK", ["Content-Type: application/json", "Transfer-Encoding: chunked"])
    static let cutGzip = Array(gzip(Array(Reply.small.utf8)).dropLast(12))

    static let cases: [Case] = [
        Case("empty body", .malformed, Reply.answer("200 OK", [])),
        Case("HTML", .malformed, Reply.answer("200 OK", html, headers: ["Content-Type: text/html"])),
        Case("truncated JSON", .malformed, Reply.json(#"{"data":[{"id":1},{"id""#)),
        Case(
            "invalid UTF-8",
            .malformed,
            Reply.answer("200 OK", Array(#"{"data":["#.utf8) + [0xff, 0xfe, 0x5d, 0x7d])
        ),
        Case("no stations", .suspect, Reply.json(#"{"data":[]}"#)),
        Case("truncated gzip", .malformed, Reply.answer("200 OK", cutGzip, headers: ["Content-Encoding: gzip"])),
        Case("no gzip at all", .malformed, Reply.answer("200 OK", html, headers: ["Content-Encoding: gzip"])),
        Case("brotli", .malformed, Reply.answer("200 OK", html, headers: ["Content-Encoding: br"])),
        Case("gzip bomb", .tooLarge, Reply.answer("200 OK", gzipBomb(), headers: ["Content-Encoding: gzip"])),
        Case("10 GB announced", .tooLarge, [.send(Reply.head("200 OK", ["Content-Length: 10000000000"])), .silence]),
        Case("10 GB streamed", .tooLarge, [.send(Reply.head("200 OK", [])), .flood(bytes: 10_000_000_000)]),
        Case(
            "drip-feed",
            .timeout,
            [.send(Reply.head("200 OK", ["Content-Length: 1000"])), .drip(everyMilliseconds: 50)]
        ),
        Case(
            "drip-fed head",
            .timeout,
            [.send(Array("HTTP/1.1 200 OK\r\nX-Slow: ".utf8)), .drip(everyMilliseconds: 50)]
        ),
        Case("blanks instead of a head", .malformed, [.drip(everyMilliseconds: 50)]),
        Case("silent server", .timeout, [.silence]),
        Case("reset before the head", .connectionFailed, [.reset]),
        Case("closed before the head", .connectionFailed, [.close]),
        Case(
            "reset in the body",
            .connectionFailed,
            [.send(Reply.head("200 OK", ["Content-Length: 1000"]) + Array("{".utf8)), .pause(milliseconds: 20), .reset]
        ),
        Case(
            "Content-Length too long, then closed",
            .connectionFailed,
            [.send(Reply.head("200 OK", ["Content-Length: 1000"]) + Array(Reply.small.utf8)), .close]
        ),
        Case(
            "Content-Length too short",
            .malformed,
            [.send(Reply.head("200 OK", ["Content-Length: 10"]) + Array(Reply.small.utf8))]
        ),
        Case("chunks cut short", .connectionFailed, [.send(jsonHead + Array("5\r\n{\"da".utf8)), .close]),
        Case("no HTTP", .malformed, [.send(Array("SSH-2.0-OpenSSH_9.2\r\n\r\n".utf8)), .silence]),
        Case("404", .httpError, Reply.status("404 Not Found")),
        Case("500", .httpError, Reply.status("500 Internal Server Error")),
        Case("204", .httpError, [.send(Reply.head("204 No Content", []))]),
        Case("304 that nobody asked for", .httpError, [.send(Reply.head("304 Not Modified", []))]),
        Case("redirect to itself", .redirectLoop, Reply.redirect(to: "/feed")),
        Case("redirect to a file", .malformed, Reply.redirect(to: "file:///etc/passwd")),
    ]

    @Test(arguments: cases)
    func `a hostile answer ends in its outcome within its deadline`(_ hostile: Case) async throws {
        let result = try await Rehearsal.run { _ in hostile.steps }
        #expect(result.outcome == hostile.outcome, "\(result.detail)")
        #expect(result.captures.count == 1)
        #expect(result.elapsed < .seconds(3), "\(result.elapsed)")
        #expect(!result.detail.isEmpty)
        #expect(result.detail.contains("expected") || hostile.outcome == .malformed, "\(result.detail)")
        #expect(result.log.contains { $0.hasPrefix("warning: poll failed") && $0.contains("error.code=CHG02") })
        #expect(result.summaries.first?.counts.outcomes == [hostile.outcome: 1])
    }

    @Test func `a body without end is cut near the cap`() async throws {
        let result = try await Rehearsal.run { _ in
            [.send(Reply.head("200 OK", [])), .flood(bytes: 10_000_000_000)]
        }
        #expect(result.outcome == .tooLarge)
        #expect(result.captures.first?.pages.isEmpty == true)
        // What the server wrote fits into the cap and the socket buffers of both sides.
        #expect(result.server.bytesSent < 32 << 20, "\(result.server.bytesSent)")
    }

    @Test func `an error answer is kept up to its cap`() async throws {
        let result = try await Rehearsal.run { _ in
            [.send(Reply.head("404 Not Found", [])), .flood(bytes: 10_000_000_000)]
        }
        #expect(result.outcome == .httpError)
        #expect(result.captures.first?.pages.first?.body.count == 4_096)
        #expect(result.detail == "HTTP 404 (expected 200); its body was cut at 4096 bytes")
    }

    @Test func `a timeout says how far the answer came`() async throws {
        let result = try await Rehearsal.run { _ in
            [.send(Reply.head("200 OK", ["Content-Length: 1000"]) + Array("{\"data\"".utf8)), .silence]
        }
        #expect(result.detail == "an answer cut at 7 bytes after 300 ms (expected a whole answer by then)")
    }

    @Test func `a refused connection is connectionFailed`() async throws {
        let port = try await ScriptedServer.with({ _ in [] }, { $0.port })
        let result = try await Rehearsal.run(path: "/feed") { _ in Reply.redirect(to: "http://127.0.0.1:\(port)/") }
        #expect(result.outcome == .connectionFailed, "\(result.detail)")
    }

    @Test func `a usable answer in gzip is unpacked`() async throws {
        let result = try await Rehearsal.run { _ in
            Reply.answer("200 OK", gzip(Array(Reply.small.utf8)), headers: ["Content-Encoding: gzip"])
        }
        #expect(result.outcome == .ok, "\(result.detail)")
        #expect(result.captures.first?.pages.first?.body == Array(Reply.small.utf8))
        #expect(result.requests.first?.headers["accept-encoding"] == "gzip")
        #expect(result.requests.first?.headers["accept"] == "application/json")
        #expect(result.requests.first?.headers["user-agent"] == "chargehouse/1.2.3 (+mail@example.org)")
    }
}
