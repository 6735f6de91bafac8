import Foundation
public import Testing

/// Larger data beside the package (`../shared/data`), which a clone alone does not have.
///
/// Tests that use it skip without it, with a reason:
/// `@Test(.enabled(if: SharedData.path("payloads") != nil, SharedData.absence("payloads")))`.
public enum SharedData {
    /// Where a file or folder of the shared data is.
    ///
    /// - Parameter relative: below `../shared/data`: `payloads/chargecloud`.
    /// - Returns: The absolute path, or `nil` where it is not there.
    public static func path(_ relative: String) -> String? {
        let path = location(relative)
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// The reason to print where ``path(_:)`` is `nil`.
    public static func absence(_ relative: String) -> Comment {
        "../shared/data/\(relative) is not beside the package; the test needs it and is skipped"
    }

    private static func location(_ relative: String) -> String {
        let parent = PackageRoot.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return parent.joined(separator: "/") + "/shared/data/\(relative)"
    }
}
