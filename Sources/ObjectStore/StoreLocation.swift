internal import Foundation

/// Where a store is: `file:///var/lib/chargehouse`, `s3://bucket/prefix`, or the plain path of a folder.
public enum StoreLocation: Hashable, Sendable, CustomStringConvertible {
    /// A folder of this machine.
    case folder(path: String)
    /// A bucket, and what all keys in it begin with; the prefix is empty or has no slash at its ends.
    case bucket(name: String, prefix: String)

    /// The path, or `s3://bucket/prefix`.
    public var description: String {
        switch self {
        case .folder(let path): path
        case .bucket(let name, ""): "s3://\(name)"
        case .bucket(let name, let prefix): "s3://\(name)/\(prefix)"
        }
    }

    /// Reads an address.
    ///
    /// - Throws: ``ObjectStoreError`` with code `badLocation`.
    public init(_ text: String) throws(ObjectStoreError) {
        guard let colon = text.firstIndex(of: ":"), Self.isScheme(text[..<colon]) else {
            guard !text.isEmpty, !text.utf8.contains(0) else {
                throw Self.bad(text, "no path (expected a folder, file:///path or s3://bucket/prefix)")
            }
            self = .folder(path: text)
            return
        }
        let rest = text[text.index(after: colon)...]
        switch text[..<colon].lowercased() {
        case "file": self = try Self.folder(rest, of: text)
        case "s3": self = try Self.bucket(rest, of: text)
        default:
            let scheme = text[..<colon].shown
            throw Self.bad(
                "\(scheme):",
                "another scheme than file: and s3: (expected file:///path or s3://bucket/prefix)"
            )
        }
    }

    private static func isScheme(_ text: Substring) -> Bool {
        text.count > 1 && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
    }

    /// RFC 8089: `file:/path`, `file:///path`, `file://localhost/path`, with percent-encoding.
    private static func folder(_ rest: Substring, of text: String) throws(ObjectStoreError) -> StoreLocation {
        var path = rest
        if path.hasPrefix("//") {
            path = path.dropFirst(2)
            let host = path.prefix { $0 != "/" }
            guard host.isEmpty || host.lowercased() == "localhost" else {
                throw bad(text, "a file address of host \"\(host.shown)\" (expected file:///path)")
            }
            path = path.dropFirst(host.count)
        }
        guard path.hasPrefix("/"), let decoded = path.removingPercentEncoding, !decoded.utf8.contains(0) else {
            throw bad(text, "a file address without an absolute, percent-encoded path (expected file:///path)")
        }
        return .folder(path: decoded)
    }

    private static func bucket(_ rest: Substring, of text: String) throws(ObjectStoreError) -> StoreLocation {
        guard rest.hasPrefix("//") else { throw bad(text, "no bucket (expected s3://bucket/prefix)") }
        let path = rest.dropFirst(2)
        let name = path.prefix { $0 != "/" }
        guard !name.contains("@") else {
            throw bad("s3:", "an address with a user (expected s3://bucket/prefix; credentials have other places)")
        }
        guard isBucketName(name) else {
            throw bad(
                text,
                "bucket \"\(name.shown)\" (expected 3 to 63 of a-z, 0-9, dot and hyphen, a letter or digit at each end)"
            )
        }
        var prefix = path.dropFirst(name.count + 1)
        if prefix.hasSuffix("/") { prefix.removeLast() }
        if !prefix.isEmpty, let fault = ObjectKey.fault(of: String(prefix)) {
            throw bad(text, "prefix \"\(prefix.shown)\": \(fault)")
        }
        return .bucket(name: String(name), prefix: String(prefix))
    }

    /// Amazon S3 User Guide, "General purpose bucket naming rules".
    private static func isBucketName(_ name: Substring) -> Bool {
        let isInner = { (byte: UInt8) in
            (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte)
        }
        let bytes = Array(name.utf8)
        guard (3...63).contains(bytes.count), let first = bytes.first, let last = bytes.last else { return false }
        return isInner(first) && isInner(last) && !name.contains("..")
            && bytes.allSatisfy { isInner($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }

    private static func bad(_ text: String, _ detail: String) -> ObjectStoreError {
        ObjectStoreError(
            .badLocation,
            "store \"\(text.shown)\"",
            detail,
            remedy: "correct the address (docs/reference/object-store.md)"
        )
    }
}
