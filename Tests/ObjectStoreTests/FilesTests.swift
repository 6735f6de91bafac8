import ChargingModel
import Foundation
import ObjectStore
import TestSupport
import Testing

/// Objects as files that are compared with what is known of them.
@Suite struct FilesTests {
    /// More than one piece, so that it can change while it is read.
    private static let large = (0..<17_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }

    private func expected(_ bytes: [UInt8], _ key: String = "k") throws -> ExpectedObject {
        ExpectedObject(key: try ObjectKey(key), bytes: bytes.count, sha256: ContentDigest(of: bytes))
    }

    private func code(_ body: () async throws -> Void) async -> ObjectStoreError.Code? {
        do {
            try await body()
            return nil
        } catch {
            let error = error as? ObjectStoreError
            #expect(error?.remedy != nil, "\(String(describing: error))")
            return error?.errorCode
        }
    }

    @Test(arguments: [StoreKind.folder] + (StoreKind.runs ? [.bucket] : []))
    func `an object in pieces becomes one file, and nothing is left beside it`(kind: StoreKind) async throws {
        try await kind.with { store in
            try await withTemporaryFolder { folder in
                let object = try expected(Self.large)
                try await store.put(ObjectContent(Self.large), at: object.key)
                try await store.copy(object, to: folder + "/inner/file")
                #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/inner/file")) == Data(Self.large))
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/inner") == ["file"])
            }
        }
    }

    @Test(arguments: [StoreKind.folder] + (StoreKind.runs ? [.bucket] : []))
    func `an object that is longer, shorter, empty, other or gone leaves no file`(kind: StoreKind) async throws {
        try await kind.with { store in
            try await withTemporaryFolder { folder in
                let object = try expected([1, 2, 3])
                for bytes in [[1, 2, 3, 4], [1, 2], [], [1, 2, 4]] as [[UInt8]] {
                    try await store.put(ObjectContent(bytes), at: object.key)
                    #expect(await code { try await store.copy(object, to: folder + "/file") } == .changedContent)
                }
                try await store.delete(object.key)
                #expect(await code { try await store.copy(object, to: folder + "/file") } == .notFound)
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
            }
        }
    }

    @Test func `an object that is replaced while it is read is told`() async throws {
        try await StoreKind.folder.with { store in
            let object = try expected(Self.large)
            try await store.put(ObjectContent(Self.large), at: object.key)
            let found = await code {
                try await store.check(object) { _ in try await store.put(ObjectContent(Self.large), at: object.key) }
            }
            #expect(found == .changedContent)
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let status: String
        let testDescription: String
        let code: ObjectStoreError.Code
        var more = ""
    }

    static let refusals = [
        Refusal(status: "403 Forbidden", testDescription: "AccessDenied", code: .refused),
        Refusal(status: "403 Forbidden", testDescription: "InvalidAccessKeyId", code: .badCredentials),
        Refusal(status: "403 Forbidden", testDescription: "SignatureDoesNotMatch", code: .badCredentials),
        Refusal(status: "404 Not Found", testDescription: "NoSuchBucket", code: .noBucket),
        Refusal(
            status: "400 Bad Request",
            testDescription: "AuthorizationHeaderMalformed",
            code: .noBucket,
            more: "<Region>eu-west-3</Region>"
        ),
        Refusal(status: "503 Slow Down", testDescription: "SlowDown", code: .unavailable),
    ]

    @Test(arguments: refusals)
    func `whatever the store refuses, the next step is told for lists, copies and writes`(refusal: Refusal) async throws
    {
        let object = try expected([1, 2, 3])
        try await withTemporaryFolder { folder in
            let calls: [@Sendable (S3Store) async throws -> Void] = [
                { store in _ = try await store.list(prefix: "") },
                { store in try await store.copy(object, to: folder + "/file") },
                { store in _ = try await store.putIfAbsent(ObjectContent([1]), at: object.key) },
            ]
            for call in calls {
                let rehearsal = try await Rehearsal.run(
                    { _ in Reply.error(refusal.status, refusal.testDescription, refusal.more) },
                    call
                )
                #expect(rehearsal.error?.errorCode == refusal.code)
                #expect(rehearsal.error?.remedy != nil)
                if !refusal.more.isEmpty { #expect(rehearsal.error?.detail.contains("eu-west-3") == true) }
            }
        }
    }
}
