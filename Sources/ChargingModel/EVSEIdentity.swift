extension ChargingPoint {
    /// The EVSE id as far as it tells points apart: capitals and digits only; `nil` where the feed gave none or only
    /// a few characters, which many points share.
    ///
    /// `de*str*e10001*001` and `DE-STR-E10001-001` are one point: ISO 15118-2, Annex H, makes separators optional.
    public var normalisedEVSEID: String? {
        guard let evseID else { return nil }
        let kept = evseID.unicodeScalars.filter { scalar in
            ("A"..."Z").contains(scalar) || ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
        }
        let fewestCharacters = 7  // country, operator, "E" and one more
        return kept.count < fewestCharacters ? nil : String(String.UnicodeScalarView(kept)).uppercased()
    }
}
