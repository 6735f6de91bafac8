import ChargingModel
import Foundation
import ObjectStore
import Synchronization
import TestSupport
import Testing

/// Where credentials come from, in which order, and what is said where they do not.
@Suite struct CredentialTests {
    private static func load(
        _ variables: [String: String],
        profile: String? = nil,
        script: @escaping ScriptedServer.Script = { _ in Reply.answer("404 Not Found") }
    ) async throws -> (credentials: AWSCredentials, requests: [ScriptedServer.Request]) {
        try await ScriptedServer.with(script) { server in
            var variables = variables
            for (name, value) in variables { variables[name] = value.replacing("SERVER", with: server.url) }
            variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = server.url
            return try await StoreTransport.withHTTPClient(quickLimits()) { transport in
                let cache = CredentialCache.chain(
                    AWSEnvironment(variables: variables, profile: profile),
                    transport: transport,
                    limits: quickLimits(),
                    clock: JumpingClock().clock
                )
                return (try await cache.current(), server.requests)
            }
        }
    }

    private static func withHome<Result>(_ files: [String: String], _ body: (String) async throws -> Result)
        async throws
        -> Result
    {
        try await withTemporaryFolder { home in
            try FileManager.default.createDirectory(atPath: home + "/.aws", withIntermediateDirectories: true)
            for (name, text) in files {
                try text.write(toFile: "\(home)/.aws/\(name)", atomically: true, encoding: .utf8)
            }
            return try await body(home)
        }
    }

    static let file = """
        # keys
        [default]
        aws_access_key_id = AKIDDEFAULT
        aws_secret_access_key=s/+=

        [ two words ]
        AWS_Access_Key_ID = AKIDTWO
        aws_secret_access_key = s2
            indented = ignored
        ; aws_session_token = no
        aws_session_token = t==
        [broken]
        aws_access_key_id = AKIDHALF
        [role]
        role_arn = arn:aws:iam::123456789012:role/x
        """

    static let lent = """
        {"Code": "Success", "AccessKeyId": "AKIDLENT", "SecretAccessKey": "lent-secret", "Token": "lent-token",
         "Expiration": "2026-03-01T18:00:00Z"}
        """

    @Test func `the environment goes before the file`() async throws {
        try await Self.withHome(["credentials": Self.file]) { home in
            let found = try await Self.load([
                "HOME": home, "AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t",
            ]).credentials
            #expect(found.accessKeyID == "AKIDENV")
            #expect(found.sessionToken == Secret("t"))
            #expect(found.source == "the environment")
        }
    }

    @Test func `the file has profiles, and the file goes before the endpoints`() async throws {
        try await Self.withHome(["credentials": Self.file]) { home in
            let plain = try await Self.load(["HOME": home])
            #expect(plain.credentials.accessKeyID == "AKIDDEFAULT")
            #expect(plain.credentials.secretKey == Secret("s/+="))
            #expect(plain.credentials.sessionToken == nil)
            #expect(plain.requests.isEmpty)
            let named = try await Self.load(["HOME": home, "AWS_PROFILE": "two words"]).credentials
            #expect(named.accessKeyID == "AKIDTWO")
            #expect(named.sessionToken == Secret("t=="))
            let setting = try await Self.load(["HOME": home, "AWS_PROFILE": "none"], profile: "default").credentials
            #expect(setting.accessKeyID == "AKIDDEFAULT")
            let elsewhere = try await Self.load(["AWS_SHARED_CREDENTIALS_FILE": home + "/.aws/credentials"]).credentials
            #expect(elsewhere.accessKeyID == "AKIDDEFAULT")
        }
    }

    @Test(arguments: [
        (["AWS_ACCESS_KEY_ID": "AKID"], "AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY"),
        (["AWS_PROFILE": "none"], "not in "),
        (["AWS_PROFILE": "broken"], "aws_access_key_id without aws_secret_access_key"),
        (["AWS_PROFILE": "role"], "no key in it, only role_arn"),
        (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.org/c", "HOME": ""], "over http (expected https"),
        (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "ftp://x", "HOME": ""], "an unusable address"),
        (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "SERVER/c", "HOME": ""], "HTTP 404"),
        (["HOME": ""], "none found (looked in: AWS_ACCESS_KEY_ID, the shared credentials file"),
    ])
    func `a mistake is named`(variables: [String: String], says: String) async throws {
        try await Self.withHome(["credentials": Self.file]) { home in
            let error = await #expect(throws: ObjectStoreError.self) {
                try await Self.load(["HOME": home].merging(variables) { $1 })
            }
            #expect(error?.errorCode == .badCredentials)
            #expect(error?.detail.contains(says) == true, "\(String(describing: error))")
        }
    }

    @Test func `the container's endpoint is asked with its token`() async throws {
        try await withTemporaryFolder { folder in
            try "from-a-file\n".write(toFile: folder + "/token", atomically: true, encoding: .utf8)
            for (variable, value, sent) in [
                ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "in-a-variable", "in-a-variable"),
                ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", folder + "/token", "from-a-file"),
            ] {
                let variables = ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "SERVER/c?x=1", variable: value]
                let found = try await Self.load(variables) { request in
                    request.number < 3 ? Reply.answer("503 Busy") : Reply.answer("200 OK", Self.lent)
                }
                #expect(found.requests.map(\.target) == ["/c?x=1", "/c?x=1", "/c?x=1"])
                #expect(found.requests.allSatisfy { $0.headers["authorization"] == sent })
                #expect(found.credentials.accessKeyID == "AKIDLENT")
                #expect(found.credentials.secretKey == Secret("lent-secret"))
                #expect(found.credentials.sessionToken == Secret("lent-token"))
                #expect(found.credentials.expiresAt == UTCTime("2026-03-01T18:00:00Z"))
            }
        }
    }

    @Test func `the instance's endpoint is asked with a session, version 2 only`() async throws {
        let role = "/latest/meta-data/iam/security-credentials/"
        let found = try await Self.load([:]) { request in
            switch (request.method, request.target) {
            case ("PUT", "/latest/api/token"): Reply.answer("200 OK", "session==")
            case ("GET", _) where request.headers["x-aws-ec2-metadata-token"] != "session==":
                Reply.answer("401 Unauthorized")
            case ("GET", role): Reply.answer("200 OK", "my-role")
            case ("GET", role + "my-role"): Reply.answer("200 OK", Self.lent)
            default: Reply.answer("404 Not Found")
            }
        }
        #expect(found.credentials.accessKeyID == "AKIDLENT")
        #expect(found.credentials.source == "the instance's endpoint")
        #expect(found.requests.map(\.method) == ["PUT", "GET", "GET"])
        #expect(found.requests.first?.headers["x-aws-ec2-metadata-token-ttl-seconds"] == "21600")
    }

    @Test(
        arguments: [
            (["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/1"], "http://169.254.170.2/v2/credentials/1"),
            ([:], "http://169.254.169.254/latest/api/token"),
        ] as [([String: String], String)]
    )
    func `the endpoints have the addresses that AWS gives them`(variables: [String: String], url: String) async {
        let asked = RequestRecorder()
        let transport = StoreTransport { _, _ async throws(ExchangeFault) in
            throw ExchangeFault(.connectionFailed, "nobody is there")
        }
        let cache = CredentialCache.chain(
            AWSEnvironment(variables: variables),
            transport: asked.recording(transport),
            limits: quickLimits(),
            clock: JumpingClock().clock
        )
        await #expect(throws: ObjectStoreError.self) { try await cache.current() }
        #expect(asked.requests.withLock { $0.first?.address.url } == url)
    }

    @Test func `the instance's endpoint is not asked where that is switched off`() async throws {
        let asked = Counter()
        await #expect(throws: ObjectStoreError.self) {
            try await Self.load(["AWS_EC2_METADATA_DISABLED": "TRUE"]) { _ in
                _ = asked.next()
                return Reply.answer("404 Not Found")
            }
        }
        #expect(asked.next() == 0)
    }

    @Test(arguments: [
        "{\"AccessKeyId\": \"lent-secret\"}", "lent-secret",
        "{\"Code\":\"Failed\",\"AccessKeyId\":\"a\",\"SecretAccessKey\":\"lent-secret\"}",
    ])
    func `an unusable answer of an endpoint is not repeated in the error`(body: String) async throws {
        let error = await #expect(throws: ObjectStoreError.self) {
            try await Self.load(["AWS_CONTAINER_CREDENTIALS_FULL_URI": "SERVER/c"]) { _ in Reply.answer("200 OK", body)
            }
        }
        #expect(error?.errorCode == .badCredentials)
        #expect(!String(describing: error).contains("lent-secret"))
    }

    @Test func `temporary credentials are replaced before they end, and used to the end where that fails`() async throws
    {
        let clock = JumpingClock()
        let loads = Counter()
        let cache = CredentialCache(
            providers: [
                CredentialProvider(name: "test") {
                    let number = loads.next()
                    guard number != 1 else { throw ObjectStoreError(.unavailable, "test", "down") }
                    return AWSCredentials(
                        accessKeyID: "AKID\(number)",
                        secretKey: Secret("s"),
                        expiresAt: noon.adding(seconds: 3_600 * (number + 1)),
                        source: "the test"
                    )
                }
            ],
            clock: clock.clock
        )
        #expect(try await cache.current().accessKeyID == "AKID0")
        try await clock.clock.sleep(.seconds(3_299))
        #expect(try await cache.current().accessKeyID == "AKID0")
        try await clock.clock.sleep(.seconds(2))
        #expect(try await cache.current().accessKeyID == "AKID0")  // the load failed; five minutes are left
        #expect(try await cache.current().accessKeyID == "AKID2")
    }

    @Test func `the region is that of the variable, or of the profile`() async throws {
        let config = "[default]\nregion = eu-west-1\n[profile two words]\nregion = eu-north-1\n"
        try await Self.withHome(["config": config]) { home in
            let region = try AWSEnvironment(variables: ["HOME": home]).region()
            #expect(region == "eu-west-1")
            #expect(try AWSEnvironment(variables: ["HOME": home], profile: "two words").region() == "eu-north-1")
            #expect(try AWSEnvironment(variables: ["HOME": home, "AWS_REGION": "r"]).region() == "r")
            #expect(try AWSEnvironment(variables: ["AWS_DEFAULT_REGION": "d"]).region() == "d")
            #expect(try AWSEnvironment(variables: [:]).region() == nil)
        }
    }
}
