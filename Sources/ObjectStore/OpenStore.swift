internal import NIOSSL

/// Settings of a store in a bucket; a folder needs none.
public struct ObjectStoreSettings: Hashable, Sendable {
    /// `nil` for `AWS_REGION`, `AWS_DEFAULT_REGION`, or the region of the profile.
    public var region: String?
    /// The address of a store that speaks S3's protocol: `http://127.0.0.1:9000`.
    ///
    /// `nil` for `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, or AWS itself.
    public var endpoint: String?
    /// A profile of the shared files; `nil` for `AWS_PROFILE`, or `default`.
    public var profile: String?
    /// What the store may cost.
    public var limits = StoreLimits()

    /// Creates settings that leave everything to the environment.
    public init() {}
}

/// Opens a store for the time of `body`.
///
/// Settings go before the environment, whose variables are those of the AWS tools
/// (`docs/reference/object-store.md`). Neither the store nor the credentials are looked at before the first call. Throws
/// ``ObjectStoreError`` where the settings cannot be used, and what `body` throws.
public func withObjectStore<Result>(
    at location: StoreLocation,
    settings: ObjectStoreSettings,
    environment: [String: String],
    isolation: isolated (any Actor)? = #isolation,
    _ body: (any ObjectStore) async throws -> Result
) async throws -> Result {
    switch location {
    case .folder(let path):
        return try await body(FolderStore(root: path, limits: settings.limits))
    case .bucket(let bucket, let prefix):
        let variables = AWSEnvironment(variables: environment, profile: settings.profile)
        let endpoint = try S3Endpoint(
            bucket: bucket,
            region: settings.region ?? variables.region(),
            custom: settings.endpoint ?? variables.endpoint
        )
        if let file = variables.trustRootsFile { try checkBundle(file) }
        return try await StoreTransport.withHTTPClient(settings.limits, trustRootsFile: variables.trustRootsFile) {
            transport in
            let credentials = CredentialCache.chain(
                variables,
                transport: transport,
                limits: settings.limits,
                clock: .system
            )
            let exchange = S3Exchange(
                endpoint: endpoint,
                transport: transport,
                credentials: credentials,
                limits: settings.limits,
                clock: .system
            )
            return try await body(S3Store(prefix: prefix, exchange: exchange))
        }
    }
}

/// Looks at a file of certificates before the first connection needs it.
private func checkBundle(_ file: String) throws(ObjectStoreError) {
    let found: String
    do {
        let certificates = try NIOSSLCertificate.fromPEMFile(file)
        guard certificates.isEmpty else { return }
        found = "no certificate"
    } catch {
        found = "no readable file of certificates: \(error)"
    }
    throw ObjectStoreError(
        .badLocation,
        "AWS_CA_BUNDLE \"\(file.shown)\"",
        "\(found) (expected certificates in PEM form)",
        remedy: "correct AWS_CA_BUNDLE"
    )
}
