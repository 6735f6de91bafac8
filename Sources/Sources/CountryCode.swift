/// ISO 3166-1: the countries of the EU, EFTA and their neighbours in two and three letters.
enum CountryCode {
    /// The code in two letters; `nil` for anything that is neither two letters nor a known code of three.
    static func alpha2(_ text: String) -> String? {
        let upper = text.uppercased()
        guard upper.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else { return nil }
        return upper.utf8.count == 2 ? upper : alpha2ByAlpha3[upper]
    }

    private static let alpha2ByAlpha3: [String: String] = [
        "ALB": "AL", "AND": "AD", "AUT": "AT", "BEL": "BE", "BGR": "BG", "BIH": "BA", "CHE": "CH", "CYP": "CY",
        "CZE": "CZ", "DEU": "DE", "DNK": "DK", "ESP": "ES", "EST": "EE", "FIN": "FI", "FRA": "FR", "GBR": "GB",
        "GRC": "GR", "HRV": "HR", "HUN": "HU", "IRL": "IE", "ISL": "IS", "ITA": "IT", "LIE": "LI", "LTU": "LT",
        "LUX": "LU", "LVA": "LV", "MCO": "MC", "MKD": "MK", "MLT": "MT", "MNE": "ME", "NLD": "NL", "NOR": "NO",
        "POL": "PL", "PRT": "PT", "ROU": "RO", "SMR": "SM", "SRB": "RS", "SVK": "SK", "SVN": "SI", "SWE": "SE",
        "TUR": "TR", "UKR": "UA",
    ]
}
