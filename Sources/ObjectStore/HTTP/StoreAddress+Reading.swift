internal import Foundation

extension StoreAddress {
    /// Reads an `http` or `https` address with a host and without a user; path and query are taken as they are.
    init?(_ text: String) {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), scheme == "http" || scheme == "https",
            let components = URLComponents(url: url, resolvingAgainstBaseURL: false),
            let host = components.percentEncodedHost?.lowercased(), !host.isEmpty, components.user == nil,
            components.fragment == nil
        else { return nil }
        let usual = scheme == "https" ? 443 : 80
        let port = components.port.flatMap { $0 == usual ? nil : ":\($0)" } ?? ""
        self.init(
            scheme: scheme,
            host: host + port,
            encodedPath: components.percentEncodedPath.isEmpty ? "/" : components.percentEncodedPath,
            encodedQuery: components.percentEncodedQuery ?? ""
        )
    }

    /// The host without its port; brackets around an IPv6 address stay.
    var hostWithoutPort: String {
        guard let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") else { return host }
        return String(host[..<colon])
    }

    /// Another path of the same host, without a query.
    func going(to path: String) -> StoreAddress {
        StoreAddress(scheme: scheme, host: host, path: path)
    }
}
