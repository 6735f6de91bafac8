internal import ChargingModel

/// Where a pack and its manifest stand below the archive's root.
struct PackPath {
    let folder: String
    let pack: String
    let manifest: String

    init(root: String, feed: FeedID, day: UTCDay) {
        let text = day.description
        folder = "\(root)/\(feed)/\(text.prefix(4))"
        pack = "\(folder)/\(text).warc.zst"
        manifest = "\(folder)/\(text).manifest.json"
    }

    /// The day in `2026-03-01.warc.zst`; `nil` for any other name.
    static func day(ofFileName name: String) -> UTCDay? { day(name, before: ".warc.zst") }

    /// The day in `2026-03-01.manifest.json`; `nil` for any other name.
    static func day(ofManifestName name: String) -> UTCDay? { day(name, before: ".manifest.json") }

    private static func day(_ name: String, before suffix: String) -> UTCDay? {
        name.hasSuffix(suffix) ? UTCDay(String(name.dropLast(suffix.count))) : nil
    }
}
