internal import ChargingModel

/// What the environment and the shared files of the AWS tools say.
package struct AWSEnvironment: Sendable {
    private let variables: [String: String]
    private let chosenProfile: String?

    /// Takes an environment, and a profile of the shared files: `nil` for `AWS_PROFILE`, else `default`.
    package init(variables: [String: String], profile: String? = nil) {
        self.variables = variables
        chosenProfile = profile
    }

    /// The value of a variable; `nil` where it is not set, or empty.
    subscript(_ name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A profile that was asked for, and by what.
    private var wantedProfile: (name: String, by: String)? {
        if let chosenProfile { return (chosenProfile, "the setting profile") }
        return self["AWS_PROFILE"].map { ($0, "AWS_PROFILE") }
    }

    private var profile: String { wantedProfile?.name ?? "default" }

    /// `AWS_REGION`, `AWS_DEFAULT_REGION`, or the `region` of the profile; `nil` where none is set.
    ///
    /// - Throws: ``ObjectStoreError`` where the file cannot be read.
    package func region() throws -> String? {
        if let region = self["AWS_REGION"] ?? self["AWS_DEFAULT_REGION"] { return region }
        let section = profile == "default" ? profile : "profile \(profile)"
        return try file("AWS_CONFIG_FILE", "config")?.settings.section(section)?["region"]
    }

    /// `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL`; `nil` for AWS itself.
    package var endpoint: String? { self["AWS_ENDPOINT_URL_S3"] ?? self["AWS_ENDPOINT_URL"] }

    /// `AWS_CA_BUNDLE`: a PEM file of further certificates to trust.
    package var trustRootsFile: String? { self["AWS_CA_BUNDLE"] }

    /// Credentials in variables; `nil` where there are none.
    ///
    /// - Throws: ``ObjectStoreError`` where there is one half of a pair.
    package func ownCredentials() throws -> AWSCredentials? {
        switch (self["AWS_ACCESS_KEY_ID"], self["AWS_SECRET_ACCESS_KEY"]) {
        case (nil, nil): return nil
        case (let id?, let secret?):
            return AWSCredentials(
                accessKeyID: id,
                secretKey: Secret(secret),
                sessionToken: self["AWS_SESSION_TOKEN"].map { Secret($0) },
                source: "the environment"
            )
        case (nil, _): throw half("the environment", found: "AWS_SECRET_ACCESS_KEY", missing: "AWS_ACCESS_KEY_ID")
        case (_, nil): throw half("the environment", found: "AWS_ACCESS_KEY_ID", missing: "AWS_SECRET_ACCESS_KEY")
        }
    }

    /// Credentials in the shared file; `nil` where there are none.
    ///
    /// - Throws: ``ObjectStoreError`` where a profile that was asked for is not there, or cannot be used.
    package func fileCredentials() throws -> AWSCredentials? {
        let found = try file("AWS_SHARED_CREDENTIALS_FILE", "credentials")
        guard let found, let section = found.settings.section(profile) else {
            guard let wanted = wantedProfile else { return nil }
            throw ObjectStoreError(
                .badCredentials,
                "profile \"\(wanted.name.shown)\" (\(wanted.by))",
                "not in \(found?.path ?? "~/.aws/credentials"), where it was looked for (expected a section of that name)",
                remedy: "aws configure --profile \(wanted.name.shown)"
            )
        }
        let source = "profile \"\(profile.shown)\" in \(found.path)"
        switch (section["aws_access_key_id"], section["aws_secret_access_key"]) {
        case (let id?, let secret?):
            return AWSCredentials(
                accessKeyID: id,
                secretKey: Secret(secret),
                sessionToken: section["aws_session_token"].map { Secret($0) },
                source: source
            )
        case (nil, nil):
            let others = section.keys.filter { ["credential_process", "role_arn", "sso_session"].contains($0) }
            guard wantedProfile != nil || !others.isEmpty else { return nil }
            throw ObjectStoreError(
                .badCredentials,
                source,
                "no key in it\(others.isEmpty ? "" : ", only \(others.sorted().joined(separator: ", "))") "
                    + "(expected aws_access_key_id and aws_secret_access_key)",
                remedy: "aws configure export-credentials writes them for any kind of profile"
            )
        case (nil, _): throw half(source, found: "aws_secret_access_key", missing: "aws_access_key_id")
        case (_, nil): throw half(source, found: "aws_access_key_id", missing: "aws_secret_access_key")
        }
    }

    private func half(_ source: String, found: String, missing: String) -> ObjectStoreError {
        ObjectStoreError(.badCredentials, source, "\(found) without \(missing) (expected both, or neither)")
    }

    /// A shared file: where a variable says, else below `~/.aws`.
    private func file(_ variable: String, _ name: String) throws -> (path: String, settings: SharedSettings)? {
        guard let path = self[variable] ?? self["HOME"].map({ "\($0)/.aws/\(name)" }) else { return nil }
        return try readSmallFile(path).map { (path, SharedSettings($0)) }
    }
}
