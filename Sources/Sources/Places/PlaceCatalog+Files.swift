public import ChargingModel

/// Places from files.
extension PlaceCatalog {
    /// The places that come with this version.
    ///
    /// - Throws: ``SourceError`` where the built-in file is wrong; a test guards against it.
    public static func builtIn() throws -> PlaceCatalog {
        try PlaceCatalog().merging(PackageResources.places_json, named: "Places/places.json", origin: .builtIn)
    }

    /// This catalogue with the places and aliases of a user's file.
    ///
    /// - Parameters:
    ///   - bytes: the file, in the format of `docs/guide/add-a-city.md`.
    ///   - fileName: what errors call it.
    /// - Returns: The places of both; an entry with a known id completes that place.
    /// - Throws: ``SourceError`` `badPlace` where the file cannot be used, or a spelling would mean two cities.
    public func merging(contentsOfFile bytes: [UInt8], named fileName: String) throws -> PlaceCatalog {
        try merging(bytes, named: fileName, origin: .configuration)
    }

    private func merging(_ bytes: [UInt8], named fileName: String, origin: Place.Origin) throws -> PlaceCatalog {
        let merged = try PlaceReader(fileName: fileName, origin: origin).places(in: bytes, completing: places)
        do {
            return try PlaceCatalog(merged)
        } catch .ambiguous(let spelling, let first, let second) {
            throw SourceError(
                .badPlace,
                subject: fileName,
                detail: "\"\(spelling)\" means \(first) and \(second) (expected one city)",
                remedy: "remove the alias from one of them"
            )
        } catch .repeatedID(let id) {
            throw SourceError(.badPlace, subject: fileName, detail: "\(id) stands twice (expected once)")
        }
    }
}
