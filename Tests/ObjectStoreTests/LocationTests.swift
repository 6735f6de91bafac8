import ObjectStore
import Testing

/// Addresses, keys and endpoints.
@Suite struct LocationTests {
    @Test(arguments: [
        ("s3://bucket", StoreLocation.bucket(name: "bucket", prefix: "")),
        ("s3://bucket/", .bucket(name: "bucket", prefix: "")),
        ("S3://my.bucket-1/a b/c+ü/", .bucket(name: "my.bucket-1", prefix: "a b/c+ü")),
        ("file:///var/a%20b", .folder(path: "/var/a b")), ("file:/var/x", .folder(path: "/var/x")),
        ("file://localhost/x", .folder(path: "/x")), ("chargehouse-data", .folder(path: "chargehouse-data")),
        ("/var/a:b", .folder(path: "/var/a:b")), ("./a b", .folder(path: "./a b")),
    ])
    func `an address is read`(text: String, location: StoreLocation) throws {
        #expect(try StoreLocation(text) == location)
    }

    @Test(arguments: [
        "", "s3:", "s3:bucket", "s3://", "s3://ab", "s3://Bucket", "s3://-bucket", "s3://bucket-", "s3://a..b",
        "s3://bucket//x", "s3://bucket/../x", "s3://key:secret@bucket/x", "s3://under_score", "file:x",
        "file://host/x", "file:///%zz", "http://bucket/x", "gs://bucket/x",
    ])
    func `an address that cannot be used is refused, and no secret repeated`(text: String) {
        let error = #expect(throws: ObjectStoreError.self) { try StoreLocation(text) }
        #expect(error?.errorCode == .badLocation)
        #expect(!String(describing: error).contains("secret"))
    }

    @Test(arguments: [
        "", "/", "/a", "a/", "a//b", ".", "..", "a/..", "../a", "a/./b", "a\u{0}b", "a\nb", "\u{7f}",
        String(repeating: "x", count: 256), String(repeating: "x/", count: 512) + "x", "a/\u{301}/../b",
    ])
    func `a text that leads out of a store, or is no name, is no key`(text: String) {
        let error = #expect(throws: ObjectStoreError.self) { try ObjectKey(text) }
        #expect(error?.errorCode == .badRequest)
    }

    @Test func `keys are their bytes`() throws {
        #expect(try ObjectKey("\u{fc}") != ObjectKey("u\u{308}"))
        #expect(try Set([ObjectKey("\u{fc}"), ObjectKey("u\u{308}"), ObjectKey("\u{fc}")]).count == 2)
        #expect(try ObjectKey("a/é") < ObjectKey("a/🔌"))
        #expect(try ObjectKey("a-b") < ObjectKey("a/b"))
    }

    @Test(
        arguments: [
            ("bucket", "eu-central-1", nil, "https://bucket.s3.eu-central-1.amazonaws.com/a%20b"),
            ("my.bucket", "eu-central-1", nil, "https://s3.eu-central-1.amazonaws.com/my.bucket/a%20b"),
            ("bucket", "cn-north-1", nil, "https://bucket.s3.cn-north-1.amazonaws.com.cn/a%20b"),
            ("bucket", "r1", "http://127.0.0.1:9000", "http://127.0.0.1:9000/bucket/a%20b"),
            ("bucket", nil, "https://Store.Example.org:443/", "https://store.example.org/bucket/a%20b"),
            ("bucket", nil, "http://[::1]:9000", "http://[::1]:9000/bucket/a%20b"),
        ] as [(String, String?, String?, String)]
    )
    func `a bucket has its address`(bucket: String, region: String?, custom: String?, url: String) throws {
        #expect(try S3Endpoint(bucket: bucket, region: region, custom: custom).address(key: "a b").url == url)
    }

    @Test(
        arguments: [
            (nil, nil), ("EU", nil), ("", nil), ("a.b", nil), ("r", "ftp://x"), ("r", "http://"),
            ("r", "http://x/path"),
            ("r", "http://key:secret@x"), ("r", "x"),
        ] as [(String?, String?)]
    )
    func `an endpoint that cannot be used is refused`(region: String?, custom: String?) {
        let error = #expect(throws: ObjectStoreError.self) {
            try S3Endpoint(bucket: "bucket", region: region, custom: custom)
        }
        #expect(error?.errorCode == .badLocation)
        #expect(!String(describing: error).contains("secret"))
    }

    @Test func `a store is opened by its address`() async throws {
        var settings = ObjectStoreSettings()
        settings.region = "eu-central-1"
        let names = try await ["x/y", "s3://bucket/a/b"].asyncMap { text in
            try await withObjectStore(at: try StoreLocation(text), settings: settings, environment: [:]) { $0.name }
        }
        #expect(names == ["x/y", "s3://bucket/a/b"])
    }
}

extension Array {
    fileprivate func asyncMap<Result>(_ body: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}
