/// Where a bucket is asked for: virtual-host style on AWS, path style on an endpoint of one's own.
package struct S3Endpoint: Hashable, Sendable {
    package let bucket: String
    package let region: String
    let scheme: String
    /// As the `Host` field has it, with the bucket where it belongs there.
    let host: String
    private let isBucketInHost: Bool
    private let domain: String?

    /// Finds the address of a bucket.
    ///
    /// - Parameters:
    ///   - bucket: A valid name, as ``StoreLocation`` reads it.
    ///   - region: `nil` where none is set, which only an endpoint of one's own allows (`us-east-1` then).
    ///   - custom: `http://127.0.0.1:9000`; `nil` for AWS.
    /// - Throws: ``ObjectStoreError`` with code `badLocation`.
    package init(bucket: String, region: String?, custom: String?) throws(ObjectStoreError) {
        self.bucket = bucket
        if let region, !Self.isRegion(region) {
            throw ObjectStoreError(
                .badLocation,
                "region \"\(region.shown)\"",
                "no region's name (expected a-z, 0-9 and hyphens, as in eu-central-1)"
            )
        }
        if let custom {
            guard let address = StoreAddress(custom), address.encodedPath == "/", address.encodedQuery.isEmpty else {
                throw ObjectStoreError(
                    .badLocation,
                    "the endpoint",
                    "an address that cannot be used (expected http:// or https:// and a host, without user and path)"
                )
            }
            (scheme, host, isBucketInHost, domain) = (address.scheme, address.host, false, nil)
            self.region = region ?? "us-east-1"
            return
        }
        guard let region else {
            throw ObjectStoreError(
                .badLocation,
                "s3://\(bucket)",
                "no region is set (expected that of the bucket)",
                remedy: "set AWS_REGION"
            )
        }
        self.region = region
        let domain = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        // The certificate *.s3.… covers one label: a bucket with dots goes into the path.
        isBucketInHost = !bucket.contains(".")
        host = (isBucketInHost ? "\(bucket)." : "") + "s3.\(region).\(domain)"
        scheme = "https"
        self.domain = domain
    }

    /// The address of an object, or of the bucket.
    package func address(key: String? = nil, query: [(name: String, value: String)] = []) -> StoreAddress {
        let path = (isBucketInHost ? "" : "/\(bucket)") + (key.map { "/\($0)" } ?? (isBucketInHost ? "/" : ""))
        return StoreAddress(scheme: scheme, host: host, path: path, query: query)
    }

    /// Whether the store may send its client to that address: not out of the encryption, not to another's host.
    func trusts(_ address: StoreAddress) -> Bool {
        guard scheme == "http" || address.scheme == "https" else { return false }
        return address.host == host || domain.map { address.host.hasSuffix(".\($0)") } ?? false
    }

    private static func isRegion(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
            }
    }
}
