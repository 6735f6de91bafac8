extension CredentialCache {
    /// The places in their order: the environment, the shared file, the container's endpoint, the instance's.
    package static func chain(
        _ environment: AWSEnvironment,
        transport: StoreTransport,
        limits: StoreLimits,
        clock: StoreClock
    ) -> CredentialCache {
        let metadata = MetadataCredentials(environment: environment, transport: transport, limits: limits)
        return CredentialCache(
            providers: [
                CredentialProvider(name: "AWS_ACCESS_KEY_ID") { try environment.ownCredentials() },
                CredentialProvider(name: "the shared credentials file") { try environment.fileCredentials() },
                CredentialProvider(name: "the container's endpoint") { try await metadata.container() },
                CredentialProvider(name: "the instance's endpoint") { try await metadata.instance() },
            ],
            clock: clock
        )
    }
}
