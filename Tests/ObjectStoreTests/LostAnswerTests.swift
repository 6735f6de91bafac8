import ChargingModel
import ObjectStore
import Testing

/// Requests that were carried out although their answers were lost, uploads that fail, and credentials that end.
@Suite struct LostAnswerTests {
    private static let writer = "x-amz-meta-chargehouse-writer"

    @Test(arguments: [true, false])
    func `a put if absent whose answer was lost knows its own object`(isOurs: Bool) async throws {
        let rehearsal = try await Rehearsal.run(
            { request in
                switch (request.method, request.number) {
                case ("PUT", 1): [.reset]
                case ("PUT", _): Reply.error("412 Precondition Failed", "PreconditionFailed")
                default:
                    [
                        .send(
                            Reply.head(
                                "200 OK",
                                ["Content-Length: 1", "\(Self.writer): \(isOurs ? "token-1" : "other")"]
                            )
                        )
                    ]
                }
            },
            { store in
                let isNew = try await store.putIfAbsent("x", at: "k")
                #expect(isNew == isOurs)
            }
        )
        #expect(rehearsal.error == nil)
        #expect(rehearsal.requests.map(\.method) == ["PUT", "PUT", "HEAD"])
        #expect(rehearsal.requests.prefix(2).allSatisfy { $0.headers["if-none-match"] == "*" })
        #expect(rehearsal.requests.prefix(2).allSatisfy { $0.headers[Self.writer] == "token-1" })
    }

    @Test func `a put if absent that is refused at once asks nothing more`() async throws {
        let rehearsal = try await Rehearsal.run(
            { _ in
                Reply.error("412 Precondition Failed", "PreconditionFailed")
            },
            { store in
                let isNew = try await store.putIfAbsent("x", at: "k")
                #expect(!isNew)
            }
        )
        #expect(rehearsal.requests.count == 1)
    }

    /// Answers an upload in parts; `complete` scripts its end.
    private static func upload(
        _ complete: @escaping @Sendable (_ attempt: Int) -> [ScriptedServer.Step]
    ) -> ScriptedServer.Script {
        let completions = Counter()
        return { request in
            switch (request.method, request.query) {
            case ("POST", "uploads="):
                Reply.answer(
                    "200 OK",
                    "<InitiateMultipartUploadResult><UploadId>a+b=</UploadId></InitiateMultipartUploadResult>"
                )
            case ("PUT", _): Reply.answer("200 OK", headers: ["ETag: \"part\(request.body.count)&\""])
            case ("POST", _): complete(completions.next())
            case ("HEAD", _): [.send(Reply.head("200 OK", ["Content-Length: 25", "\(writer): token-1"]))]
            default: Reply.answer("204 No Content")
            }
        }
    }

    private static let done = Reply.answer(
        "200 OK",
        "  \n<?xml version=\"1.0\"?>\n<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>"
    )

    private static func smallParts() -> StoreLimits {
        var limits = quickLimits()
        limits.partBytes = 10
        return limits
    }

    @Test func `an upload in parts has all bytes, and one end`() async throws {
        let rehearsal = try await Rehearsal.run(
            limits: Self.smallParts(),
            Self.upload { _ in Self.done },
            { store in
                try await store.put("0123456789abcdefghij_____", at: "k")
            }
        )
        #expect(rehearsal.error == nil)
        let parts = rehearsal.requests.filter { $0.method == "PUT" }.sorted { $0.target < $1.target }
        #expect(parts.map { String(decoding: $0.body, as: UTF8.self) } == ["0123456789", "abcdefghij", "_____"])
        #expect(parts.first?.query == "partNumber=1&uploadId=a%2Bb%3D")
        let end = rehearsal.requests.last.map { String(decoding: $0.body, as: UTF8.self) } ?? ""
        #expect(
            end.contains(
                "<Part><PartNumber>3</PartNumber><ETag>&quot;part5&amp;&quot;</ETag></Part></CompleteMultipart"
            )
        )
    }

    @Test func `an error inside an answer of 200 is an error, and asked for again where that helps`() async throws {
        let inside = "<?xml version=\"1.0\"?><Error><Code>InternalError</Code><Message>try again</Message></Error>"
        let rehearsal = try await Rehearsal.run(
            limits: Self.smallParts(),
            Self.upload { $0 < 2 ? Reply.answer("200 OK", inside) : Self.done },
            { store in try await store.put("0123456789abcdefghij_____", at: "k") }
        )
        #expect(rehearsal.error == nil)
        #expect(rehearsal.requests.filter { $0.query.hasPrefix("uploadId") }.map(\.method) == ["POST", "POST", "POST"])
    }

    @Test func `an error inside an answer of 200 that stays ends the call and removes the parts`() async throws {
        let inside = "<Error><Code>InvalidPart</Code><Message>no such part</Message></Error>"
        let rehearsal = try await Rehearsal.run(
            limits: Self.smallParts(),
            Self.upload { _ in Reply.answer("200 OK", inside) },
            { store in try await store.put("0123456789abcdefghij_____", at: "k") }
        )
        #expect(rehearsal.error?.detail.contains("HTTP 200 InvalidPart: no such part") == true)
        #expect(rehearsal.requests.last?.method == "DELETE")
        #expect(rehearsal.requests.last?.query == "uploadId=a%2Bb%3D")
        #expect(rehearsal.error?.kept == nil)
    }

    @Test func `an upload that was completed although the answer was lost is complete`() async throws {
        let rehearsal = try await Rehearsal.run(
            limits: Self.smallParts(),
            Self.upload { $0 == 0 ? [.reset] : Reply.error("404 Not Found", "NoSuchUpload") },
            { store in
                let isNew = try await store.putIfAbsent("0123456789abcdefghij_____", at: "k")
                #expect(isNew)
            }
        )
        #expect(rehearsal.error == nil)
        #expect(rehearsal.requests.map(\.method).suffix(3) == ["POST", "POST", "HEAD"])
    }

    @Test func `an upload that another writer was before leaves no parts`() async throws {
        let rehearsal = try await Rehearsal.run(
            limits: Self.smallParts(),
            Self.upload { _ in Reply.error("412 Precondition Failed", "PreconditionFailed") },
            { store in
                let isNew = try await store.putIfAbsent("0123456789abcdefghij_____", at: "k")
                #expect(!isNew)
            }
        )
        #expect(rehearsal.error == nil)
        #expect(rehearsal.requests.map(\.method).suffix(2) == ["POST", "DELETE"])
    }

    @Test func `an upload that is cancelled leaves no parts`() async throws {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let script = Self.upload { _ in Self.done }
        let removed = Counter()
        await #expect(throws: CancellationError.self) {
            _ = try await Rehearsal.run(
                limits: Self.smallParts(),
                { request in
                    if request.method == "DELETE" { _ = removed.next() }
                    guard request.method == "PUT" else { return script(request) }
                    arrival.yield()
                    return [.silence]
                },
                { store in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask { try await store.put("0123456789abcdefghij_____", at: "k") }
                        for await _ in arrivals { break }
                        group.cancelAll()
                        try await group.waitForAll()
                    }
                }
            )
        }
        #expect(removed.next() == 1)
    }

    @Test func `parts that could not be removed are told`() async throws {
        let script = Self.upload { _ in Reply.error("403 Forbidden", "AccessDenied") }
        let rehearsal = try await Rehearsal.run(
            limits: Self.smallParts(),
            { request in
                request.method == "DELETE" ? Reply.error("403 Forbidden", "AccessDenied") : script(request)
            },
            { store in try await store.put("0123456789abcdefghij_____", at: "k") }
        )
        #expect(rehearsal.error?.errorCode == .refused)
        #expect(rehearsal.error?.kept?.contains("upload a+b=") == true)
    }

    // MARK: Credentials that end

    private static let fresh = AWSCredentials(accessKeyID: "AKIDFRESH", secretKey: Secret("fresh"), source: "the test")

    @Test func `expired credentials are replaced once`() async throws {
        let rehearsal = try await Rehearsal.run(
            credentials: [testCredentials, Self.fresh],
            { request in
                request.headers["authorization"]?.contains("AKIDFRESH") == true
                    ? Reply.answer("200 OK", "content") : Reply.error("400 Bad Request", "ExpiredToken")
            },
            { store in
                let text = try await store.text("k")
                #expect(text == "content")
            }
        )
        #expect(rehearsal.error == nil)
        #expect(rehearsal.requests.count == 2)
        #expect(rehearsal.sleeps == [])
    }

    @Test func `fresh credentials that are called expired too end the call`() async throws {
        let rehearsal = try await Rehearsal.run(
            credentials: [testCredentials, Self.fresh],
            { _ in
                Reply.error("400 Bad Request", "ExpiredToken")
            },
            { store in _ = try await store.text("k") }
        )
        #expect(rehearsal.error?.errorCode == .badCredentials)
        #expect(rehearsal.requests.count == 2)
    }

    @Test func `expired credentials that nothing replaces end the call`() async throws {
        let rehearsal = try await Rehearsal.run(
            { _ in Reply.error("400 Bad Request", "ExpiredToken") },
            { store in
                _ = try await store.text("k")
            }
        )
        #expect(rehearsal.error?.errorCode == .badCredentials)
        #expect(rehearsal.requests.count == 1)
    }

    // MARK: Lists

    @Test(arguments: [
        ("the same token for ever", "<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"),
        ("no token", "<IsTruncated>true</IsTruncated>"),
        ("a foreign key", "<Contents><Key>q/x</Key><Size>1</Size></Contents>"),
        ("no size", "<Contents><Key>p/x</Key></Contents>"),
        ("a negative size", "<Contents><Key>p/x</Key><Size>-1</Size></Contents>"),
    ])
    func `a list that is not one is an error`(name: String, content: String) async throws {
        let rehearsal = try await Rehearsal.run(
            { _ in
                Reply.answer("200 OK", "<ListBucketResult>\(content)</ListBucketResult>")
            },
            { store in _ = try await store.keys() }
        )
        #expect(rehearsal.error?.errorCode == .unboundedAnswer)
        #expect(rehearsal.requests.count <= 2)
    }

    @Test func `a list of pages without end is given up`() async throws {
        var limits = quickLimits()
        limits.maximumListedObjects = 1_000
        let rehearsal = try await Rehearsal.run(
            limits: limits,
            { request in
                let next = "<NextContinuationToken>\(request.number)</NextContinuationToken>"
                return Reply.answer(
                    "200 OK",
                    "<ListBucketResult><IsTruncated>true</IsTruncated>\(next)</ListBucketResult>"
                )
            },
            { store in _ = try await store.keys() }
        )
        #expect(rehearsal.error?.errorCode == .unboundedAnswer)
        #expect(rehearsal.requests.count == 102)
    }

    @Test func `names that no key can have are told, not dropped`() async throws {
        let keys = ["p/", "p/raw/", "p/a//b", "p/ok+1%2B%C3%A9", "p/../up"]
        let entries = keys.map { "<Contents><Key>\($0)</Key><Size>0</Size></Contents>" }.joined()
        let text = "<ListBucketResult><EncodingType>url</EncodingType>\(entries)</ListBucketResult>"
        _ = try await Rehearsal.run(
            { _ in Reply.answer("200 OK", text) },
            { store in
                let found = try await store.list(prefix: "")
                #expect(found.objects.map(\.key.text) == ["ok 1+é"])
                #expect(found.skipped == ["", "../up", "a//b", "raw/"])
            }
        )
    }
}
