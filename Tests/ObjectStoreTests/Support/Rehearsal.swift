import ObjectStore
import Synchronization
import Testing

/// A bucket on a scripted server, and what came of one call.
struct Rehearsal: Sendable {
    var requests: [ScriptedServer.Request]
    var sleeps: [Duration]
    var error: ObjectStoreError?

    /// Runs `body` on the bucket `bucket` of the server, whose script gets each request.
    static func run(
        limits: StoreLimits = quickLimits(),
        credentials: [AWSCredentials] = [testCredentials],
        _ script: @escaping ScriptedServer.Script,
        _ body: (S3Store) async throws -> Void
    ) async throws -> Rehearsal {
        let clock = JumpingClock()
        return try await ScriptedServer.with(script) { server in
            try await StoreTransport.withHTTPClient(limits) { transport in
                let loads = Counter()
                let exchange = S3Exchange(
                    endpoint: try S3Endpoint(bucket: "bucket", region: "eu-central-1", custom: server.url),
                    transport: transport,
                    credentials: CredentialCache(
                        providers: [
                            CredentialProvider(name: "test") { credentials[min(loads.next(), credentials.count - 1)] }
                        ],
                        clock: clock.clock
                    ),
                    limits: limits,
                    clock: clock.clock
                )
                var thrown: ObjectStoreError?
                do {
                    try await body(S3Store(prefix: "p", exchange: exchange))
                } catch let error as ObjectStoreError {
                    thrown = error
                }
                return Rehearsal(requests: server.requests, sleeps: clock.sleeps.withLock { $0 }, error: thrown)
            }
        }
    }
}
