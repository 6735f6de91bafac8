import ChargingModel

/// OCPI's nine status words and known misspellings, without regard to case and outer blanks.
enum OCPIStatus {
    /// The status of a text; `nil` for a text that is not known.
    static func status(of text: String) -> ChargingStatus? {
        if let exact = statuses[text] { return exact }
        let trimmed = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return statuses[trimmed.uppercased()]
    }

    private static let statuses: [String: ChargingStatus] = [
        "AVAILABLE": .available,
        "CHARGING": .charging,
        "BLOCKED": .blocked,
        "RESERVED": .reserved,
        "INOPERATIVE": .inoperative,
        "OUTOFORDER": .outOfOrder,
        "PLANNED": .planned,
        "REMOVED": .removed,
        "UNKNOWN": .unknown,
        "UNKWNOWN": .unknown,  // met in the exports of MOBI.E
    ]
}
