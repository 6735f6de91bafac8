/// Lists a bucket page by page (ListObjectsV2).
struct S3Listing: Sendable {
    let exchange: S3Exchange
    let storePrefix: String
    let name: String

    func objects(prefix: String) async throws -> ObjectListing {
        let head = storePrefix.isEmpty ? "" : "\(storePrefix)/"
        var found = ObjectListing(objects: [])
        var token: String?
        var pages = 0
        repeat {
            let page = try await page(prefix: head + prefix, token: token)
            for (text, size) in page.entries { try add(text, size, head: head, to: &found) }
            pages += 1
            let limits = exchange.limits
            guard found.objects.count + found.skipped.count <= limits.maximumListedObjects,
                // Pages may be empty, but not for ever.
                pages <= limits.maximumListedObjects / max(1, limits.listPageObjects) + 100
            else { throw ObjectStoreError.tooManyObjects(name, limits) }
            guard page.next == nil || page.next != token else {
                throw malformed("the same continuation twice (expected the next page)")
            }
            token = page.next
        } while token != nil
        found.objects.sort { $0.key < $1.key }
        found.skipped.sort()
        return found
    }

    private struct Page {
        var entries: [(key: String, size: Int)]
        var next: String?
    }

    private func page(prefix: String, token: String?) async throws -> Page {
        var query = [
            ("list-type", "2"), ("encoding-type", "url"), ("max-keys", String(exchange.limits.listPageObjects)),
            ("prefix", prefix),
        ]
        if let token { query.append(("continuation-token", token)) }
        let call = S3Call(
            method: "GET",
            query: query.map { (name: $0.0, value: $0.1) },
            document: "ListBucketResult",
            subject: name
        )
        guard let document = try await exchange.send(call).document else { throw malformed("no document") }
        let isEncoded = document.text("EncodingType") == "url"
        var page = Page(entries: [])
        for node in document.children where node.name == "Contents" {
            guard let text = node.text("Key"), let size = node.text("Size").flatMap({ Int($0) }), size >= 0,
                let key = isEncoded ? AddressEncoding.decoded(formText: text) : text
            else { throw malformed("an entry without a readable Key and Size (expected both)") }
            page.entries.append((key, size))
        }
        guard document.text("IsTruncated") == "true" else { return page }
        guard let next = document.text("NextContinuationToken"), !next.isEmpty else {
            throw malformed("a page that goes on without NextContinuationToken (expected one)")
        }
        page.next = next
        return page
    }

    private func add(_ text: String, _ size: Int, head: String, to found: inout ObjectListing) throws {
        guard text.utf8.starts(with: head.utf8) else {
            throw malformed("key \"\(text.shown)\" (expected it to begin with \"\(head)\")")
        }
        let rest = String(decoding: text.utf8.dropFirst(head.utf8.count), as: UTF8.self)
        if ObjectKey.fault(of: rest) == nil {
            found.objects.append(ListedObject(key: try ObjectKey(rest), size: size))
        } else {
            found.skipped.append(rest)
        }
    }

    private func malformed(_ detail: String) -> ObjectStoreError {
        ObjectStoreError(.unboundedAnswer, name, "a list with \(detail)")
    }
}
