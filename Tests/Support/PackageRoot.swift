/// The folder of `Package.swift`, found from the place of this file.
public enum PackageRoot {
    /// The absolute path, without a trailing slash.
    public static let path = folder(of: #filePath, levelsUp: 3)

    /// An absolute path below the package's folder.
    public static func appending(_ relative: String) -> String {
        "\(path)/\(relative)"
    }

    /// Takes the last `levelsUp` components off a path.
    static func folder(of file: String, levelsUp: Int) -> String {
        let components = file.split(separator: "/", omittingEmptySubsequences: false)
        return components.dropLast(levelsUp).joined(separator: "/")
    }
}
