import ChargingModel

/// chargecloud's status words: OCPI's nine and known misspellings, without regard to case and outer blanks.
enum ChargecloudStatus {
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
        "UNKWNOWN": .unknown,  // met in OCPI exports of another operator
    ]
}
