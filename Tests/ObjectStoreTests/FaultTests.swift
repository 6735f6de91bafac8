import ChargingModel
import ObjectStore
import Testing

/// What a store makes of a server that is slow, broken, hostile or says no.
@Suite struct FaultTests {
    @Test func `a store that says slow down is asked again, later and later`() async throws {
        let rehearsal = try await Rehearsal.run(
            { request in
                request.number < 4
                    ? Reply.error("503 Slow Down", "SlowDown")
                    : Reply.answer("200 OK", "content", headers: ["ETag: \"e\""])
            },
            { store in
                let text = try await store.text("k")
                #expect(text == "content")
            }
        )
        #expect(rehearsal.error == nil)
        #expect(rehearsal.requests.count == 4)
        #expect(rehearsal.sleeps == [.milliseconds(100), .milliseconds(200), .milliseconds(400)])
    }

    @Test func `a wait that the server asks for is kept, up to the ceiling`() async throws {
        let rehearsal = try await Rehearsal.run(
            { request in
                switch request.number {
                case 1: Reply.answer("429 Too Many Requests", headers: ["Retry-After: 7"])
                case 2: Reply.answer("503 Busy", headers: ["Retry-After: 99999999"])
                default: Reply.answer("200 OK")
                }
            },
            { store in try await store.put("x", at: "k") }
        )
        #expect(rehearsal.error == nil)
        #expect(rehearsal.sleeps == [.seconds(7), .seconds(20)])
    }

    struct Breakage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steps: [ScriptedServer.Step]
    }

    static let breakages = [
        Breakage(testDescription: "reset before the head", steps: [.reset]),
        Breakage(testDescription: "closed before the head", steps: [.close]),
        Breakage(
            testDescription: "body cut",
            steps: [.send(Reply.head("200 OK", ["Content-Length: 7"]) + Array("con".utf8)), .close]
        ),
        Breakage(
            testDescription: "chunks cut",
            steps: [.send(Reply.head("200 OK", ["Transfer-Encoding: chunked"]) + Array("3\r\ncon\r\n".utf8)), .close]
        ),
        Breakage(testDescription: "silence", steps: [.silence]),
        Breakage(
            testDescription: "silence in the body",
            steps: [.send(Reply.head("200 OK", ["Content-Length: 7"]) + Array("con".utf8)), .silence]
        ),
        Breakage(
            testDescription: "drip-fed body",
            steps: [.send(Reply.head("200 OK", ["Content-Length: 1000"])), .drip(everyMilliseconds: 50)]
        ),
        Breakage(testDescription: "500 without a document", steps: Reply.answer("500 Oops", "<html>")),
        Breakage(testDescription: "400 RequestTimeout", steps: Reply.error("400 Bad Request", "RequestTimeout")),
    ]

    @Test(arguments: breakages)
    func `a broken answer is asked for again`(breakage: Breakage) async throws {
        let rehearsal = try await Rehearsal.run(
            { request in
                request.number == 1 ? breakage.steps : Reply.answer("200 OK", "content")
            },
            { store in
                let text = try await store.text("k")
                #expect(text == "content")
            }
        )
        #expect(rehearsal.error == nil)
        #expect(rehearsal.requests.count == 2)
    }

    @Test(arguments: breakages.prefix(3))
    func `a server that stays broken is given up, and the error says what was seen`(breakage: Breakage) async throws {
        let rehearsal = try await Rehearsal.run({ _ in breakage.steps }, { store in _ = try await store.text("k") })
        #expect(rehearsal.error?.errorCode == .unavailable)
        #expect(rehearsal.error?.isTransient == true)
        #expect(rehearsal.error?.exitCode == .temporary)
        #expect(rehearsal.error?.detail.contains("after 4 tries") == true)
        #expect(rehearsal.requests.count == 4)
    }

    @Test func `no request begins after the deadline of the call`() async throws {
        var limits = quickLimits()
        limits.operationDeadline = .seconds(5)
        limits.maximumAttempts = 1_000
        let rehearsal = try await Rehearsal.run(
            limits: limits,
            { _ in
                Reply.answer("503 Busy", headers: ["Retry-After: 2"])
            },
            { store in try await store.put("x", at: "k") }
        )
        #expect(rehearsal.error?.errorCode == .unavailable)
        #expect(rehearsal.requests.count == 4)
    }

    @Test func `a key is sent encoded once`() async throws {
        let rehearsal = try await Rehearsal.run(
            { _ in Reply.answer("200 OK") },
            { store in
                try await store.put("x", at: "ä b/+=%20~(1).txt")
            }
        )
        #expect(rehearsal.requests.map(\.target) == ["/bucket/p/%C3%A4%20b/%2B%3D%2520~%281%29.txt"])
        #expect(rehearsal.requests.first?.headers["host"]?.hasPrefix("127.0.0.1:") == true)
    }

    // MARK: Errors that a person must act on

    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steps: [ScriptedServer.Step]
        let code: ObjectStoreError.Code
        let says: String

        init(_ name: String, _ steps: [ScriptedServer.Step], _ code: ObjectStoreError.Code, says: String) {
            testDescription = name
            self.steps = steps
            self.code = code
            self.says = says
        }
    }

    static let refusals = [
        Refusal(
            "no bucket",
            Reply.error("404 Not Found", "NoSuchBucket"),
            .noBucket,
            says: "HTTP 404 NoSuchBucket: said NoSuchBucket (expected a bucket in eu-central-1)"
        ),
        Refusal(
            "another region",
            Reply.error("301 Moved Permanently", "PermanentRedirect", headers: ["x-amz-bucket-region: us-west-2"]),
            .noBucket,
            says: "it is in us-west-2"
        ),
        Refusal(
            "signed for another region",
            Reply.error("400 Bad Request", "AuthorizationHeaderMalformed", "<Region>ap-south-1</Region>"),
            .noBucket,
            says: "it is in ap-south-1"
        ),
        Refusal("no rights", Reply.error("403 Forbidden", "AccessDenied"), .refused, says: "credentials of the test"),
        Refusal(
            "unknown key",
            Reply.error("403 Forbidden", "InvalidAccessKeyId"),
            .badCredentials,
            says: "credentials of the test"
        ),
        Refusal(
            "wrong secret",
            Reply.error(
                "403 Forbidden",
                "SignatureDoesNotMatch",
                "<StringToSign>AWS4 a-token/with+signs==</StringToSign>"
            ),
            .badCredentials,
            says: "SignatureDoesNotMatch"
        ),
        Refusal(
            "wrong clock",
            Reply.error("403 Forbidden", "RequestTimeTooSkewed"),
            .refused,
            says: "expected a clock within 15 minutes"
        ),
        Refusal("a page of a proxy", Reply.answer("418 Teapot", "<html>"), .unboundedAnswer, says: "HTTP 418"),
        Refusal(
            "an answer announced too large",
            [.send(Reply.head("200 OK", ["Content-Length: 10000000000"])), .silence],
            .unboundedAnswer,
            says: "10000000000 bytes"
        ),
        Refusal(
            "a redirect to another host",
            Reply.answer("307 Temporary Redirect", headers: ["Location: http://example.org/bucket/p/k"]),
            .unboundedAnswer,
            says: "a redirect to another host"
        ),
        Refusal(
            "no HTTP",
            [.send(Array("SSH-2.0-OpenSSH_9.2\r\n\r\n".utf8)), .silence],
            .unboundedAnswer,
            says: "HTTP"
        ),
    ]

    @Test(arguments: refusals)
    func `a refusal is told once, with what to do`(refusal: Refusal) async throws {
        let rehearsal = try await Rehearsal.run({ _ in refusal.steps }, { store in _ = try await store.text("k") })
        let error = try #require(rehearsal.error)
        #expect(error.errorCode == refusal.code)
        #expect(error.detail.contains(refusal.says), "\(error)")
        #expect(rehearsal.requests.count == 1)
        #expect(!error.isTransient)
        for secret in ["a-secret", "a-token", "Signature="] { #expect(!"\(error)".contains(secret)) }
    }

    @Test func `a message that repeats a secret is cleaned`() async throws {
        let rehearsal = try await Rehearsal.run(
            { _ in
                Reply.answer(
                    "403 Forbidden",
                    "<Error><Code>AccessDenied</Code><Message>no a-secret/with+signs= a-token/with+signs==</Message></Error>"
                )
            },
            { store in try await store.put("x", at: "k") }
        )
        #expect(rehearsal.error?.detail.contains("no <redacted> <redacted>") == true)
    }

    @Test func `redirects of the store itself are followed, signed anew, and end`() async throws {
        let rehearsal = try await Rehearsal.run(
            { request in
                request.number == 1
                    ? Reply.answer(
                        "307 Temporary Redirect",
                        headers: ["Location: http://\(request.headers["host"] ?? "")/other/p/k"]
                    ) : Reply.answer("200 OK", "content")
            },
            { store in
                let text = try await store.text("k")
                #expect(text == "content")
            }
        )
        #expect(rehearsal.error == nil)
        #expect(rehearsal.requests.map(\.target) == ["/bucket/p/k", "/other/p/k"])
        #expect(Set(rehearsal.requests.map { $0.headers["authorization"] }).count == 2)

        let loop = try await Rehearsal.run(
            { request in
                Reply.answer("307 Temporary Redirect", headers: ["Location: http://\(request.headers["host"] ?? "")/x"])
            },
            { store in _ = try await store.text("k") }
        )
        #expect(loop.error?.errorCode == .unboundedAnswer)
        #expect(loop.requests.count == 4)
    }

    @Test func `an answer to a range must be that range`() async throws {
        for headers in [["Content-Range: bytes 0-2/9"], ["Content-Range: bytes 1-4/9"], []] {
            let rehearsal = try await Rehearsal.run(
                { _ in
                    Reply.answer("206 Partial Content", "abc", headers: headers)
                },
                { store in _ = try await store.text("k", 1..<4) }
            )
            #expect(rehearsal.error?.errorCode == .unboundedAnswer)
        }
        let ignored = try await Rehearsal.run(
            { _ in Reply.answer("200 OK", "abc") },
            { store in
                _ = try await store.text("k", 0..<3)
            }
        )
        #expect(ignored.error?.errorCode == .unboundedAnswer)
    }

    @Test func `a cancelled call ends at once, as cancelled`() async throws {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        await #expect(throws: CancellationError.self) {
            _ = try await Rehearsal.run(
                { _ in
                    arrival.yield()
                    return [.silence]
                },
                { store in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask { _ = try await store.text("k") }
                        for await _ in arrivals { break }
                        group.cancelAll()
                        try await group.waitForAll()
                    }
                }
            )
        }
    }

    @Test(arguments: [
        "", "no XML", "<!DOCTYPE a [<!ENTITY b \"b\">]><ListBucketResult>&b;</ListBucketResult>", "<ListBucketResult>",
        "<ListBucketResult></Other>", "<ListBucketResult>&nbsp;</ListBucketResult>", "<Other/>",
        "<ListBucketResult/><ListBucketResult/>", String(repeating: "<ListBucketResult>", count: 100_000),
    ])
    func `a document that is none is asked for again, and given up`(text: String) async throws {
        let rehearsal = try await Rehearsal.run({ _ in Reply.answer("200 OK", text) }, { _ = try await $0.keys() })
        #expect(rehearsal.error?.errorCode == .unavailable)
        #expect(rehearsal.error?.detail.contains("expected a document ListBucketResult") == true)
        #expect(rehearsal.requests.count == 4)
    }
}
