internal import ChargingModel
internal import Foundation

/// Credentials that the container or the instance lends: the endpoints that AWS puts beside a program.
///
/// - SeeAlso: AWS SDKs and Tools Reference Guide, "Container credential provider" and "IMDS credential provider".
package struct MetadataCredentials: Sendable {
    let environment: AWSEnvironment
    let transport: StoreTransport
    let limits: StoreLimits

    package init(environment: AWSEnvironment, transport: StoreTransport, limits: StoreLimits) {
        self.environment = environment
        self.transport = transport
        self.limits = limits
    }

    // MARK: Container

    /// Credentials of the container's endpoint; `nil` where the environment names none.
    package func container() async throws -> AWSCredentials? {
        let source = "the container's endpoint"
        guard let address = try containerAddress() else { return nil }
        var request = StoreRequest("GET", address, headers: ["accept": "application/json"])
        if let token = try containerToken() {
            guard token.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
                throw ObjectStoreError(
                    .badCredentials,
                    source,
                    "a control character in its authorization token (expected none)"
                )
            }
            request.headers["authorization"] = token
        }
        let answer = try await send(request, source: source)
        guard answer.status == 200 else { throw refused(source, status: answer.status) }
        return try credentials(answer.body, source: source)
    }

    private func containerAddress() throws -> StoreAddress? {
        if let path = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] {
            return try address(of: "http://169.254.170.2\(path)", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
        }
        guard let text = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] else { return nil }
        let address = try address(of: text, "AWS_CONTAINER_CREDENTIALS_FULL_URI")
        // A token that is sent in clear text may go to this machine only.
        let near = ["localhost", "127.0.0.1", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"]
        guard address.scheme == "https" || near.contains(address.hostWithoutPort) else {
            throw ObjectStoreError(
                .badCredentials,
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "host \"\(address.host.shown)\" over http (expected https, or an address of this machine or container)"
            )
        }
        return address
    }

    private func containerToken() throws -> String? {
        if let path = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] {
            guard let text = try readSmallFile(path) else {
                throw ObjectStoreError(
                    .badCredentials,
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                    "there is no file \"\(path.shown)\" (expected the token in it)"
                )
            }
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
    }

    // MARK: Instance

    /// Credentials of the instance's role by IMDSv2; `nil` where this is no instance, or it has no role.
    package func instance() async throws -> AWSCredentials? {
        let source = "the instance's endpoint"
        guard environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() != "true" else { return nil }
        let base = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] ?? "http://169.254.169.254"
        let root = try address(of: base, "AWS_EC2_METADATA_SERVICE_ENDPOINT")
        let request = StoreRequest(
            "PUT",
            root.going(to: "/latest/api/token"),
            headers: ["x-aws-ec2-metadata-token-ttl-seconds": "21600"]
        )
        let session: StoreAnswer
        do {
            session = try await transport.send(request, exchangeLimits)
        } catch  where error.kind == .cancelled {
            throw CancellationError()
        } catch {
            return nil  // no instance: nobody answers there
        }
        guard session.status == 200, let token = text(session.body) else { return nil }
        let list = "/latest/meta-data/iam/security-credentials/"
        let headers = ["x-aws-ec2-metadata-token": token]
        let roles = try await send(StoreRequest("GET", root.going(to: list), headers: headers), source: source)
        if roles.status == 404 { return nil }
        guard roles.status == 200, let role = text(roles.body)?.split(whereSeparator: \.isNewline).first else {
            throw refused(source, status: roles.status)
        }
        let path = root.going(to: list + role)
        let answer = try await send(StoreRequest("GET", path, headers: headers), source: source)
        guard answer.status == 200 else { throw refused(source, status: answer.status) }
        return try credentials(answer.body, source: source)
    }

    // MARK: Both

    private var exchangeLimits: ExchangeLimits {
        ExchangeLimits(deadline: limits.metadataDeadline, maximumBytes: 65_536)
    }

    /// Sends a request, again where the endpoint is not ready: three times in all.
    private func send(_ request: StoreRequest, source: String) async throws -> StoreAnswer {
        var detail = ""
        for _ in 1...3 {
            do {
                let answer = try await transport.send(request, exchangeLimits)
                if answer.status < 500, answer.status != 429 { return answer }
                detail = "HTTP \(answer.status) (expected 200)"
            } catch  where error.kind == .cancelled {
                throw CancellationError()
            } catch {
                detail = error.detail
                guard error.isTransient else { break }
            }
        }
        throw ObjectStoreError(.unavailable, source, detail)
    }

    private func refused(_ source: String, status: Int) -> ObjectStoreError {
        ObjectStoreError(.badCredentials, source, "HTTP \(status) (expected 200 with credentials)")
    }

    private func credentials(_ body: [UInt8], source: String) throws -> AWSCredentials {
        struct Lent: Decodable {
            var code: String?
            var accessKeyID: String
            var secretAccessKey: String
            var token: String?
            var expiration: String?

            enum CodingKeys: String, CodingKey {
                case code = "Code"
                case accessKeyID = "AccessKeyId"
                case secretAccessKey = "SecretAccessKey"
                case token = "Token"
                case expiration = "Expiration"
            }
        }
        let lent: Lent
        do {
            lent = try JSONDecoder().decode(Lent.self, from: Data(body))
        } catch {
            // The decoder's text could hold a part of the answer, which is a secret.
            throw ObjectStoreError(
                .badCredentials,
                source,
                "an answer of \(body.count) bytes without AccessKeyId and SecretAccessKey (expected JSON with both)"
            )
        }
        if let code = lent.code, code != "Success" {
            throw ObjectStoreError(.badCredentials, source, "code \"\(code.shown)\" (expected \"Success\")")
        }
        return AWSCredentials(
            accessKeyID: lent.accessKeyID,
            secretKey: Secret(lent.secretAccessKey),
            sessionToken: lent.token.map { Secret($0) },
            expiresAt: lent.expiration.flatMap { UTCTime($0) },
            source: source
        )
    }

    private func text(_ body: [UInt8]) -> String? {
        let text = String(decoding: body, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty || text.utf8.contains { $0 < 0x20 && $0 != 0x0a && $0 != 0x0d } ? nil : text
    }

    private func address(of text: String, _ variable: String) throws -> StoreAddress {
        guard let address = StoreAddress(text) else {
            throw ObjectStoreError(.badCredentials, variable, "an unusable address (expected http:// or https://)")
        }
        return address
    }
}
