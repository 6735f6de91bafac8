/// The status maps of all families: those of this version, and what a user's files add.
public struct StatusMaps: Hashable, Sendable {
    private var mapByFamily: [String: StatusMap]

    /// The maps that come with this version.
    ///
    /// The files are embedded; a test reads each of them, so that a faulty one stops the build, not a user.
    public static let builtIn = StatusMaps(embedded: [
        PackageResources.chargecloud_status_json, PackageResources.mobie_status_json,
    ])

    private init(embedded files: [[UInt8]]) {
        mapByFamily = [:]
        for bytes in files {
            do {
                let file = try StatusMap.File(bytes, path: "StatusMaps", isBuiltIn: true)
                mapByFamily[file.family] = try StatusMap(family: file.family, version: "").adding(file)
            } catch {
                preconditionFailure("an embedded status map is faulty: \(error)")
            }
        }
    }

    /// The map of a family; one without rows where there is none.
    public subscript(family: String) -> StatusMap {
        mapByFamily[family] ?? StatusMap(family: family, version: "none")
    }

    /// The families that have a map, sorted.
    public var families: [String] { mapByFamily.keys.sorted() }

    /// These maps with the rows of a user's file added.
    ///
    /// - Parameters:
    ///   - bytes: the file, a JSON object with `family`, `version` and `statuses`.
    ///   - path: what errors and the warehouse call it.
    /// - Returns: The maps of both.
    /// - Throws: ``SourceError`` `badStatusMap` where the file cannot be used.
    public func merging(contentsOfFile bytes: [UInt8], named path: String) throws -> StatusMaps {
        let file = try StatusMap.File(bytes, path: path)
        guard let map = mapByFamily[file.family] else {
            throw file.fault(
                "\"family\" is \"\(file.family)\"" + Suggestion.text(for: file.family, among: families)
                    + " (expected one of: \(families.joined(separator: ", ")))"
            )
        }
        var merged = self
        merged.mapByFamily[file.family] = try map.adding(file)
        return merged
    }
}
