import Foundation

/// Where the library is looked for.
extension DuckDBLibrary {
    /// The environment variable that names the library's file.
    public static let environmentName = "CHARGEHOUSE_DUCKDB_LIBRARY"

    /// The paths that are tried, in order, where the environment names none.
    ///
    /// First the folders that set-up fills, with any file that can be DuckDB's: the official library or the one of a
    /// Python wheel. Then the system's folders.
    public static func candidates(environment: [String: String], workingDirectory: String) -> [String] {
        let filled = setupFolders(environment, workingDirectory).flatMap { folder in
            // A folder that does not exist has no files.
            let names = FileManager.default.subpaths(atPath: folder) ?? []
            return names.filter(isLibraryName).sorted().map { "\(folder)/\($0)" }
        }
        let system = systemFolders.flatMap { folder in libraryNames.map { "\(folder)/\($0)" } }
        return filled + system
    }

    /// The libraries to open before `path`: the CPython library that a wheel's extension module wants, else none.
    ///
    /// A wheel's file says its CPython version: `_duckdb.cpython-311-x86_64-linux-gnu.so` wants 3.11. Its symbols are
    /// resolved and no interpreter is started.
    package static func companions(of path: String) -> [String?] {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let match = name.firstMatch(of: /\.cpython-3(\d+)t?-.*linux/) else { return [nil] }
        let library = "libpython3.\(match.output.1).so.1.0"
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let beside = folder.isEmpty ? "./\(library)" : "\(folder)/\(library)"
        return FileManager.default.fileExists(atPath: beside) ? [beside, library] : [library]
    }

    static func searchedFolders(_ environment: [String: String], _ workingDirectory: String) -> String {
        (setupFolders(environment, workingDirectory) + systemFolders).joined(separator: ", ")
    }

    private static func setupFolders(_ environment: [String: String], _ workingDirectory: String) -> [String] {
        var folders = ["\(workingDirectory)/.chargehouse/lib"]
        if let data = environment["XDG_DATA_HOME"], !data.isEmpty {
            folders.append("\(data)/chargehouse/lib")
        } else if let home = environment["HOME"], !home.isEmpty {
            folders.append("\(home)/.local/share/chargehouse/lib")
        }
        return folders
    }

    private static func isLibraryName(_ name: String) -> Bool {
        libraryNames.contains(name) || (name.hasPrefix("_duckdb.") && name.hasSuffix(".so"))
    }

    private static let libraryNames = ["libduckdb.so", "libduckdb.dylib"]

    private static let systemFolders = [
        "/usr/local/lib", "/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
        "/opt/homebrew/lib",
    ]
}
