internal import NIOPosix

/// Writes one object, whole or in parts.
///
/// Where an answer was lost and the repetition is refused, the object's own metadata tells whether the first request
/// was carried out: it holds a token that no other writer has.
struct S3Writing: Sendable {
    /// Most parts of an upload (Amazon S3 User Guide, "Amazon S3 multipart upload limits").
    static let maximumParts = 10_000

    let exchange: S3Exchange
    /// The whole key in the bucket.
    let key: String
    let subject: String
    /// Whether an object that is there already is left alone.
    let isConditional: Bool
    let token: String

    /// Writes the object with one request; `false` where another one has the key.
    func putWhole(_ content: ObjectContent) async throws -> Bool {
        var call = S3Call(
            method: "PUT",
            key: key,
            body: try await bytes(of: content, 0..<content.size),
            subject: subject
        )
        if isConditional {
            call.headers = ["if-none-match": "*", S3Store.writerField: token]
            call.passes = [412]
        }
        let reply = try await exchange.send(call)
        guard reply.answer.status == 412 else { return true }
        return reply.attempts > 1 ? try await isOurs() : false
    }

    /// Writes the object by a multipart upload; `false` where another one has the key.
    func putInParts(_ content: ObjectContent) async throws -> Bool {
        let create = S3Call(
            method: "POST",
            key: key,
            query: [("uploads", "")],
            headers: [S3Store.writerField: token],
            document: "InitiateMultipartUploadResult",
            subject: subject
        )
        guard let id = try await exchange.send(create).document?.text("UploadId"), !id.isEmpty else {
            throw ObjectStoreError(.unboundedAnswer, subject, "a new upload without UploadId (expected one)")
        }
        do {
            let tags = try await sendParts(of: content, upload: id)
            let isNew = try await complete(id, tags)
            if !isNew { try await abort(id) }
            return isNew
        } catch {
            throw await aborting(id, after: error)
        }
    }

    // MARK: Parts

    /// Sends the parts, a few at a time, and returns their entity tags in order.
    private func sendParts(of content: ObjectContent, upload id: String) async throws -> [String] {
        let least = (content.size + Self.maximumParts - 1) / Self.maximumParts
        let ranges = content.ranges(of: max(exchange.limits.partBytes, least))
        var tags = [String](repeating: "", count: ranges.count)
        try await withThrowingTaskGroup(of: (Int, String).self) { group in
            var next = 0
            while next < min(ranges.count, max(1, exchange.limits.partConcurrency)) {
                let index = next
                group.addTask { (index, try await sendPart(index, content, ranges[index], upload: id)) }
                next += 1
            }
            while let (index, tag) = try await group.next() {
                tags[index] = tag
                guard next < ranges.count else { continue }
                let index = next
                group.addTask { (index, try await sendPart(index, content, ranges[index], upload: id)) }
                next += 1
            }
        }
        return tags
    }

    private func sendPart(
        _ index: Int,
        _ content: ObjectContent,
        _ range: Range<Int>,
        upload id: String
    ) async throws -> String {
        let call = S3Call(
            method: "PUT",
            key: key,
            query: [("partNumber", String(index + 1)), ("uploadId", id)],
            body: try await bytes(of: content, range),
            subject: subject
        )
        guard let tag = try await exchange.send(call).answer.headers["etag"], !tag.isEmpty else {
            throw ObjectStoreError(.unboundedAnswer, subject, "part \(index + 1) without an entity tag (expected one)")
        }
        return tag
    }

    /// Reading a file blocks: it happens on a thread of NIO's pool.
    private func bytes(of content: ObjectContent, _ range: Range<Int>) async throws -> [UInt8] {
        try await NIOThreadPool.singleton.runIfActive { try content.bytes(range) }
    }

    // MARK: End of an upload

    private func complete(_ id: String, _ tags: [String]) async throws -> Bool {
        let parts = tags.enumerated().map { index, tag in
            "<Part><PartNumber>\(index + 1)</PartNumber><ETag>\(tag.xmlEscaped)</ETag></Part>"
        }
        let text = """
            <CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\(parts.joined())\
            </CompleteMultipartUpload>
            """
        var call = S3Call(
            method: "POST",
            key: key,
            query: [("uploadId", id)],
            headers: ["content-type": "application/xml"],
            body: Array(text.utf8),
            passes: [404],
            document: "CompleteMultipartUploadResult",
            subject: subject
        )
        if isConditional {
            call.headers["if-none-match"] = "*"
            call.passes.insert(412)
        }
        let reply = try await exchange.send(call)
        switch reply.answer.status {
        case 412:
            return reply.attempts > 1 ? try await isOurs() : false
        case 404:
            // The upload is gone. It may have been completed by a request whose answer was lost.
            if reply.attempts > 1, try await isOurs() { return true }
            let credentials = try await exchange.credentials.current()
            throw S3Refusal(reply.answer).error(subject, at: exchange.endpoint, with: credentials)
        default:
            return true
        }
    }

    /// Whether the object under the key is the one that this writer sent.
    private func isOurs() async throws -> Bool {
        let call = S3Call(method: "HEAD", key: key, passes: [404], subject: subject)
        return try await exchange.send(call).answer.headers[S3Store.writerField] == token
    }

    private func abort(_ id: String) async throws {
        let call = S3Call(method: "DELETE", key: key, query: [("uploadId", id)], passes: [404], subject: subject)
        _ = try await exchange.send(call)
    }

    /// Removes the parts of an upload that failed, also where the call was cancelled; says so where they stay.
    private func aborting(_ id: String, after error: any Error) async -> any Error {
        do {
            // A cancelled task could not send any more: the request has a task of its own, which is waited for.
            try await Task { try await abort(id) }.value
            return error
        } catch {
            // The first error says what happened.
        }
        guard let error = error as? ObjectStoreError else { return error }
        return ObjectStoreError(
            error.errorCode,
            error.subject,
            error.detail,
            kept: "the parts of upload \(id.shown), which the bucket's rule for incomplete uploads removes",
            remedy: error.remedy
        )
    }
}

extension String {
    fileprivate var xmlEscaped: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
