import ChargingModel
import Foundation
import ObjectStore
import Synchronization
import TestSupport
import Testing

let noon = UTCTime(seconds: 1_772_366_400)  // 2026-03-01T12:00:00Z

let testCredentials = AWSCredentials(
    accessKeyID: "AKIDTEST",
    secretKey: Secret("a-secret/with+signs="),
    sessionToken: Secret("a-token/with+signs=="),
    source: "the test"
)

/// A clock that jumps over every wait, and chance without chance.
final class JumpingClock: Sendable {
    private let present = Mutex(noon)
    private let tokens = Mutex(0)
    let sleeps = Mutex<[Duration]>([])

    var clock: StoreClock {
        StoreClock(
            now: { self.present.withLock { $0 } },
            sleep: { wait in
                try Task.checkCancellation()
                self.sleeps.withLock { $0.append(wait) }
                let (seconds, attoseconds) = wait.components
                let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
                self.present.withLock { $0 = UTCTime(microseconds: $0.microseconds + microseconds) }
            },
            unit: { 0.5 },
            token: {
                self.tokens.withLock { count in
                    count += 1
                    return "token-\(count)"
                }
            }
        )
    }
}

/// Limits that make small objects large and hostile servers quickly given up.
func quickLimits() -> StoreLimits {
    var limits = StoreLimits()
    limits.requestDeadline = .milliseconds(500)
    limits.connectDeadline = .milliseconds(500)
    limits.metadataDeadline = .milliseconds(500)
    limits.maximumAttempts = 4
    return limits
}

/// The stores that keep the same promises.
enum StoreKind: CaseIterable, Sendable, CustomTestStringConvertible {
    case folder
    case bucket
    case wholeBucketWithDots

    var testDescription: String {
        switch self {
        case .folder: "local folder"
        case .bucket: "prefix in a bucket"
        case .wholeBucketWithDots: "whole bucket with dots in its name"
        }
    }

    /// Opens a store that holds nothing; each request of a bucket is compared with botocore's at the end.
    func with(
        _ name: String = #function,
        limits: StoreLimits = StoreLimits(),
        _ body: (any ObjectStore) async throws -> Void
    ) async throws {
        switch self {
        case .folder:
            try await withTemporaryFolder { folder in
                try await body(FolderStore(root: folder + "/store", limits: limits, clock: JumpingClock().clock))
            }
        case .bucket, .wholeBucketWithDots:
            let referee = try Referee.shared()
            let bucket = self == .bucket ? Referee.bucket : Referee.otherBucket
            // Blanks and signs in the prefix too; each test has its own.
            let prefix = self == .bucket ? "präfix + \(name.filter { $0.isLetter })" : ""
            let recorder = RequestRecorder()
            try await StoreTransport.withHTTPClient(limits) { transport in
                let exchange = S3Exchange(
                    endpoint: try S3Endpoint(bucket: bucket, region: "eu-central-1", custom: referee.endpoint),
                    transport: recorder.recording(transport),
                    credentials: CredentialCache(
                        providers: [CredentialProvider(name: "test") { testCredentials }],
                        clock: JumpingClock().clock
                    ),
                    limits: limits,
                    clock: JumpingClock().clock
                )
                let store = S3Store(prefix: prefix, exchange: exchange)
                if self == .wholeBucketWithDots { try await store.removeAll() }
                try await body(store)
            }
            try recorder.compareWithBotocore(referee, region: "eu-central-1")
        }
    }

    static let runs = Requirements.runs(with: Referee.isInstalled)
}

extension ObjectStore {
    func put(_ text: String, at key: String) async throws {
        try await put(ObjectContent(Array(text.utf8)), at: try ObjectKey(key))
    }

    func putIfAbsent(_ text: String, at key: String) async throws -> Bool {
        try await putIfAbsent(ObjectContent(Array(text.utf8)), at: try ObjectKey(key))
    }

    func text(_ key: String, _ range: Range<Int>? = nil) async throws -> String {
        String(decoding: try await get(try ObjectKey(key), range: range).bytes, as: UTF8.self)
    }

    func keys(_ prefix: String = "") async throws -> [String] {
        try await list(prefix: prefix).objects.map(\.key.text)
    }

    func delete(_ key: String) async throws {
        try await delete(try ObjectKey(key))
    }

    func removeAll() async throws {
        for object in try await list(prefix: "").objects { try await delete(object.key) }
    }
}

/// Keeps the requests that were sent.
final class RequestRecorder: Sendable {
    let requests = Mutex<[StoreRequest]>([])

    func recording(_ transport: StoreTransport) -> StoreTransport {
        StoreTransport { request, limits async throws(ExchangeFault) in
            self.requests.withLock { $0.append(request) }
            return try await transport.send(request, limits)
        }
    }

    /// Each request has the address and the signature that botocore gives it.
    func compareWithBotocore(_ referee: Referee, region: String) throws {
        let sent = requests.withLock { $0 }
        #expect(!sent.isEmpty)
        for request in sent {
            let judgement = try referee.judge(request, region: region, credentials: testCredentials)
            #expect(request.address.url == judgement.url)
            #expect(request.headers["authorization"] == judgement.authorization, "\(request)")
        }
    }
}
