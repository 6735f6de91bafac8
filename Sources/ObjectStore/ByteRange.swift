/// The range that a `get` means.
enum ByteRange {
    /// The bytes wanted of an object of a known size.
    ///
    /// - Throws: ``ObjectStoreError`` with code `badRequest`.
    static func checked(_ range: Range<Int>?, size: Int, subject: String) throws(ObjectStoreError) -> Range<Int> {
        guard let range else { return 0..<size }
        try check(range, subject: subject)
        guard range.lowerBound < size else { throw beyond(range, size: size, subject: subject) }
        return range.lowerBound..<min(range.upperBound, size)
    }

    static func check(_ range: Range<Int>, subject: String) throws(ObjectStoreError) {
        guard range.lowerBound >= 0, !range.isEmpty else {
            throw ObjectStoreError(
                .badRequest,
                subject,
                "bytes \(range.lowerBound)..<\(range.upperBound) (expected at least one byte, counted from 0)"
            )
        }
    }

    static func beyond(_ range: Range<Int>, size: Int?, subject: String) -> ObjectStoreError {
        let expected = size.map { "the object has \($0) bytes" } ?? "the object is shorter"
        return ObjectStoreError(
            .badRequest,
            subject,
            "bytes from \(range.lowerBound) (expected a beginning inside: \(expected))"
        )
    }
}

extension ObjectStoreError {
    static func tooLarge(_ subject: String, bytes: Int, _ limits: StoreLimits) -> ObjectStoreError {
        ObjectStoreError(
            .unboundedAnswer,
            subject,
            "\(bytes) bytes (expected at most \(limits.maximumGetBytes) in one call)",
            remedy: "read it by ranges"
        )
    }
}
