package import ChargingModel

/// What requests are signed with.
package struct AWSCredentials: Hashable, Sendable, CustomStringConvertible {
    package var accessKeyID: String
    package var secretKey: Secret
    /// For temporary credentials; `nil` for those that last.
    package var sessionToken: Secret?
    /// When temporary credentials end; `nil` where that is not known.
    package var expiresAt: UTCTime?
    /// Where they are from: `the environment`.
    package var source: String

    package init(
        accessKeyID: String,
        secretKey: Secret,
        sessionToken: Secret? = nil,
        expiresAt: UTCTime? = nil,
        source: String
    ) {
        self.accessKeyID = accessKeyID
        self.secretKey = secretKey
        self.sessionToken = sessionToken
        self.expiresAt = expiresAt
        self.source = source
    }

    /// Where they are from, and nothing of them.
    package var description: String { "credentials of \(source)" }

    /// Whether they sign the same.
    func signsLike(_ other: AWSCredentials) -> Bool {
        accessKeyID == other.accessKeyID && secretKey == other.secretKey && sessionToken == other.sessionToken
    }
}

/// One place where credentials may be.
package struct CredentialProvider: Sendable {
    /// What the place is called in messages.
    package var name: String
    /// Looks there; `nil` where there are none.
    package var load: @Sendable () async throws -> AWSCredentials?

    package init(name: String, load: @escaping @Sendable () async throws -> AWSCredentials?) {
        self.name = name
        self.load = load
    }
}

/// Keeps credentials while they last: asks the places in their order, and again before the end or on demand.
package actor CredentialCache {
    /// Temporary credentials are replaced this long before they end.
    static let refreshAhead = 300
    /// Where replacing them did not work, they are used until this long before they end.
    static let usableAhead = 10

    private let providers: [CredentialProvider]
    private let clock: StoreClock
    private var kept: AWSCredentials?

    package init(providers: [CredentialProvider], clock: StoreClock) {
        self.providers = providers
        self.clock = clock
    }

    /// Credentials that are good now.
    ///
    /// - Throws: ``ObjectStoreError`` with code `badCredentials` where no place has any.
    package func current() async throws -> AWSCredentials {
        if let kept, !ends(kept, within: Self.refreshAhead) { return kept }
        do {
            return try await load()
        } catch {
            if let kept, !ends(kept, within: Self.usableAhead) { return kept }
            throw error
        }
    }

    /// Other credentials than those that a store called expired; `nil` where the places still have the same.
    package func replacing(_ expired: AWSCredentials) async throws -> AWSCredentials? {
        if let kept, !kept.signsLike(expired) { return kept }
        let loaded = try await load()
        return loaded.signsLike(expired) ? nil : loaded
    }

    private func load() async throws -> AWSCredentials {
        for provider in providers {
            if let found = try await provider.load() {
                kept = found
                return found
            }
        }
        throw ObjectStoreError(
            .badCredentials,
            "AWS credentials",
            "none found (looked in: \(providers.map(\.name).joined(separator: ", ")))",
            remedy: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or see docs/reference/object-store.md"
        )
    }

    private func ends(_ credentials: AWSCredentials, within seconds: Int) -> Bool {
        guard let end = credentials.expiresAt else { return false }
        return end <= clock.now().adding(seconds: seconds)
    }
}
