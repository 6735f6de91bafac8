package import ChargingModel
internal import Crypto
internal import Foundation

/// Signs requests with AWS Signature Version 4, the payload's SHA-256 included.
///
/// - SeeAlso: Amazon S3 API Reference, "Authenticating Requests: Using the Authorization Header".
package struct RequestSigner: Hashable, Sendable {
    /// `eu-central-1`.
    package var region: String
    /// `s3`.
    package var service: String

    package init(region: String, service: String = "s3") {
        self.region = region
        self.service = service
    }

    /// Adds `x-amz-date`, `x-amz-content-sha256`, `x-amz-security-token` where there is one, and `authorization`.
    ///
    /// Every header field that is there already is signed, and the host.
    package func sign(_ request: inout StoreRequest, with credentials: AWSCredentials, at time: UTCTime) {
        let stamp = Self.stamp(time)
        let payload = ContentDigest(of: request.body).description
        request.headers["x-amz-date"] = stamp
        request.headers["x-amz-content-sha256"] = payload
        request.headers["x-amz-security-token"] = credentials.sessionToken?.exposed
        request.headers["authorization"] = nil

        var fields = request.headers
        fields["host"] = request.address.host
        let names = fields.keys.sorted()
        let signed = names.joined(separator: ";")
        let lines = names.map { "\($0):\(Self.trimmed(fields[$0] ?? ""))\n" }.joined()
        let canonical = [
            request.method, request.address.encodedPath, request.address.encodedQuery, lines, signed, payload,
        ].joined(separator: "\n")

        let day = String(stamp.prefix(8))
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        let text = "AWS4-HMAC-SHA256\n\(stamp)\n\(scope)\n\(ContentDigest(of: Array(canonical.utf8)))"
        var key = Array("AWS4\(credentials.secretKey.exposed)".utf8)
        for part in [day, region, service, "aws4_request"] { key = Self.code(of: part, key: key) }
        let signature = Self.code(of: text, key: key).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        request.headers["authorization"] =
            "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), SignedHeaders=\(signed), "
            + "Signature=\(signature.joined())"
    }

    /// `20130524T000000Z`.
    static func stamp(_ time: UTCTime) -> String {
        UTCTime(seconds: time.seconds).description.filter { $0 != "-" && $0 != ":" }
    }

    /// A header value as it is signed: no blanks at its ends, one where there are several.
    private static func trimmed(_ value: String) -> String {
        value.split(separator: " ").joined(separator: " ")
    }

    private static func code(of text: String, key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: key)))
    }
}
