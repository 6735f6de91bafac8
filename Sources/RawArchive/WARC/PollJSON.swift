internal import ChargingModel
internal import Foundation

/// The JSON of a poll record: snake_case keys, sorted, so that equal records have equal bytes.
enum PollJSON {
    static func bytes(_ poll: PollRecord) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try Array(encoder.encode(poll))
    }

    static func poll(_ bytes: [UInt8]) throws -> PollRecord {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(PollRecord.self, from: Data(bytes))
    }
}
