package import ChargingModel
package import RawArchive

/// Takes out of texts and addresses what must not be kept or shown.
package struct Redaction: Sendable {
    let credential: Secret?

    package init(credential: Secret?) {
        self.credential = credential
    }

    /// A text without the credential, cut to 500 characters.
    package func text(_ text: String) -> String {
        var clean = text
        if let secret = credential?.exposed, !secret.isEmpty {
            clean = clean.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "<redacted>")
        }
        return clean.count > 500 ? clean.prefix(500) + "…" : clean
    }

    /// An address without user name, password, credential and the values of query items that are named like a key.
    package func url(_ url: String) -> String {
        var clean = url
        if let scheme = clean.firstRange(of: "://") {
            let authorityEnd = clean[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? clean.endIndex
            if let at = clean[scheme.upperBound..<authorityEnd].lastIndex(of: "@") {
                clean.removeSubrange(scheme.upperBound...at)
            }
        }
        return withoutCredential(redactingQuery(of: clean))
    }

    /// Header fields with the values of cookies and of anything that holds the credential blanked.
    package func headers(_ fields: [HeaderField]) -> [HeaderField] {
        fields.map { field in
            field.name.lowercased() == "set-cookie"
                ? HeaderField(field.name, "<redacted>") : HeaderField(field.name, withoutCredential(field.value))
        }
    }

    private func withoutCredential(_ text: String) -> String {
        guard let secret = credential?.exposed, !secret.isEmpty else { return text }
        return text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "<redacted>")
    }

    private func redactingQuery(of url: String) -> String {
        guard let question = url.firstIndex(of: "?") else { return url }
        let items = url[url.index(after: question)...].split(separator: "&", omittingEmptySubsequences: false)
        let clean = items.map { item -> String in
            guard let equals = item.firstIndex(of: "="), isSecretName(item[..<equals]) else { return String(item) }
            return item[...equals] + "<redacted>"
        }
        return url[...question] + clean.joined(separator: "&")
    }

    private func isSecretName(_ name: Substring) -> Bool {
        let known: Set<String> = [
            "key", "api_key", "apikey", "api-key", "token", "access_token", "auth", "password", "secret", "sig",
            "signature", "subscriptionid",
        ]
        return known.contains(name.lowercased())
    }
}
