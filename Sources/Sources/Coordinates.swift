import ChargingModel

/// A place that was checked.
enum Coordinates {
    /// Mainland Europe with Iceland, in degrees: what an answer of a European feed lies in.
    static let europe = BoundingBox(south: 34, west: -25, north: 72, east: 45)

    /// The place that a feed means, and the rule that it broke, if any.
    ///
    /// 0/0 is no place. A pair that lies outside the feed's box (or Europe) but would lie inside if swapped is swapped.
    static func checked(
        latitude: Double,
        longitude: Double,
        box: BoundingBox?
    ) -> (place: (latitude: Double, longitude: Double)?, rule: String?) {
        if latitude == 0, longitude == 0 { return (nil, "coordinates_zero") }
        for area in [box, europe].compactMap(\.self) {
            if area.contains(latitude: latitude, longitude: longitude) {
                return ((latitude, longitude), isOutside(box, latitude, longitude) ? "outside_bounding_box" : nil)
            }
            if area.contains(latitude: longitude, longitude: latitude) {
                return ((longitude, latitude), "coordinates_swapped")
            }
        }
        guard abs(latitude) <= 90, abs(longitude) <= 180 else { return (nil, "coordinates_out_of_range") }
        return ((latitude, longitude), isOutside(box, latitude, longitude) ? "outside_bounding_box" : nil)
    }

    private static func isOutside(_ box: BoundingBox?, _ latitude: Double, _ longitude: Double) -> Bool {
        guard let box else { return false }
        return !box.contains(latitude: latitude, longitude: longitude)
    }
}
