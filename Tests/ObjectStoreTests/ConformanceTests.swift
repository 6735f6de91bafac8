import ObjectStore
import TestSupport
import Testing

/// What every store promises, asked of a folder and of S3 as moto serves it.
@Suite(
    .enabled(if: StoreKind.runs, "needs moto and botocore in .venv or CHARGEHOUSE_TEST_PYTHON: make setup"),
    .serialized
)
struct ConformanceTests {
    static let awkward = [
        "plain.txt", "with blank.txt", "a+b=c.txt", "Köln/Straße.csv", "u\u{308}/NFD.txt", "100%/%20/%2F.txt",
        "tilde~star*(1)'!.txt", "semi;colon:at@and&.txt", "question?hash#.txt", "quote\".txt", "back\\slash.txt",
        "漢字/🔌.bin", "..a/.hidden/a..", "bracket[1]{2}|^`<>.txt",
    ]

    @Test(arguments: StoreKind.allCases)
    func `what was put is got, whatever the key`(kind: StoreKind) async throws {
        try await kind.with { store in
            for key in Self.awkward { try await store.put("content of \(key)", at: key) }
            for key in Self.awkward { #expect(try await store.text(key) == "content of \(key)") }
            let expected = try Self.awkward.map { try ObjectKey($0) }.sorted()
            let found = try await store.list(prefix: "")
            #expect(found.objects.map(\.key) == expected)
            #expect(found.objects.map(\.size) == expected.map { "content of \($0)".utf8.count })
            #expect(found.skipped == [])
            for key in Self.awkward { try await store.delete(key) }
            #expect(try await store.keys() == [])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `a put replaces, and the version tells`(kind: StoreKind) async throws {
        try await kind.with { store in
            let key = try ObjectKey("a/b")
            try await store.put("one", at: "a/b")
            let first = try await store.get(key)
            #expect(try await store.get(key, range: 1..<2).version == first.version)
            try await store.put("three", at: "a/b")
            let second = try await store.get(key)
            #expect(second.bytes == Array("three".utf8))
            #expect(second.size == 5)
            #expect(first.version != second.version)
            #expect(!second.version.isEmpty)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `a put if absent leaves alone what is there`(kind: StoreKind) async throws {
        try await kind.with { store in
            #expect(try await store.putIfAbsent("one", at: "a/b"))
            #expect(try await !store.putIfAbsent("two", at: "a/b"))
            #expect(try await store.text("a/b") == "one")
            try await store.delete("a/b")
            #expect(try await store.putIfAbsent("three", at: "a/b"))
            #expect(try await store.text("a/b") == "three")
            #expect(try await store.keys() == ["a/b"])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `of many writers that put if absent one succeeds`(kind: StoreKind) async throws {
        try await kind.with { store in
            let winners = try await withThrowingTaskGroup(of: Int?.self, returning: [Int].self) { group in
                for writer in 0..<12 {
                    group.addTask { try await store.putIfAbsent("writer \(writer)", at: "x/y/z") ? writer : nil }
                }
                return try await group.reduce(into: []) { if let winner = $1 { $0.append(winner) } }
            }
            #expect(winners.count == 1)
            #expect(try await store.text("x/y/z") == "writer \(winners.first ?? -1)")
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `ranges are cut at the end of the object`(kind: StoreKind) async throws {
        try await kind.with { store in
            try await store.put("0123456789", at: "n")
            #expect(try await store.text("n", 0..<1) == "0")
            #expect(try await store.text("n", 3..<7) == "3456")
            #expect(try await store.text("n", 9..<10) == "9")
            #expect(try await store.text("n", 8..<1_000) == "89")
            #expect(try await store.get(try ObjectKey("n"), range: 8..<1_000).size == 10)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `a range outside the object is an error`(kind: StoreKind) async throws {
        try await kind.with { store in
            try await store.put("0123456789", at: "n")
            try await store.put("", at: "empty")
            for (key, range) in [("n", 10..<11), ("n", 3..<3), ("n", -1..<2), ("empty", 0..<1)] {
                let error = await #expect(throws: ObjectStoreError.self) { try await store.text(key, range) }
                #expect(error?.errorCode == .badRequest)
                #expect(error?.subject == "\(store.name)/\(key)")
            }
            #expect(try await store.text("empty") == "")
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `what is not there is not found, and can be deleted`(kind: StoreKind) async throws {
        try await kind.with { store in
            try await store.put("x", at: "a/b/c")
            for key in ["a", "a/b", "a/b/d", "b"] {
                let error = await #expect(throws: ObjectStoreError.self) { try await store.text(key) }
                #expect(error?.errorCode == .notFound)
                #expect(error?.subject == "\(store.name)/\(key)")
                try await store.delete(key)
            }
            #expect(try await store.keys() == ["a/b/c"])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `a list is what begins with the prefix, in the order of bytes`(kind: StoreKind) async throws {
        try await kind.with { store in
            let keys = ["raw/a-old", "raw/a/1", "raw/B", "raw/é", "raw/z", "rawer", "other"]
            for key in keys { try await store.put(key, at: key) }
            #expect(try await store.keys("raw/") == ["raw/B", "raw/a-old", "raw/a/1", "raw/z", "raw/é"])
            #expect(try await store.keys("raw") == ["raw/B", "raw/a-old", "raw/a/1", "raw/z", "raw/é", "rawer"])
            #expect(try await store.keys("raw/a") == ["raw/a-old", "raw/a/1"])
            #expect(try await store.keys("raw/a/") == ["raw/a/1"])
            #expect(try await store.keys("raw/a/1") == ["raw/a/1"])
            #expect(try await store.keys("raw/a/1/") == [])
            #expect(try await store.keys("none/") == [])
            for prefix in ["/raw", "../", "raw//", "a/../b", "a/./"] {
                let error = await #expect(throws: ObjectStoreError.self) { try await store.keys(prefix) }
                #expect(error?.errorCode == .badRequest)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `a list goes over pages`(kind: StoreKind) async throws {
        var limits = StoreLimits()
        limits.listPageObjects = 10
        try await kind.with(limits: limits) { store in
            let keys = (0..<35).map { "p/ü+ \($0)" }
            for key in keys { try await store.put(key, at: key) }
            #expect(try await store.keys("p/") == keys.sorted())
            #expect(try await store.keys("p/ü+ 1").count == 11)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `a large object goes in parts, from memory and from a file`(kind: StoreKind) async throws {
        var limits = StoreLimits()
        limits.partBytes = 5_242_880  // the least that moto, as AWS, takes for all parts but the last
        try await kind.with(limits: limits) { store in
            var random = SeededGenerator(seed: 4)
            let block = (0..<65_521).map { _ in UInt8.random(in: 0...255, using: &random) }
            var bytes: [UInt8] = []
            for number in 0..<161 { bytes += block + [UInt8(number)] }
            let key = try ObjectKey("big/ü +=.bin")
            try await store.put(ObjectContent(bytes), at: key)
            #expect(try await store.get(key).bytes == bytes)
            #expect(try await store.get(key, range: 5_242_870..<5_242_890).bytes == Array(bytes[5_242_870..<5_242_890]))
            #expect(try await !store.putIfAbsent(ObjectContent(bytes + [0]), at: key))
            try await withTemporaryFolder { folder in
                try await FolderStore(root: folder).put(ObjectContent(bytes), at: try ObjectKey("f"))
                let content = try ObjectContent(file: folder + "/f")
                #expect(content.size == bytes.count)
                #expect(try await store.putIfAbsent(content, at: try ObjectKey("big/2")))
            }
            #expect(try await store.get(try ObjectKey("big/2")).bytes == bytes)
            #expect(try await store.list(prefix: "big/").objects.map(\.size) == [bytes.count, bytes.count])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `an object over the limit is refused, and read by ranges`(kind: StoreKind) async throws {
        var limits = StoreLimits()
        limits.maximumGetBytes = 10
        try await kind.with(limits: limits) { store in
            try await store.put("0123456789x", at: "n")
            let error = await #expect(throws: ObjectStoreError.self) { try await store.text("n") }
            #expect(error?.errorCode == .unboundedAnswer)
            #expect(try await store.text("n", 1..<11) == "123456789x")
        }
    }

    @Test(arguments: StoreKind.allCases)
    func `a list over the limit is refused`(kind: StoreKind) async throws {
        var limits = StoreLimits()
        limits.maximumListedObjects = 2
        try await kind.with(limits: limits) { store in
            for key in ["a", "b", "c"] { try await store.put("", at: key) }
            let error = await #expect(throws: ObjectStoreError.self) { try await store.keys() }
            #expect(error?.errorCode == .unboundedAnswer)
            for key in ["a", "b", "c"] { try await store.delete(key) }
        }
    }

    @Test func `a bucket that does not exist is named by every call`() async throws {
        let referee = try Referee.shared()
        var settings = ObjectStoreSettings()
        settings.endpoint = referee.endpoint
        let environment = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "eu-central-1"]
        let location = try StoreLocation("s3://no-such-bucket/p")
        try await withObjectStore(at: location, settings: settings, environment: environment) { store in
            for call in [
                { try await store.put("x", at: "k") }, { _ = try await store.putIfAbsent("x", at: "k") },
                { _ = try await store.text("k") }, { _ = try await store.keys() }, { try await store.delete("k") },
            ] {
                let error = await #expect(throws: ObjectStoreError.self) { try await call() }
                #expect(error?.errorCode == .noBucket)
                #expect(error?.subject == "s3://no-such-bucket")
            }
        }
    }
}
