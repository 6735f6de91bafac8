internal import ChargingModel

/// What an answer of S3 says where it is not what was asked for.
///
/// Of the error document only code, message and region are used: its other elements repeat the signed request, in
/// which there can be a session token.
struct S3Refusal: Hashable, Sendable {
    var status: Int
    /// `NoSuchKey`; empty where the answer has no error document.
    var code: String
    var message: String
    /// The region that the bucket is in, where the answer says so.
    var region: String?

    init(_ answer: StoreAnswer) {
        let document = XMLNode.parse(answer.body).flatMap { $0.name == "Error" ? $0 : nil }
        status = answer.status
        code = document?.text("Code") ?? ""
        message = document?.text("Message") ?? ""
        region = answer.headers["x-amz-bucket-region"] ?? document?.text("Region")
    }

    /// Whether the same request may succeed a moment later.
    var isTransient: Bool {
        let codes: Set<String> = [
            "BadDigest", "ConditionalRequestConflict", "IncompleteBody", "InternalError", "OperationAborted",
            "RequestTimeout", "ServiceUnavailable", "SlowDown", "Throttling", "ThrottlingException",
            "TooManyRequests", "XAmzContentSHA256Mismatch",
        ]
        return codes.contains(code) || [429, 500, 502, 503, 504].contains(status)
    }

    /// Whether other credentials of the same place may be accepted.
    var meansExpired: Bool { ["ExpiredToken", "TokenRefreshRequired", "ExpiredTokenException"].contains(code) }

    /// `HTTP 403 AccessDenied: Access Denied`, without anything that the credentials hold.
    func text(hiding credentials: AWSCredentials?) -> String {
        var clean = message
        for secret in [credentials?.secretKey, credentials?.sessionToken] {
            guard let text = secret?.exposed, !text.isEmpty else { continue }
            clean = clean.split(separator: text, omittingEmptySubsequences: false).joined(separator: "<redacted>")
        }
        let words = ["HTTP \(status)", code.isEmpty ? nil : code.shown].compactMap { $0 }.joined(separator: " ")
        return clean.isEmpty ? words : "\(words): \(clean.shown)"
    }

    /// The error of a call about `subject`.
    func error(_ subject: String, at endpoint: S3Endpoint, with credentials: AWSCredentials) -> ObjectStoreError {
        let said = text(hiding: credentials)
        if let error = bucketError(said, at: endpoint) { return error }
        switch (status, code) {
        case (404, _):
            return ObjectStoreError(.notFound, subject, "\(said) (expected an object)")
        case (_, "RequestTimeTooSkewed"), (_, "RequestExpired"):
            return ObjectStoreError(
                .refused,
                subject,
                "\(said) (expected a clock within 15 minutes of the store's)",
                remedy: "set this machine's clock"
            )
        case (_, _) where meansExpired, (_, "InvalidAccessKeyId"), (_, "SignatureDoesNotMatch"), (_, "InvalidToken"):
            return ObjectStoreError(
                .badCredentials,
                subject,
                "\(said) (sent: \(credentials))",
                remedy: "renew or correct them (docs/reference/object-store.md)"
            )
        case (401, _), (403, _), (405, _):
            return ObjectStoreError(
                .refused,
                subject,
                "\(said) (sent: \(credentials))",
                remedy: "give their owner the right to do this on the bucket"
            )
        default:
            return ObjectStoreError(.unboundedAnswer, subject, "\(said) (expected success)")
        }
    }

    /// The error where the bucket is the matter: it does not exist, or is elsewhere.
    private func bucketError(_ said: String, at endpoint: S3Endpoint) -> ObjectStoreError? {
        switch (status, code) {
        case (_, "NoSuchBucket"):
            return ObjectStoreError(
                .noBucket,
                "s3://\(endpoint.bucket)",
                "\(said) (expected a bucket in \(endpoint.region))",
                remedy: "create the bucket, or correct its name"
            )
        case (301, _), (_, "AuthorizationHeaderMalformed"), (_, "PermanentRedirect"),
            (_, "IllegalLocationConstraintException"):
            return ObjectStoreError(
                .noBucket,
                "s3://\(endpoint.bucket)",
                "\(said) (expected it in \(endpoint.region)\(region.map { "; it is in \($0.shown)" } ?? ""))",
                remedy: "set AWS_REGION to the bucket's region"
            )
        default:
            return nil
        }
    }
}
