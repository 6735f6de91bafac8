#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// An address with scheme, host and port taken out: what politeness and credentials are bound to.
struct WebAddress: Hashable, Sendable {
    let text: String
    let scheme: String
    /// `https://new-poi.chargecloud.de:443`, in lower case.
    let origin: String

    /// Reads an address; `nil` where it is no `http` or `https` address with a host.
    init?(_ text: String) {
        guard let url = URL(string: text) else { return nil }
        self.init(url)
    }

    /// The address that a `Location` field names, seen from this one.
    func redirected(to location: String) -> WebAddress? {
        guard let base = URL(string: text), let url = URL(string: location, relativeTo: base) else { return nil }
        return WebAddress(url.absoluteURL)
    }

    private init?(_ url: URL) {
        guard let scheme = url.scheme?.lowercased(), let host = url.host?.lowercased(), !host.isEmpty,
            scheme == "http" || scheme == "https"
        else { return nil }
        text = url.absoluteString
        self.scheme = scheme
        origin = "\(scheme)://\(host):\(url.port ?? (scheme == "https" ? 443 : 80))"
    }
}
