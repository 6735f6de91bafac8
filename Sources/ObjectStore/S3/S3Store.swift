internal import NIOPosix

/// Objects in a bucket of Amazon S3, or of a store that speaks its protocol.
///
/// Every request is signed with its payload's digest, which the store checks. A put-if-absent needs a store that knows
/// `If-None-Match` on PUT: Amazon S3 does, since 2024; a store that ignores the field would replace the object.
public struct S3Store: ObjectStore {
    /// Begins the name of the metadata by which a writer knows its own object.
    static let writerField = "x-amz-meta-chargehouse-writer"

    let exchange: S3Exchange
    private let prefix: String

    /// `s3://bucket/prefix`.
    public let name: String

    /// Names a bucket.
    ///
    /// `prefix` is what all keys begin with, without a slash at its ends; empty for none.
    package init(prefix: String, exchange: S3Exchange) {
        self.exchange = exchange
        self.prefix = prefix
        name = StoreLocation.bucket(name: exchange.endpoint.bucket, prefix: prefix).description
    }

    /// Writes an object, as the protocol says.
    public func put(_ content: ObjectContent, at key: ObjectKey) async throws {
        _ = try await write(content, at: key, ifAbsent: false)
    }

    /// Writes an object where there is none of that key, as the protocol says.
    public func putIfAbsent(_ content: ObjectContent, at key: ObjectKey) async throws -> Bool {
        try await write(content, at: key, ifAbsent: true)
    }

    /// Reads an object or a part of it, as the protocol says.
    public func get(_ key: ObjectKey, range: Range<Int>?) async throws -> FetchedObject {
        let subject = "\(name)/\(key)"
        let cap = exchange.limits.maximumGetBytes
        var call = S3Call(method: "GET", key: try wholeKey(key), maximumBytes: cap, subject: subject)
        if let range {
            try ByteRange.check(range, subject: subject)
            call.headers["range"] = "bytes=\(range.lowerBound)-\(range.upperBound - 1)"
            call.passes = [416]
        }
        let answer = try await exchange.send(call).answer
        guard let range else {
            return FetchedObject(bytes: answer.body, size: answer.body.count, version: version(of: answer))
        }
        if answer.status == 416 {
            let size = answer.headers["content-range"].flatMap { $0.split(separator: "/").last }.flatMap { Int($0) }
            throw ByteRange.beyond(range, size: size, subject: subject)
        }
        guard let part = ContentRange(answer.headers["content-range"]), answer.status == 206,
            part.bytes == range.lowerBound..<min(range.upperBound, part.size), part.bytes.count == answer.body.count
        else {
            throw ObjectStoreError(
                .unboundedAnswer,
                subject,
                "HTTP \(answer.status) with \(answer.body.count) bytes "
                    + "(expected 206 with bytes \(range.lowerBound) to \(range.upperBound - 1), or to the end)"
            )
        }
        return FetchedObject(bytes: answer.body, size: part.size, version: version(of: answer))
    }

    /// Removes an object, as the protocol says.
    public func delete(_ key: ObjectKey) async throws {
        let subject = "\(name)/\(key)"
        let call = S3Call(method: "DELETE", key: try wholeKey(key), passes: [404], subject: subject)
        let reply = try await exchange.send(call)
        guard reply.answer.status == 404 else { return }
        let refusal = S3Refusal(reply.answer)
        guard refusal.code == "NoSuchBucket" else { return }
        throw refusal.error(subject, at: exchange.endpoint, with: try await exchange.credentials.current())
    }

    /// All objects whose keys begin with a text, as the protocol says.
    public func list(prefix: String) async throws -> ObjectListing {
        try Prefix.check(prefix, store: name)
        return try await S3Listing(exchange: exchange, storePrefix: self.prefix, name: name).objects(prefix: prefix)
    }

    // MARK: Writing

    private func write(_ content: ObjectContent, at key: ObjectKey, ifAbsent: Bool) async throws -> Bool {
        let writer = S3Writing(
            exchange: exchange,
            key: try wholeKey(key),
            subject: "\(name)/\(key)",
            isConditional: ifAbsent,
            token: exchange.clock.token()
        )
        return content.size <= exchange.limits.partBytes
            ? try await writer.putWhole(content) : try await writer.putInParts(content)
    }

    private func wholeKey(_ key: ObjectKey) throws(ObjectStoreError) -> String {
        guard !prefix.isEmpty else { return key.text }
        let whole = "\(prefix)/\(key)"
        if let fault = ObjectKey.fault(of: whole) { throw ObjectStoreError(.badRequest, "\(name)/\(key)", fault) }
        return whole
    }

    private func version(of answer: StoreAnswer) -> String {
        (answer.headers["etag"] ?? "").filter { $0 != "\"" }
    }
}

/// `bytes 0-9/443`.
struct ContentRange {
    var bytes: Range<Int>
    var size: Int

    init?(_ field: String?) {
        guard let match = field?.wholeMatch(of: /bytes (\d+)-(\d+)\/(\d+)/), let first = Int(match.1),
            let last = Int(match.2), let size = Int(match.3), first <= last, last < size
        else { return nil }
        bytes = first..<last + 1
        self.size = size
    }
}
