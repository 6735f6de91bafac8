extension UTCTime: Codable {
    /// Reads RFC 3339 text and refuses a time without a zone.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = UTCTime(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "time \"\(text)\" (expected RFC 3339 with a zone, for example 2026-03-01T10:20:00Z)"
            )
        }
        self = time
    }

    /// Writes the text form, in UTC with `Z`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension UTCDay: Codable {
    /// Reads a day as `YYYY-MM-DD` and refuses everything else.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = UTCDay(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "day \"\(text)\" (expected YYYY-MM-DD)"
            )
        }
        self = day
    }

    /// Writes the day as `YYYY-MM-DD`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension ContentDigest: Codable {
    /// Reads 64 hexadecimal digits and refuses everything else.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = ContentDigest(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "digest \"\(text)\" (expected 64 hexadecimal digits)"
            )
        }
        self = digest
    }

    /// Writes 64 lower-case hexadecimal digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
