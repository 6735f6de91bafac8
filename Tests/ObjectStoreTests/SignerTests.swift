import ChargingModel
import ObjectStore
import Testing

/// The examples that AWS publishes.
///
/// - SeeAlso: Amazon S3 API Reference, "Signature Calculations for the Authorization Header: Transferring Payload in a
///   Single Chunk", section "Examples: Signature Calculations".
@Suite struct SignerTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var method: String
        var path: String
        var query: [(name: String, value: String)] = []
        var headers: [String: String] = [:]
        var body = ""
        var signedHeaders: String
        var signature: String
    }

    static let examples = [
        Example(
            testDescription: "GET Object with a range",
            method: "GET",
            path: "/test.txt",
            headers: ["range": "bytes=0-9"],
            signedHeaders: "host;range;x-amz-content-sha256;x-amz-date",
            signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        ),
        Example(
            testDescription: "PUT Object",
            method: "PUT",
            path: "/test$file.text",
            headers: ["date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"],
            body: "Welcome to Amazon S3.",
            signedHeaders: "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
            signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        ),
        Example(
            testDescription: "GET Bucket Lifecycle",
            method: "GET",
            path: "/",
            query: [("lifecycle", "")],
            signedHeaders: "host;x-amz-content-sha256;x-amz-date",
            signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
        ),
        Example(
            testDescription: "GET Bucket (List Objects)",
            method: "GET",
            path: "/",
            query: [("prefix", "J"), ("max-keys", "2")],
            signedHeaders: "host;x-amz-content-sha256;x-amz-date",
            signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        ),
    ]

    @Test(arguments: examples)
    func `the published examples have the published signatures`(example: Example) {
        let address = StoreAddress(
            scheme: "https",
            host: "examplebucket.s3.amazonaws.com",
            path: example.path,
            query: example.query
        )
        var request = StoreRequest(example.method, address, headers: example.headers, body: Array(example.body.utf8))
        // Not a key: the pair that AWS prints in its documentation.
        let credentials = AWSCredentials(
            accessKeyID: "AKIAIOSFODNN7EXAMPLE",
            secretKey: Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            source: "the documentation"
        )
        let time = UTCTime(seconds: 1_369_353_600)  // 2013-05-24T00:00:00Z
        RequestSigner(region: "us-east-1").sign(&request, with: credentials, at: time)
        #expect(
            request.headers["authorization"]
                == "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                + "SignedHeaders=\(example.signedHeaders), Signature=\(example.signature)"
        )
    }

    @Test func `a query is encoded and in the order of the encoded text`() {
        let query = [("b", "1 + 1=2"), ("a", "ü/~*"), ("a", ""), ("A", "&?#")]
        let address = StoreAddress(
            scheme: "https",
            host: "h",
            path: "/a b/+=ü%",
            query: query.map { (name: $0.0, value: $0.1) }
        )
        #expect(address.url == "https://h/a%20b/%2B%3D%C3%BC%25?A=%26%3F%23&a=&a=%C3%BC%2F~%2A&b=1%20%2B%201%3D2")
    }

    @Test func `a request and credentials show nothing secret`() {
        var request = StoreRequest("GET", StoreAddress(scheme: "https", host: "h", path: "/k"))
        RequestSigner(region: "eu-central-1").sign(&request, with: testCredentials, at: noon)
        var dumped =
            "\(request) \(String(reflecting: request)) \(testCredentials) \(String(reflecting: testCredentials))"
        dump(request, to: &dumped)
        dump(testCredentials, to: &dumped)
        for secret in ["a-secret", "a-token", "Signature="] { #expect(!dumped.contains(secret)) }
    }
}
